import { expect, it } from 'vitest'
import { answerWithinMs, CORE_PRESS_MS, SCREEN_PRESS_MS } from './patience.ts'

it('no screen and no transport gives a press up before the core does', () => {
  expect(SCREEN_PRESS_MS).toBeGreaterThan(CORE_PRESS_MS)
  expect(answerWithinMs.long).toBeGreaterThan(SCREEN_PRESS_MS)
})
