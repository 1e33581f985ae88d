import { describe, expect, it } from 'vitest'
import { roomStatus } from '../../../shared/domain/roomStatus.ts'
import type { RoomStatus } from '../../../shared/domain/roomStatus.ts'
import { GALLERY_NOW_MS, at, gallerySnapshot, meeting } from '../gallery/gallerySnapshot.ts'
import { scenarios } from '../gallery/scenarios.ts'
import type { Scenario, ScenarioName } from '../gallery/scenarios.ts'
import { translator } from '../i18n/testing/translator.ts'
import { createTimeFormat } from '../time/createTimeFormat.ts'
import { statusText } from './statusText.ts'
import type { StatusContext } from './statusText.ts'
import { unknownCause } from './unknownCause.ts'

type Language = 'zh-CN' | 'en-US'

function context(scenario: Scenario, language: Language, nowMs = GALLERY_NOW_MS): StatusContext {
  const { config, snapshot } = scenario
  const t = translator(language)
  return {
    t,
    format: createTimeFormat({ ...config, language }),
    nowMs,
    rules: config.rules,
    snapshot,
    platform: t(`platform.${config.platform ?? 'none'}`),
    cause: snapshot ? unknownCause(snapshot, 'open', nowMs) : 'opening',
  }
}

function words(scenario: Scenario, language: Language, nowMs = GALLERY_NOW_MS) {
  const status: RoomStatus = scenario.snapshot
    ? roomStatus(scenario.snapshot, nowMs, scenario.config.rules)
    : { kind: 'unconfigured' }
  return statusText(status, context(scenario, language, nowMs))
}

const withMeetings = (...meetings: ReturnType<typeof meeting>[]): Scenario => ({
  ...scenarios.free,
  snapshot: { ...gallerySnapshot, meetings },
})

describe('words under the status', () => {
  it.each<[ScenarioName, string | null, string | null]>([
    ['free', '至 11:00，还有 41 分钟', 'until 11:00, 41 min left'],
    ['freeAllDay', '今天不再有会议', 'for the rest of the day'],
    ['freeOwnOnly', null, null],
    ['soon', '10:25 开始，还有 6 分钟', 'at 10:25, in 6 min'],
    ['checkIn', '未签到将在 6 分 00 秒后释放', 'released in 6:00 unless checked in'],
    ['checkInEarly', '10:25 开始，请签到', 'starts at 10:25, please check in'],
    ['busy', '至 11:00，还有 41 分钟', 'until 11:00, ends in 41 min'],
    ['busyDevice', null, null],
    ['busyOverlap', '至 11:00，还有 41 分钟', 'until 11:00, ends in 41 min'],
    ['busyAllDay', '直到今天结束', 'for the rest of the day'],
    ['pending', '至 11:00，审批中', 'until 11:00, not approved yet'],
    ['outOfService', '至 11月24日 18:00', 'until Nov 24 18:00'],
    ['unknown', '无法连接企业微信', 'WeCom cannot be reached'],
    ['unknownNever', '企业微信拒绝了应用凭证', 'WeCom refused the credentials'],
    ['unconfigured', '这块屏还没有连接会议室', 'This screen has no room yet'],
  ])('%s leads with %s / %s', (name, chinese, english) => {
    expect(words(scenarios[name], 'zh-CN').lead).toBe(chinese)
    expect(words(scenarios[name], 'en-US').lead).toBe(english)
  })

  it('a meeting is named with its time and who booked it', () => {
    expect(words(scenarios.soon, 'zh-CN')).toMatchObject({
      title: '供应链周会',
      time: '10:25 – 11:30',
      organizer: '预订人 王博',
    })
    expect(words(scenarios.pending, 'en-US')).toMatchObject({
      title: '客户来访',
      organizer: 'Requested by 王博',
    })
  })

  it.each([
    ['zh-CN', '本月的调用额度已用完', /^12月1日.*恢复，届时自动继续$/],
    ['en-US', 'The call allowance of this month is used up', /^Reading resumes Dec 1/],
  ] as const)('a spent allowance says when it returns (%s)', (language, lead, remedy) => {
    const health = {
      kind: 'stale',
      sinceMs: GALLERY_NOW_MS,
      reason: 'quota',
      resumesAtMs: Date.parse('2026-12-01T00:00:00+08:00'),
    } as const
    const snapshot = { ...gallerySnapshot, meetings: [], health, freshness: { staleAtMs: 0, unknownAtMs: 0 } }
    const text = words({ ...scenarios.free, snapshot }, language)
    expect(text.lead).toBe(lead)
    expect(text.remedy).toMatch(remedy)
  })

  it('an unknown state says what is wrong, what is being done and how old the plan is', () => {
    expect(words(scenarios.unknown, 'zh-CN')).toMatchObject({
      lead: '无法连接企业微信',
      remedy: '请检查网络，正在自动重试',
      note: '最后更新于 09:41，38 分钟前',
    })
    expect(words(scenarios.unknownNever, 'en-US').note).toBe('No schedule has been read yet')
  })

  it('a busy room tells how much of its meeting is over', () => {
    expect(words(scenarios.busy, 'zh-CN').progress).toBeCloseTo(19 / 60)
    expect(words(scenarios.busyDevice, 'zh-CN').progress).toBeNull()
    expect(words(scenarios.free, 'zh-CN').progress).toBeNull()
  })

  it('another meeting that follows directly is said, with when the room is free', () => {
    expect(words(scenarios.busyFollowed, 'zh-CN').note).toBe('随后紧接下一场，12:00 起空闲')
    expect(words(scenarios.busy, 'zh-CN').note).toBeNull()
  })

  it('a running video meeting is said', () => {
    const running = meeting(at(10), at(11), '评审', null, {
      video: { topic: null, url: null, isRunning: true },
    })
    expect(words(withMeetings(running), 'en-US').note).toBe('Video meeting running')
  })

  it('a room taken out of service without a reason still says something', () => {
    const closures = [{ fromMs: at(8), untilMs: at(12), reason: null }]
    const scenario = { ...scenarios.free, snapshot: { ...gallerySnapshot, closures } }
    expect(words(scenario, 'zh-CN')).toMatchObject({ lead: '至 12:00', title: '会议室暂停使用' })
  })

  describe('never promises more than was read', () => {
    it('no rest of the day where the reading ends before it', () => {
      const horizon = { fromMs: at(0), untilMs: at(20) }
      const scenario = { ...scenarios.free, snapshot: { ...gallerySnapshot, horizon } }
      expect(words(scenario, 'zh-CN').lead).toBeNull()
    })

    it('no until where only some bookings are visible, and it says so', () => {
      expect(words(scenarios.freeOwnOnly, 'zh-CN')).toMatchObject({
        lead: null,
        note: '本屏只能看到本应用自己的预订',
      })
    })

    it('tomorrow is not part of today', () => {
      const scenario = withMeetings(meeting(at(33), at(34), 'tomorrow', null))
      expect(words(scenario, 'en-US').lead).toBe('for the rest of the day')
    })
  })

  it('changes with the minute of the clock and no oftener', () => {
    const seconds = Array.from({ length: 60 }, (_none, second) => GALLERY_NOW_MS + second * 1_000)
    const leads = new Set(seconds.map((atMs) => words(scenarios.free, 'zh-CN', atMs).lead))
    expect([...leads]).toEqual(['至 11:00，还有 41 分钟'])
    expect(words(scenarios.free, 'zh-CN', GALLERY_NOW_MS + 60_000).lead).toBe('至 11:00，还有 40 分钟')
  })
})
