import type { PublishedSnapshot } from '../../shared/api/events.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../shared/domain/roomSnapshot.ts'
import type { PanelConfig } from '../../shared/settings/panelConfig.ts'
import type { CarriedSetUp } from '../provisioning/createCarriedSetUp.ts'
import type { RunningSite } from '../runtime/assembleSite.ts'
import { coreStatusOf, shownPlansOf } from '../runtime/CoreState.ts'
import type { ShownPlans } from '../runtime/ShownPlans.ts'
import { panelConfigOf } from '../settings/panelConfig.ts'
import { ApiFailure } from './ApiFailure.ts'
import { mayUseRoom } from './Caller.ts'
import type { Caller } from './Caller.ts'
import { createActionHandlers } from './createActionHandlers.ts'
import type { AdminHandlerDeps } from './createAdminHandlers.ts'
import { createAdminHandlers } from './createAdminHandlers.ts'
import { createProvisioningHandlers } from './createProvisioningHandlers.ts'
import type { Handlers } from './Handlers.ts'
import { readDiagnostics } from './readDiagnostics.ts'
import { runningOrRefuse } from './runningOrRefuse.ts'

/** What the handlers answer from. */
export interface HandlerDeps extends AdminHandlerDeps {
  readonly startedAtMs: number
  readonly nextRevision: () => number
  readonly carriedSetUp: CarriedSetUp
}

/**
 * The room a caller means: the one it names, else the default one or the first it may use.
 * @throws ApiFailure `notFound`, or `forbidden` for a room that is not the caller's
 */
function roomFor(plans: ShownPlans, roomId: RoomId | null, caller: Caller): RoomId {
  const { defaultRoomId, rooms } = plans.settings()
  const known = rooms.map(({ id }) => id)
  const wanted = roomId ?? [defaultRoomId ?? '', ...known].find((id) => id !== '' && mayUseRoom(caller, id))
  if (wanted === undefined || !known.includes(wanted)) throw new ApiFailure({ code: 'notFound' })
  if (!mayUseRoom(caller, wanted)) throw new ApiFailure({ code: 'forbidden' })
  return wanted
}

/** The audited surface: every route and what it does. */
export function createHandlers(deps: HandlerDeps): Handlers {
  const { time, ports, runtime } = deps

  /** @throws ApiFailure when nothing runs or the room is not the caller's */
  function roomOrRefuse(
    roomId: RoomId | null,
    caller: Caller,
  ): { readonly id: RoomId; readonly running: RunningSite; readonly snapshot: RoomSnapshot } {
    const running = runningOrRefuse(runtime.state())
    const id = roomFor(running, roomId, caller)
    const snapshot = running.snapshot(id)
    if (snapshot === null) throw new ApiFailure({ code: 'notFound' })
    return { id, running, snapshot }
  }

  const published = (snapshot: RoomSnapshot): PublishedSnapshot => ({ snapshot, sentAtMs: time.now() })

  function configOf(roomId: RoomId | null): PanelConfig {
    const state = runtime.state()
    const plans = shownPlansOf(state)
    const situation = {
      core: coreStatusOf(state),
      revision: deps.nextRevision(),
      settings: plans?.settings() ?? null,
      roomId,
      ...(state.kind === 'running' && roomId !== null && { actions: state.site.actions.access(roomId) }),
    }
    const config = panelConfigOf(situation, ports)
    // The platform's names beat the bare ids once they are known.
    const rooms = config.rooms.map(({ id, name }) => ({ id, name: plans?.snapshot(id)?.room.name ?? name }))
    return { ...config, rooms }
  }

  return {
    ...createAdminHandlers(deps),
    ...createProvisioningHandlers({ ...deps, isFirstStart: () => runtime.state().kind === 'unconfigured' }),
    ...createActionHandlers((roomId, caller) => roomOrRefuse(roomId, caller).running.actions),
    'panel.open': ({ roomId }, caller) => {
      const state = runtime.state()
      if (state.kind === 'stopped') throw new ApiFailure({ code: 'unavailable' })
      const plans = shownPlansOf(state)
      if (plans === null) return { config: configOf(null), published: null }
      const id = roomFor(plans, roomId, caller)
      const snapshot = plans.snapshot(id)
      return { config: configOf(id), published: snapshot && published(snapshot) }
    },
    'room.getSnapshot': ({ roomId }, caller) => published(roomOrRefuse(roomId, caller).snapshot),
    'room.refresh': ({ roomId }, caller) => {
      const { id, running } = roomOrRefuse(roomId, caller)
      return running.site.touch(id)
    },
    'diagnostics.get': () => readDiagnostics(deps, runningOrRefuse(runtime.state())),
  }
}
