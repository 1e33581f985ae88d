import type { ApiEvent } from '../shared/api/events.ts'
import type { RoomSnapshot } from '../shared/domain/roomSnapshot.ts'
import type { Account, Settings } from '../shared/settings/schema.ts'
import type { Core, StartOutcome } from './Core.ts'
import { createActionJournal } from './booking/createActionJournal.ts'
import { createActions } from './booking/createActions.ts'
import type { DoorActions } from './booking/DoorActions.ts'
import { createDispatch } from './api/createDispatch.ts'
import { createHandlers } from './api/createHandlers.ts'
import { createEventHub } from './api/createEventHub.ts'
import type { CheckIns } from './checkIn/CheckIns.ts'
import { createCheckIns } from './checkIn/createCheckIns.ts'
import { accountKey } from './polling/accountKey.ts'
import { createCallCounter } from './polling/createCallCounter.ts'
import type { ReadPlan } from './polling/createReadPlan.ts'
import type { CorePorts } from './ports/CorePorts.ts'
import { createCarriedSetUp } from './provisioning/createCarriedSetUp.ts'
import { ProviderError } from './providers/ProviderError.ts'
import { createProvider } from './providers/registry.ts'
import type { ProviderDeps } from './providers/SiteProvider.ts'
import { SettingsUnreadableError } from './settings/createGenerationSettings.ts'
import { createPinGuard } from './settings/createPinGuard.ts'
import { createSessions } from './settings/createSessions.ts'
import { createSettingsService } from './settings/createSettingsService.ts'
import type { ReadSecret } from './settings/createSettingsService.ts'
import { panelConfigOf, statusRulesOf } from './settings/panelConfig.ts'
import { parseSettings } from './settings/parseSettings.ts'
import { secretsOf } from './settings/secretNames.ts'
import { createSite } from './site/createSite.ts'
import type { Site } from './site/createSite.ts'
import { createSnapshotArchive } from './site/createSnapshotArchive.ts'
import { createServerTime } from './time/createServerTime.ts'

/** What runs while an account is configured. */
interface Running {
  readonly settings: Settings
  readonly site: Site
  readonly checkIns: CheckIns
  readonly actions: DoorActions
}

/** Wires ports and services by hand; nothing happens before {@link Core.start}. */
export function createCore(ports: CorePorts): Core {
  const { clock, log, secrets, state } = ports
  const time = createServerTime(clock)
  const events = createEventHub<ApiEvent>(log)
  const startedAtMs = clock.now()
  // Rising across restarts too, so that a screen that outlived us never drops our first snapshot as an old one.
  let revision = startedAtMs
  let running: Running | null = null
  const pins = createPinGuard({ ...ports, log: log.child('pin') })
  const journal = createActionJournal(state, time, log.child('actions'))

  const nextRevision = (): number => (revision += 1)
  const publishSnapshot = (snapshot: RoomSnapshot): void =>
    events.publish({ name: 'room.changed', payload: { snapshot, sentAtMs: time.now() } })

  async function missingSecret(settings: Settings): Promise<StartOutcome | null> {
    for (const name of secretsOf(settings.account)) {
      const reading = await secrets.read(name)
      if (reading.kind !== 'found') return { kind: 'secretMissing', secret: name, reason: reading.kind }
    }
    return null
  }

  function providerFor(
    account: Account,
    readSecret: ReadSecret,
    timeZone: string,
    budget: Pick<ProviderDeps, 'onCall' | 'mayAlsoCall'>,
  ) {
    return createProvider(account, readSecret, {
      http: ports.http,
      clock,
      log: log.child(`provider:${account.platform}`),
      timeZone,
      time,
      ...budget,
    })
  }

  const storedSecret: ReadSecret = async (name) => {
    const reading = await secrets.read(name)
    if (reading.kind === 'found') return reading.value
    throw new ProviderError('auth', `the secret ${name} is ${reading.kind}`)
  }

  async function run(settings: Settings): Promise<void> {
    const { account, timeZone } = settings
    const counter = createCallCounter(state, accountKey(account), log.child('calls'))
    let plan: ReadPlan | null = null
    const budget = {
      onCall: () => counter.count(time.now()),
      mayAlsoCall: (calls: number) => plan?.mayAlsoCall(calls) ?? false,
    }
    const provider = providerFor(account, storedSecret, timeZone, budget)
    const checkIns = createCheckIns({
      ...ports,
      log: log.child('checkIn'),
      rooms: settings.rooms,
      rules: statusRulesOf(settings),
      time,
      account: accountKey(account),
      actions: provider.actions ?? null,
      site: () => ({
        snapshot: (roomId) => site.snapshot(roomId),
        readNow: (roomId, why) => site.readRoom(roomId, why),
        republish: (roomId) => site.republish(roomId),
        hasBudget: () => site.plan.stoppedUntilMs() === null,
        claimCalls: (calls) => site.plan.mayAlsoCall(calls),
      }),
    })
    const site = createSite({
      ...ports,
      log: log.child('site'),
      settings,
      provider,
      time,
      archive: createSnapshotArchive(state, JSON.stringify(account), log.child('archive')),
      counter,
      nextRevision,
      publish: publishSnapshot,
      checkIns,
      markOwn: (roomId, meetings) => journal.markOwn(roomId, meetings),
    })
    plan = site.plan
    const actions = createActions({
      ...{ clock, settings, time, pins, site, provider, journal, checkIns },
      log: log.child('actions'),
    })
    await Promise.all([checkIns.load(), journal.load()])
    await site.load()
    running = { settings, site, checkIns, actions }
    const config = panelConfigOf(settings, nextRevision(), ports, actions.access())
    events.publish({ name: 'panel.changed', payload: config })
    site.start()
    checkIns.start()
  }

  async function loadSettings(): Promise<unknown> {
    try {
      return await ports.settings.load()
    } catch (error: unknown) {
      if (!(error instanceof SettingsUnreadableError)) throw error
      log.error('the settings cannot be read')
      return 'unreadable'
    }
  }

  async function start(): Promise<StartOutcome> {
    const stored = await loadSettings()
    if (stored === 'unreadable') return { kind: 'settingsUnreadable' }
    if (stored === undefined) return { kind: 'unconfigured' }
    const parsed = parseSettings(stored)
    if (!parsed.ok) return { kind: 'invalidSettings', issues: parsed.issues }
    // The last plan first: a keyring that hesitates must not leave the door without it.
    await run(parsed.settings)
    const missing = await missingSecret(parsed.settings)
    if (missing) return missing
    log.info('reading', { platform: parsed.settings.account.platform, rooms: parsed.settings.rooms.length })
    return { kind: 'running' }
  }

  async function stop(): Promise<void> {
    const { site, checkIns, actions } = running ?? {}
    running = null
    // What a write did must be on record before the plan it belongs to is put away.
    await Promise.all([checkIns?.stop(), actions?.stop()])
    await site?.stop()
  }

  const sessions = createSessions(clock)
  const service = createSettingsService({
    ...ports,
    log: log.child('settings'),
    hasKiosk: ports.exitKiosk !== undefined,
    createProvider: (account, readSecret, timeZone) =>
      providerFor(account, readSecret, timeZone, {
        onCall: () => running?.site.countCall(),
        mayAlsoCall: (calls) => running?.site.plan.mayAlsoCall(calls) ?? true,
      }),
    current: () => running?.settings ?? null,
    apply: async (settings) => {
      await stop()
      await run(settings)
    },
  })
  const carriedSetUp = createCarriedSetUp({
    carried: ports.carried,
    device: ports.device,
    save: (settings, typed, isInsisting) => service.save(settings, typed, isInsisting),
    log: log.child('provisioning'),
  })
  const handlers = createHandlers({
    ports,
    carriedSetUp,
    pins,
    sessions,
    service,
    running: () => running,
    time,
    startedAtMs,
    nextRevision,
  })
  return {
    start,
    stop,
    dispatch: createDispatch(handlers, log.child('api')),
    accessOf: (token) => (token !== null && sessions.isOpen(token) ? 'admin' : 'display'),
    settings: () => running?.settings ?? null,
    subscribe: (listener) => events.subscribe(listener),
    wake: () => running?.site.wake(),
  }
}
