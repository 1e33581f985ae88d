import type { ApiEvent } from '../shared/api/events.ts'
import type { Core } from './Core.ts'
import { anyScreen } from './api/Caller.ts'
import { createDispatch } from './api/createDispatch.ts'
import { createEventHub } from './api/createEventHub.ts'
import { createHandlers } from './api/createHandlers.ts'
import { createActionJournal } from './booking/createActionJournal.ts'
import type { CorePorts } from './ports/CorePorts.ts'
import { createCarriedSetUp } from './provisioning/createCarriedSetUp.ts'
import { createRuntime } from './runtime/createRuntime.ts'
import { createDraftProvider } from './runtime/createSource.ts'
import type { RoomShown } from './runtime/createStatusTicker.ts'
import { createPinGuard } from './settings/createPinGuard.ts'
import { createSessions } from './settings/createSessions.ts'
import { createSettingsService } from './settings/createSettingsService.ts'
import { storedSecretReader } from './settings/storedSecretReader.ts'
import { createServerTime } from './time/createServerTime.ts'

/** Wires ports and services by hand; nothing happens before {@link Core.start}. */
export function createCore(ports: CorePorts): Core {
  const { clock, log, secrets, state } = ports
  const time = createServerTime(clock)
  const events = createEventHub<ApiEvent>(log)
  const shownRooms = createEventHub<{ readonly name: 'room.shown'; readonly shown: RoomShown }>(log)
  const startedAtMs = clock.now()
  // Rising across restarts too, so that a screen that outlived us never drops our first snapshot as an old one.
  let revision = startedAtMs
  const nextRevision = (): number => (revision += 1)

  const pins = createPinGuard({ ...ports, log: log.child('pin') })
  const sessions = createSessions(clock)
  const runtime = createRuntime({
    ports,
    readSecret: storedSecretReader(secrets),
    onChange: () => events.publish({ name: 'panel.changed', payload: { revision: nextRevision() } }),
    shared: {
      ...{ ...ports, time, pins, nextRevision },
      journal: createActionJournal(state, time, log.child('actions')),
      publish: (snapshot) =>
        events.publish({ name: 'room.changed', payload: { snapshot, sentAtMs: time.now() } }),
      onShown: (shown) => shownRooms.publish({ name: 'room.shown', shown }),
    },
  })
  const service = createSettingsService({
    ...ports,
    log: log.child('settings'),
    hasKiosk: ports.exitKiosk !== undefined,
    createProvider: (account, readSecret, timeZone) => {
      const present = runtime.state()
      const running = present.kind === 'running' ? present.site.source : null
      return createDraftProvider({ ...ports, readSecret }, { account, timeZone }, running)
    },
    current: () => runtime.settings(),
    change: (change) => runtime.change(change),
  })
  const carriedSetUp = createCarriedSetUp({
    ...{ carried: ports.carried, device: ports.device },
    save: (settings, typed, isInsisting) => service.save(settings, typed, isInsisting),
    log: log.child('provisioning'),
  })
  const handlers = createHandlers({
    ...{ ports, carriedSetUp, pins, sessions, service, runtime },
    ...{ time, startedAtMs, nextRevision },
  })
  return {
    start: () => runtime.start(),
    stop: () => runtime.stop(),
    dispatch: createDispatch(handlers, log.child('api')),
    callerOf: (token, screen = anyScreen) =>
      token !== null && sessions.isOpen(token) ? { kind: 'admin', session: token } : screen,
    settings: () => runtime.settings(),
    subscribe: (listener) => events.subscribe(listener),
    onRoomShown: (listener) => shownRooms.subscribe(({ shown }) => listener(shown)),
    wake() {
      const present = runtime.state()
      if (present.kind === 'running') present.site.site.wake()
    },
  }
}
