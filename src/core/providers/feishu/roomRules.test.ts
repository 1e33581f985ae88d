import { describe, expect, it } from 'vitest'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import { bookingRulesOf, brokenRuleOf, rulesOf } from './roomRules.ts'
import { reserveConfigSchema } from './schema.ts'
import { atHour } from './testing/openDoor.ts'

const zone = createZone('Asia/Shanghai')
const nowMs = atHour(10)

const rules = (data: object) => rulesOf(reserveConfigSchema.parse({ code: 0, data }).data)
const refusal = (data: object, from: number, until: number) =>
  brokenRuleOf(rules(data), { fromMs: atHour(from), untilMs: atHour(until) }, nowMs, zone)
const limits = {
  time_switch: 1,
  days_in_advance: 2,
  start_time: '28800',
  end_time: '72000',
  max_duration: 4,
}

describe('the rules of a room', () => {
  it.each([
    ['nothing told', {}, 11, 23, null],
    ['approval off', { approve_config: { approval_switch: 0, approval_condition: 0 } }, 11, 12, null],
    [
      'approval of all',
      { approve_config: { approval_switch: 1, approval_condition: 0 } },
      11,
      12,
      'approval',
    ],
    ['approval, condition missing', { approve_config: { approval_switch: 1 } }, 11, 12, 'approval'],
    [
      'approval of what is longer, this is not',
      { approve_config: { approval_switch: 1, approval_condition: 1, meeting_duration: 1.5 } },
      11,
      12.5,
      null,
    ],
    [
      'approval of what is longer, as this is',
      { approve_config: { approval_switch: 1, approval_condition: 1, meeting_duration: 1.5 } },
      11,
      13,
      'approval',
    ],
    ['chosen people', { reserve_scope_config: { allow_all_users: 0 } }, 11, 12, 'permission'],
    ['limits switched off', { time_config: { ...limits, time_switch: 0 } }, 1, 23, null],
    ['within the limits', { time_config: limits }, 8, 12, null],
    ['too long', { time_config: limits }, 11, 15.5, 'policy'],
    ['too early in the day', { time_config: limits }, 7.5, 9, 'policy'],
    ['too late in the day', { time_config: limits }, 19, 20.5, 'policy'],
    ['the last day ahead', { time_config: limits }, 48 + 11, 48 + 12, null],
    ['too far ahead', { time_config: limits }, 72 + 11, 72 + 12, 'policy'],
    [
      'values nobody understands',
      { time_config: { ...limits, max_duration: 'four', end_time: {} } },
      11,
      23,
      null,
    ],
  ])('%s', (_name, data, from, until, expected) => {
    expect(refusal(data, from, until)).toBe(expected)
  })

  it('tells the door lengths that need no approval', () => {
    const approve_config = { approval_switch: 1, approval_condition: 1, meeting_duration: 0.5 }
    expect(bookingRulesOf(rules({ approve_config, time_config: limits }), nowMs, zone)).toEqual({
      gridMinutes: null,
      minMinutes: 1,
      maxMinutes: 30,
      latestEndMs: atHour(20),
      refusal: null,
    })
  })

  it.each([
    [{ approve_config: { approval_switch: 1 } }, 'approval'],
    [{ reserve_scope_config: { allow_all_users: 0 } }, 'permission'],
  ])('takes the button away: %j', (data, expected) => {
    expect(bookingRulesOf(rules(data), nowMs, zone).refusal).toBe(expected)
  })
})
