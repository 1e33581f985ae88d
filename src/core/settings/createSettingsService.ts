import type { ConnectionStepReport, RoomChoice, SaveOutcome, SettingsView } from '../../shared/api/admin.ts'
import type { FieldIssue } from '../../shared/api/refusal.ts'
import { matchesText } from '../../shared/domain/matchesText.ts'
import type { Account, RoomSettings, Settings } from '../../shared/settings/schema.ts'
import { ApiFailure } from '../api/ApiFailure.ts'
import { withDeadline } from '../async/withDeadline.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { SecretName } from '../ports/SecretStore.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { ReadSecret } from '../providers/registry.ts'
import type { ConnectionStep, SiteProvider } from '../providers/SiteProvider.ts'
import { refusalFrom } from '../diagnostics/refusalFrom.ts'
import { blankSettings } from './blankSettings.ts'
import type { Runtime } from '../runtime/createRuntime.ts'
import { SettingsUnreadableError } from './createGenerationSettings.ts'
import { parseSettings } from './parseSettings.ts'
import { salvageSettings } from './salvageSettings.ts'
import { secretsOf } from './secretNames.ts'
import { storedSecretReader } from './storedSecretReader.ts'

const TEST_DEADLINE_MS = 30_000
const PERSIST_DEADLINE_MS = 20_000

/** What the settings service works with. */
export interface SettingsServiceDeps extends Pick<CorePorts, 'settings' | 'secrets' | 'clock' | 'log'> {
  readonly hasKiosk: boolean
  readonly createProvider: (
    account: Account,
    readSecret: ReadSecret,
    timeZone: string,
  ) => SiteProvider<RoomSettings['source']>
  readonly current: () => Settings | null
  /** Makes settings durable and puts them to work, in one turn: see `Runtime.change`. */
  readonly change: Runtime['change']
}

/** An account that may not be saved yet, with what was typed of its secrets. Null stands for the stored account. */
export interface Draft {
  readonly account: Account | null
  readonly secrets: Readonly<Record<string, string>>
}

/** Everything the settings screen asks for, but the room directory. */
export interface SettingsService {
  view(): Promise<SettingsView>
  save(raw: unknown, secrets: Draft['secrets'], isInsisting: boolean): Promise<SaveOutcome>
  test(draft: Draft): Promise<readonly ConnectionStepReport[]>
  search(draft: Draft, text: string): Promise<readonly RoomChoice[]>
  /** The settings as a file for another panel; secrets never leave. @throws ApiFailure `unavailable` while none are in force */
  exportText(): string
}

/** Runs a call of the platform for an admin: under a deadline, its refusals turned into the envelope's. */
export async function askPlatform<T>(
  clock: CorePorts['clock'],
  call: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const overdue = (): ProviderError => new ProviderError('network', 'the platform did not answer in time')
  try {
    return await withDeadline({ clock, deadlineMs: TEST_DEADLINE_MS, overdue }, call)
  } catch (error: unknown) {
    if (error instanceof ProviderError) throw new ApiFailure({ code: 'refused', refusal: refusalFrom(error) })
    throw error
  }
}

function reportOf({ step, outcome, error, fact }: ConnectionStep): ConnectionStepReport {
  return { step, outcome, refusal: error ? refusalFrom(error) : null, fact: fact ?? null }
}

/** See {@link SettingsService}. */
export function createSettingsService(deps: SettingsServiceDeps): SettingsService {
  const { settings: store, secrets: vault, clock, current } = deps

  const readStored = storedSecretReader(vault)

  function secretReader(typed: Draft['secrets']): ReadSecret {
    return async (name) => {
      const draft = typed[name]
      return draft !== undefined && draft !== '' ? draft : readStored(name)
    }
  }

  function draftProvider({ account, secrets }: Draft) {
    const effective = account ?? current()?.account
    if (!effective) throw new ApiFailure({ code: 'unconfigured' })
    const timeZone = current()?.timeZone ?? 'Asia/Shanghai'
    return deps.createProvider(effective, secretReader(secrets), timeZone)
  }

  async function test(draft: Draft): Promise<readonly ConnectionStepReport[]> {
    const provider = draftProvider(draft)
    const steps = await askPlatform(clock, (signal) => provider.testConnection(signal))
    return steps.map(reportOf)
  }

  function newSecrets(account: Account, typed: Draft['secrets']): readonly (readonly [SecretName, string])[] {
    return secretsOf(account).flatMap((name) => {
      const value = typed[name]
      return value === undefined || value === '' ? [] : [[name, value] as const]
    })
  }

  /** Settings without their secret would be a panel that cannot start. */
  async function missingSecrets(account: Account, typed: Draft['secrets']): Promise<readonly FieldIssue[]> {
    const given = new Set(newSecrets(account, typed).map(([name]) => name))
    const issues: FieldIssue[] = []
    for (const name of secretsOf(account)) {
      if (given.has(name) || (await vault.read(name)).kind === 'found') continue
      issues.push({ path: `secrets.${name}`, message: 'is needed and not stored yet' })
    }
    return issues
  }

  /** Secrets first, then settings; if the settings cannot be written the old secrets come back. */
  async function persist(
    settings: Settings,
    fresh: readonly (readonly [SecretName, string])[],
  ): Promise<void> {
    const before: (readonly [SecretName, string | null])[] = []
    try {
      for (const [name, value] of fresh) {
        const old = await vault.read(name)
        await vault.write(name, value)
        before.push([name, old.kind === 'found' ? old.value : null])
      }
      await store.save(settings)
    } catch {
      for (const [name, old] of before)
        await (old === null ? vault.remove(name) : vault.write(name, old)).catch(() => undefined)
      throw new ApiFailure({ code: 'storage' })
    }
  }

  async function save(raw: unknown, typed: Draft['secrets'], isInsisting: boolean): Promise<SaveOutcome> {
    if (!store.isWritable) throw new ApiFailure({ code: 'storage' })
    const parsed = parseSettings(raw)
    const issues = parsed.ok ? await missingSecrets(parsed.settings.account, typed) : parsed.issues
    if (!parsed.ok || issues.length > 0) throw new ApiFailure({ code: 'badRequest', issues })
    const { settings } = parsed
    const fresh = newSecrets(settings.account, typed)
    const isSameAccount =
      fresh.length === 0 && JSON.stringify(current()?.account) === JSON.stringify(settings.account)
    if (!isSameAccount && !isInsisting) {
      const steps = await test({ account: settings.account, secrets: typed })
      if (steps.some(({ outcome }) => outcome === 'failed')) return { kind: 'testFailed', steps }
    }
    await deps.change({
      settings,
      hasNewSecrets: fresh.length > 0,
      persist: async () => {
        // A key store may hang for ever, and whoever wants to stop or save after us must not wait for it.
        const overdue = (): ApiFailure => new ApiFailure({ code: 'storage' })
        await withDeadline({ clock, deadlineMs: PERSIST_DEADLINE_MS, overdue }, () =>
          persist(settings, fresh),
        )
        deps.log.info('settings saved', { rooms: settings.rooms.length, platform: settings.account.platform })
      },
    })
    return { kind: 'saved' }
  }

  /** @throws ApiFailure `storage` when the disk refuses in a way nobody foresaw */
  async function loadStored(): Promise<{ readonly isUnreadable: boolean; readonly stored: unknown }> {
    try {
      return { isUnreadable: false, stored: await store.load() }
    } catch (error: unknown) {
      // Settings that cannot be read are settings: nobody may take this for a first start.
      if (error instanceof SettingsUnreadableError) return { isUnreadable: true, stored: undefined }
      throw new ApiFailure({ code: 'storage' })
    }
  }

  async function view(): Promise<SettingsView> {
    const { isUnreadable, stored } = await loadStored()
    const parsed = stored === undefined ? null : parseSettings(stored)
    const settings = current() ?? (parsed?.ok ? parsed.settings : null)
    const salvaged = settings === null && stored !== undefined ? salvageSettings(stored) : null
    const account = (settings ?? salvaged)?.account
    const names: readonly SecretName[] = account ? secretsOf(account) : []
    const secrets = await Promise.all(
      names.map(async (name) => ({ name, hasValue: (await vault.read(name)).kind === 'found' })),
    )
    return {
      settings,
      issues: parsed && !parsed.ok ? parsed.issues : [],
      salvaged,
      blank: blankSettings(),
      isUnreadable,
      secrets,
      isWritable: store.isWritable,
      secretStrength: await vault.strength(),
      hasKiosk: deps.hasKiosk,
    }
  }

  async function search(draft: Draft, text: string): Promise<readonly RoomChoice[]> {
    const provider = draftProvider(draft)
    const rooms = await askPlatform(clock, (signal) => provider.listRooms(signal))
    return rooms
      .map(({ room, source, vendorId }) => ({ ...room, source, vendorId }))
      .filter((room) => matchesText(text, [room.name, room.vendorId, ...room.location]))
  }

  function exportText(): string {
    const settings = current()
    if (settings === null) throw new ApiFailure({ code: 'unavailable' })
    return JSON.stringify(settings, null, 2)
  }

  return { view, save, test, search, exportText }
}
