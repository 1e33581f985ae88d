import type { Settings } from '../../shared/settings/schema.ts'
import { createLane } from '../async/createLane.ts'
import type { StartOutcome } from '../Core.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { ReadSecret } from '../providers/registry.ts'
import { SettingsUnreadableError } from '../settings/createGenerationSettings.ts'
import { parseSettings } from '../settings/parseSettings.ts'
import { secretsOf } from '../settings/secretNames.ts'
import { assembleSite } from './assembleSite.ts'
import type { RunningSite, SharedParts } from './assembleSite.ts'
import { shownPlansOf } from './CoreState.ts'
import type { CoreState } from './CoreState.ts'
import { createSource } from './createSource.ts'
import type { Source } from './createSource.ts'
import { loadLastPlans } from './loadLastPlans.ts'
import { planChange } from './planChange.ts'

/** What a runtime works with. */
export interface RuntimeDeps {
  readonly ports: CorePorts
  readonly shared: SharedParts
  readonly readSecret: ReadSecret
  /** Told after every change of state, and of what a screen may know. */
  readonly onChange: () => void
}

/** Settings to be put to work. */
export interface Change {
  readonly settings: Settings
  /** A secret was typed: tokens got with the old one are worth nothing. */
  readonly hasNewSecrets: boolean
  /** Makes them durable. Runs first, and in the same turn: what is on disk last is what runs. */
  readonly persist: () => Promise<void>
}

/** Who is alive: start, change and stop run one after another, and the state says which it is. */
export interface Runtime {
  state(): CoreState
  /** The settings in force; null while none are. */
  settings(): Settings | null
  /** See `Core.start`. What runs already gives way. */
  start(): Promise<StartOutcome>
  /** @throws what `persist` throws, with everything as it was; or when the new site cannot be made */
  change(change: Change): Promise<void>
  /** Ends what runs, after whatever was asked for before. */
  stop(): Promise<void>
}

/** See {@link Runtime}. */
export function createRuntime({ ports, shared, readSecret, onChange }: RuntimeDeps): Runtime {
  const { log, secrets } = ports
  const inTurn = createLane()
  let state: CoreState = { kind: 'starting', shown: null }

  function become(next: CoreState): void {
    state = next
    onChange()
  }

  /** Ends what runs; its plans stay to be shown. Nobody is told: what takes its place says so a moment later. */
  async function giveWay(): Promise<void> {
    const before = state
    state = { kind: 'starting', shown: shownPlansOf(before) }
    if (before.kind === 'running') await before.site.stop()
  }

  const sourceFor = (settings: Settings): Source =>
    createSource({ ...ports, time: shared.time, readSecret }, settings)

  /** @param kept the site whose account, token, names and plans live on; all is made anew without it */
  async function open(settings: Settings, kept: RunningSite | null): Promise<void> {
    try {
      const site = await assembleSite(shared, settings, kept?.source ?? sourceFor(settings), kept)
      become({ kind: 'running', site })
      site.start()
    } catch (error: unknown) {
      // Half a start may have begun to read, and nobody would end it.
      if (state.kind === 'running') await state.site.stop()
      become({ kind: 'broken', why: 'failed', issues: [], shown: shownPlansOf(state) })
      throw error
    }
  }

  async function startNow(): Promise<StartOutcome | Settings> {
    await giveWay()
    let stored: unknown
    try {
      stored = await ports.settings.load()
    } catch (error: unknown) {
      const why = error instanceof SettingsUnreadableError ? 'settingsUnreadable' : 'failed'
      become({ kind: 'broken', why, issues: [], shown: null })
      if (why === 'failed') throw error
      log.error('the settings cannot be read')
      return { kind: 'settingsUnreadable' }
    }
    if (stored === undefined) {
      become({ kind: 'unconfigured' })
      return { kind: 'unconfigured' }
    }
    const parsed = parseSettings(stored)
    if (!parsed.ok) {
      const { issues } = parsed
      const shown = await loadLastPlans({ ...shared, nowMs: shared.time.now() }, stored, issues)
      become({ kind: 'broken', why: 'settingsInvalid', issues, shown })
      return { kind: 'invalidSettings', issues }
    }
    // The last plan first: a keyring that hesitates must not leave the door without it.
    await open(parsed.settings, null)
    return parsed.settings
  }

  async function missingSecret(settings: Settings): Promise<StartOutcome | null> {
    for (const name of secretsOf(settings.account)) {
      const reading = await secrets.read(name)
      if (reading.kind !== 'found') return { kind: 'secretMissing', secret: name, reason: reading.kind }
    }
    return null
  }

  async function changeNow({ settings, hasNewSecrets, persist }: Change): Promise<void> {
    await persist()
    // What was saved while we stop is what the next start finds.
    if (state.kind === 'stopped') return
    const before = state.kind === 'running' ? state.site : null
    const scope = before === null || hasNewSecrets ? 'site' : planChange(before.settings(), settings)
    log.info('settings change', { scope })
    if (before !== null && (scope === 'nothing' || scope === 'view')) {
      before.takeView(settings)
      onChange()
      return
    }
    await giveWay()
    await open(settings, scope === 'rules' ? before : null)
  }

  return {
    state: () => state,
    settings: () => (state.kind === 'running' ? state.site.settings() : null),
    async start() {
      const started = await inTurn(startNow)
      if ('kind' in started) return started
      // Outside the lane: a keyring may hang for ever, and whoever wants to stop or save must not wait for it.
      const missing = await missingSecret(started)
      if (missing) return missing
      log.info('reading', { platform: started.account.platform, rooms: started.rooms.length })
      return { kind: 'running' }
    },
    change: (change) => inTurn(() => changeNow(change)),
    stop: () =>
      inTurn(async () => {
        const before = state
        state = { kind: 'stopped' }
        if (before.kind === 'running') await before.site.stop()
      }),
  }
}
