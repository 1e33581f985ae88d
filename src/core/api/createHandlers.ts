import type { PublishedSnapshot } from '../../shared/api/events.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { PanelConfig } from '../../shared/settings/panelConfig.ts'
import type { DoorActions } from '../booking/DoorActions.ts'
import type { CarriedSetUp } from '../provisioning/createCarriedSetUp.ts'
import { panelConfigOf } from '../settings/panelConfig.ts'
import type { Site } from '../site/createSite.ts'
import { ApiFailure } from './ApiFailure.ts'
import { createActionHandlers } from './createActionHandlers.ts'
import type { AdminHandlerDeps } from './createAdminHandlers.ts'
import { createAdminHandlers } from './createAdminHandlers.ts'
import { createProvisioningHandlers } from './createProvisioningHandlers.ts'
import type { Handlers } from './Handlers.ts'

type Running = NonNullable<ReturnType<AdminHandlerDeps['running']>>

/** What the handlers answer from. */
export interface HandlerDeps extends AdminHandlerDeps {
  readonly running: () => (Running & { readonly actions: DoorActions }) | null
  readonly startedAtMs: number
  readonly nextRevision: () => number
  readonly carriedSetUp: CarriedSetUp
}

/** The audited surface: every route and what it does. */
export function createHandlers(deps: HandlerDeps): Handlers {
  const { time, ports } = deps
  const { version } = ports

  function runningOrRefuse() {
    const running = deps.running()
    if (!running) throw new ApiFailure({ code: 'unconfigured' })
    return running
  }

  /** @param roomId null asks for the default room @throws ApiFailure when there is no such room */
  function roomOrRefuse(roomId: string | null): {
    readonly id: string
    readonly site: Site
    readonly actions: DoorActions
    readonly snapshot: RoomSnapshot
  } {
    const { settings, site, actions } = runningOrRefuse()
    const id = roomId ?? settings.defaultRoomId ?? settings.rooms[0]?.id
    const snapshot = id === undefined ? null : site.snapshot(id)
    if (id === undefined || snapshot === null) throw new ApiFailure({ code: 'notFound' })
    return { id, site, actions, snapshot }
  }

  const published = (snapshot: RoomSnapshot): PublishedSnapshot => ({ snapshot, sentAtMs: time.now() })

  function config(): PanelConfig {
    const running = deps.running()
    const base = panelConfigOf(
      running?.settings ?? null,
      deps.nextRevision(),
      ports,
      running?.actions.access(),
    )
    if (!running) return base
    // The platform's names beat the bare ids once they are known.
    const rooms = base.rooms.map(({ id, name }) => ({
      id,
      name: running.site.snapshot(id)?.room.name ?? name,
    }))
    return { ...base, rooms }
  }

  return {
    ...createAdminHandlers(deps),
    ...createProvisioningHandlers({ ...deps, isSetUp: () => deps.running() !== null }),
    ...createActionHandlers((roomId) => roomOrRefuse(roomId).actions),
    'panel.open': ({ roomId }) => ({
      config: config(),
      published: deps.running() === null ? null : published(roomOrRefuse(roomId).snapshot),
    }),
    'room.getSnapshot': ({ roomId }) => published(roomOrRefuse(roomId).snapshot),
    'room.refresh': ({ roomId }) => {
      const { id, site } = roomOrRefuse(roomId)
      return site.touch(id)
    },
    'diagnostics.get': async () => {
      const { settings, site, checkIns } = runningOrRefuse()
      return {
        version,
        ...(ports.readUpdates ? { updates: await ports.readUpdates() } : {}),
        platform: settings.account.platform,
        nowMs: time.now(),
        startedAtMs: deps.startedAtMs,
        serverTimeOffsetMs: time.offsetMs(),
        nextReadAtMs: site.nextReadAtMs(),
        plannedIntervalMs: site.plan.current()?.intervalMs ?? null,
        budget: site.plan.report(),
        rooms: settings.rooms.flatMap(({ id }) => {
          const snapshot = site.snapshot(id)
          return snapshot === null ? [] : [{ id, health: snapshot.health, fetchedAtMs: snapshot.fetchedAtMs }]
        }),
        releases: settings.rooms.map(({ id }) => ({ roomId: id, reports: checkIns.reports(id) })),
        lastFailure: site.lastFailure(),
        secretStrength: await ports.secrets.strength(),
      }
    },
  }
}
