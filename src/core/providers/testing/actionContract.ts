import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { ActionWorld } from './ActionWorld.ts'
import { describeBooking } from './bookingCases.ts'
import { describeEnding, describeExtending } from './changingCases.ts'
import { openStage } from './openStage.ts'
import type { Stage } from './openStage.ts'

/**
 * The cases every platform's writes must pass against the simulator of its vendor: nothing is done twice, nothing hits
 * anybody else's booking, nothing is called done that the calendar does not show, and nothing leaks. The same number on
 * every platform, none conditional.
 * @param openWorld a fresh world for every case, with nothing booked, at `CONTRACT_NOW_MS` in Asia/Shanghai
 */
export function describeActions<Source>(
  name: string,
  openWorld: () => ActionWorld<Source> | Promise<ActionWorld<Source>>,
): void {
  describe(`${name}: action contract`, () => {
    let world: ActionWorld<Source>
    let open: Stage<Source>
    const stage = (): Stage<Source> => open

    beforeEach(async () => {
      world = await openWorld()
      open = await openStage(world)
    })

    afterEach(async () => {
      open.check()
      await world.close()
    })

    it('the account can do what a door does', () => {
      const { actions } = open.provider.capabilities
      expect(actions).toMatchObject({ canBook: true, canRelease: true })
      expect([actions?.extend, actions?.end]).not.toContain('none')
    })

    describeBooking(stage)
    describeExtending(stage)
    describeEnding(stage)
  })
}
