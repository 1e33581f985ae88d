import { describe, expect, it } from 'vitest'
import { mayLapse } from './mayLapse.ts'
import { defaultStatusRules } from './statusRules.ts'
import { meetingAt, snapshotWith } from './testing/fixtures.ts'

const checkIn = { ...defaultStatusRules.checkIn, mode: 'local', isReleaseOn: true } as const
const rules = { ...defaultStatusRules, checkIn }

describe('mayLapse', () => {
  // The door counted down to the release of trainings and series that are never given back.
  it.each([
    ['half an hour', meetingAt(0, 30), true],
    ['a minute less than four hours', meetingAt(0, 239), true],
    ['four hours', meetingAt(0, 240), false],
    ['all day', meetingAt(0, 30, { isAllDay: true }), false],
    ['one of a series', meetingAt(0, 30, { isRecurring: true }), false],
    ['booked at this door', meetingAt(0, 30, { isOwn: true }), false],
  ])('%s', (_name, meeting, expected) => {
    expect(mayLapse(meeting, snapshotWith([meeting]), rules)).toBe(expected)
  })

  it('never where release is off, or the platform cannot', () => {
    const meeting = meetingAt(0, 30)
    const snapshot = snapshotWith([meeting])
    expect(mayLapse(meeting, snapshot, defaultStatusRules)).toBe(false)
    const actions = { canBook: true, extend: 'any', end: 'any', canRelease: false } as const
    const capabilities = { ...snapshot.capabilities, actions }
    expect(mayLapse(meeting, { ...snapshot, capabilities }, rules)).toBe(false)
  })
})
