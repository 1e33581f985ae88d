import { describe, expect, it } from 'vitest'
import { issueAt, issueKey, issuesUnder, sectionOf } from './issueText.ts'

describe('issueKey', () => {
  it.each([
    ['rooms.0.id', 'settings.issue.rooms_id'],
    ['rooms.17.source', 'settings.platforms.wecom.issue.source'],
    ['rooms.0.source.officeRoomId', 'settings.platforms.wecom.issue.source'],
    ['rooms', 'settings.issue.rooms'],
    ['account.corpId', 'settings.platforms.wecom.issue.corpId'],
    ['secrets.wecom.corpSecret', 'settings.platforms.wecom.issue.corpSecret'],
    ['account.baseUrl', 'settings.issue.account_baseUrl'],
    ['account.tehme', 'settings.issue.account'],
    ['officeHours.days.2', 'settings.issue.officeHours'],
    ['display.soonMinutes', 'settings.issue.display_soonMinutes'],
    ['', 'settings.issue.other'],
    ['somethingNew', 'settings.issue.other'],
  ])('%j', (path, key) => {
    expect(issueKey(path, 'wecom', ['corpId', 'corpSecret'])).toBe(key)
  })

  it('needs no platform', () => {
    expect(issueKey('account.corpId', null, [])).toBe('settings.issue.account')
    expect(issueKey('rooms.0.source', null, [])).toBe('settings.issue.rooms_source')
  })
})

it.each([
  ['account.corpId', 'connection'],
  ['secrets.wecom.corpSecret', 'connection'],
  ['rooms.3.id', 'room'],
  ['timeZone', 'display'],
  ['checkIn.mode', 'checkIn'],
  ['kiosk.displayNumber', 'kiosk'],
  ['actions.title', 'checkIn'],
  ['account.bookerUnionId', 'checkIn'],
  ['', null],
])('%j is found in %s', (path, section) => {
  expect(sectionOf(path)).toBe(section)
})

it('picks a field, and the fields of a part with their paths from there', () => {
  const issues = [
    { path: 'rooms.1.id', message: 'a' },
    { path: 'rooms.10.id', message: 'b' },
    { path: 'rooms', message: 'c' },
  ]
  expect(issueAt(issues, 'rooms')?.message).toBe('c')
  expect(issueAt(issues, 'rooms.2.id')).toBeNull()
  expect(issuesUnder(issues, 'rooms.1')).toEqual([{ path: 'id', message: 'a' }])
})
