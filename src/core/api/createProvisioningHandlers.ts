import type { CarriedSetUp } from '../provisioning/createCarriedSetUp.ts'
import type { PinGuard } from '../settings/createPinGuard.ts'
import { ApiFailure } from './ApiFailure.ts'
import type { Caller } from './Caller.ts'
import type { Handlers } from './Handlers.ts'

/** What the handlers of a first start answer from. */
export interface ProvisioningHandlerDeps {
  readonly carriedSetUp: CarriedSetUp
  readonly pins: Pick<PinGuard, 'state'>
  /** Whether nobody ever set this panel up: settings that cannot be read are settings. */
  readonly isFirstStart: () => boolean
}

/**
 * Open to whoever may set the panel up anyway: at the device before there is a PIN, over a network or later with a session.
 * Closed once the panel is set up.
 */
export function createProvisioningHandlers(
  deps: ProvisioningHandlerDeps,
): Pick<Handlers, 'provisioning.look' | 'provisioning.take'> {
  const { carriedSetUp, pins, isFirstStart } = deps

  /** @throws ApiFailure `forbidden` */
  async function requireFirstStart(caller: Caller): Promise<void> {
    if (isFirstStart()) {
      if (caller.kind === 'admin') return
      const { isPinSet, needsSetupCode, isUnavailable } = await pins.state()
      if (!isPinSet && !needsSetupCode && !isUnavailable) return
    }
    throw new ApiFailure({ code: 'forbidden' })
  }

  return {
    'provisioning.look': async (_input, caller) => {
      await requireFirstStart(caller)
      return carriedSetUp.look()
    },
    'provisioning.take': async ({ source, isInsisting }, caller) => {
      await requireFirstStart(caller)
      return carriedSetUp.take(source, isInsisting)
    },
  }
}
