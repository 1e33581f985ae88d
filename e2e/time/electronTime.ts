import { createActivity } from './createActivity.ts'
import { patchGlobalTime } from './patchGlobalTime.ts'
import { realTime } from './travelClock.ts'

// Loaded with `electron -r` before the app itself, so that its clock reads travelling time from the first moment on;
// `e2e/fixtures/electronDisplay.ts` names the variable and the global.
const activity = createActivity(realTime())
const clock = patchGlobalTime(Date.now() + Number(process.env['DOORPLATE_E2E_AHEAD_MS'] ?? 0))

Object.assign(globalThis, {
  __doorplateTravel: async (ms: number): Promise<void> => {
    clock.advance(ms)
    await activity.settled()
  },
})
