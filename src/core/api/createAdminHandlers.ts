import type { Session } from '../../shared/api/admin.ts'
import type { Done } from '../../shared/api/routes.ts'
import { runChecks } from '../diagnostics/runChecks.ts'
import type { CorePorts } from '../ports/CorePorts.ts'
import type { RoomDirectory } from '../providers/SiteProvider.ts'
import type { Runtime } from '../runtime/createRuntime.ts'
import type { PinGuard } from '../settings/createPinGuard.ts'
import type { Sessions } from '../settings/createSessions.ts'
import { askPlatform } from '../settings/createSettingsService.ts'
import type { SettingsService } from '../settings/createSettingsService.ts'
import { readSettingsText } from '../settings/readSettingsText.ts'
import type { ServerTime } from '../time/createServerTime.ts'
import { ApiFailure } from './ApiFailure.ts'
import type { Handlers } from './Handlers.ts'
import { requirePin } from './requirePin.ts'
import { runningOrRefuse } from './runningOrRefuse.ts'

/** What the admin's handlers answer from. */
export interface AdminHandlerDeps {
  readonly ports: CorePorts
  readonly pins: PinGuard
  readonly sessions: Sessions
  readonly service: SettingsService
  readonly runtime: Pick<Runtime, 'state' | 'settings'>
  readonly time: ServerTime
}

type AdminRoute = Extract<
  keyof Handlers,
  `${'session' | 'settings' | 'connection' | 'rooms' | 'directory' | 'kiosk'}.${string}`
>
type AdminHandlers = Pick<Handlers, AdminRoute | 'diagnostics.runChecks' | 'diagnostics.exportLog'>

const done: Done = { isDone: true }

/** Session, settings, directory and kiosk routes. */
export function createAdminHandlers(deps: AdminHandlerDeps): AdminHandlers {
  const { ports, pins, sessions, service, time } = deps
  return {
    ...createSessionHandlers(pins, sessions),
    ...createDirectoryHandlers(deps),
    'settings.get': () => service.view(),
    'settings.save': ({ settings, secrets, isInsisting }) => service.save(settings, secrets, isInsisting),
    'settings.read': ({ text }) => readSettingsText(text),
    'settings.export': () => ({ text: service.exportText() }),
    'connection.test': (draft) => service.test(draft),
    'rooms.search': ({ text, ...draft }) => service.search(draft, text),
    'diagnostics.runChecks': () => {
      const settings = deps.runtime.settings()
      const state = deps.runtime.state()
      const snapshots = (settings?.rooms ?? []).flatMap(({ id }) =>
        state.kind === 'running' ? (state.site.snapshot(id) ?? []) : [],
      )
      const healthyRooms = snapshots.filter(
        ({ health, fetchedAtMs }) => health.kind === 'ok' && fetchedAtMs !== null,
      ).length
      return runChecks({ ...ports, settings, healthyRooms, serverTimeOffsetMs: time.offsetMs() })
    },
    'diagnostics.exportLog': async () => {
      if (!ports.readLog) throw new ApiFailure({ code: 'unsupported' })
      return { text: await ports.readLog() }
    },
    'kiosk.exit': () => {
      if (!ports.exitKiosk) throw new ApiFailure({ code: 'unsupported' })
      ports.log.info('the kiosk is left by an admin')
      ports.exitKiosk()
      return done
    },
  }
}

function createSessionHandlers(
  pins: PinGuard,
  sessions: Sessions,
): Pick<Handlers, Extract<AdminRoute, `session.${string}`>> {
  return {
    'session.getState': () => pins.state(),
    'session.setPin': async ({ pin, setupCode }): Promise<Session> => {
      requirePin(await pins.setFirstPin(pin, setupCode))
      return sessions.open()
    },
    'session.unlock': async ({ pin }): Promise<Session> => {
      requirePin(await pins.check(pin))
      return sessions.open()
    },
    'session.changePin': async ({ pin }) => {
      requirePin(await pins.changePin(pin))
      return done
    },
    // Whose session it is was asked on the way here, and asking keeps it alive.
    'session.touch': () => done,
    'session.lock': (_input, caller) => {
      if (caller.kind === 'admin') sessions.close(caller.session)
      return done
    },
  }
}

function createDirectoryHandlers({
  ports,
  runtime,
}: AdminHandlerDeps): Pick<Handlers, Extract<AdminRoute, `directory.${string}`>> {
  function directoryOrRefuse(): RoomDirectory {
    const { directory } = runningOrRefuse(runtime.state()).site
    if (!directory) throw new ApiFailure({ code: 'unsupported' })
    return directory
  }
  const ask = <T>(call: (directory: RoomDirectory, signal: AbortSignal) => Promise<T>): Promise<T> => {
    const directory = directoryOrRefuse()
    return askPlatform(ports.clock, (signal) => call(directory, signal))
  }
  return {
    'directory.listRooms': (filter) => ask((directory, signal) => directory.list(filter, signal)),
    'directory.addRoom': async (room) => ({
      vendorId: await ask((directory, signal) => directory.add(room, signal)),
    }),
    'directory.editRoom': async ({ vendorId, room }) => {
      await ask((directory, signal) => directory.edit(vendorId, room, signal))
      return done
    },
    'directory.deleteRoom': async ({ vendorId, confirmedName }) => {
      const noFilter = { city: '', building: '', floor: '', equipment: [] }
      await ask(async (directory, signal) => {
        const room = (await directory.list(noFilter, signal)).find((one) => one.vendorId === vendorId)
        if (!room) throw new ApiFailure({ code: 'notFound' })
        if (room.name !== confirmedName) {
          throw new ApiFailure({
            code: 'badRequest',
            issues: [{ path: 'confirmedName', message: 'is not the name of this room' }],
          })
        }
        await directory.remove(vendorId, signal)
      })
      return done
    },
  }
}
