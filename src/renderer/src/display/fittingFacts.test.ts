import { expect, it } from 'vitest'
import { fittingFacts } from './fittingFacts.ts'

it('shows everything an ordinary room has', () => {
  expect(fittingFacts(['8 人', '电视', '白板', '视频会议', '需审批'])).toBe(5)
  expect(fittingFacts([])).toBe(0)
})

it('counts what would need a third line instead of cutting it', () => {
  const facts = [
    '8 seats',
    'TV',
    'Phone',
    'Projector',
    'Whiteboard',
    'Video',
    'Height-adjustable lectern',
    'Needs approval',
  ]
  const shown = fittingFacts(facts)
  expect(shown).toBeGreaterThan(4)
  expect(shown).toBeLessThan(facts.length)
})

it('does not begin with a fact that needs both lines for itself and more', () => {
  expect(fittingFacts(['x'.repeat(20), 'y'.repeat(200), 'z'.repeat(200)])).toBe(1)
})
