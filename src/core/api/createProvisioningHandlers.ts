import type { CarriedSetUp } from '../provisioning/createCarriedSetUp.ts'
import type { PinGuard } from '../settings/createPinGuard.ts'
import type { Sessions } from '../settings/createSessions.ts'
import { ApiFailure } from './ApiFailure.ts'
import type { Handlers } from './Handlers.ts'

/** What the handlers of a first start answer from. */
export interface ProvisioningHandlerDeps {
  readonly carriedSetUp: CarriedSetUp
  readonly pins: Pick<PinGuard, 'state'>
  readonly sessions: Pick<Sessions, 'isOpen'>
  readonly isSetUp: () => boolean
}

/**
 * Open to whoever may set the panel up anyway: at the device before there is a PIN, over a network or later with a session.
 * Closed once the panel is set up.
 */
export function createProvisioningHandlers(
  deps: ProvisioningHandlerDeps,
): Pick<Handlers, 'provisioning.look' | 'provisioning.take'> {
  const { carriedSetUp, pins, sessions, isSetUp } = deps

  /** @throws ApiFailure `forbidden` */
  async function requireFirstStart(session: string | null): Promise<void> {
    if (!isSetUp()) {
      if (session !== null && sessions.isOpen(session)) return
      const { isPinSet, needsSetupCode, isUnavailable } = await pins.state()
      if (!isPinSet && !needsSetupCode && !isUnavailable) return
    }
    throw new ApiFailure({ code: 'forbidden' })
  }

  return {
    'provisioning.look': async (_input, session) => {
      await requireFirstStart(session)
      return carriedSetUp.look()
    },
    'provisioning.take': async ({ source, isInsisting }, session) => {
      await requireFirstStart(session)
      return carriedSetUp.take(source, isInsisting)
    },
  }
}
