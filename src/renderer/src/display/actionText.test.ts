// @vitest-environment node
import { describe, expect, it } from 'vitest'
import { GALLERY_NOW_MS, at, galleryConfig } from '../gallery/gallerySnapshot.ts'
import { addActionTexts } from '../i18n/addActionTexts.ts'
import { createDisplayI18n } from '../i18n/createDisplayI18n.ts'
import type { Translate } from '../i18n/createDisplayI18n.ts'
import { createTimeFormat } from '../time/createTimeFormat.ts'
import { actionText } from './actionText.ts'

function checkedIn(startMs: number, endMs: number): string {
  const i18n = createDisplayI18n('zh-CN')
  addActionTexts(i18n.global)
  const t: Translate = (key, named = {}) => (i18n.global as unknown as { t: Translate }).t(key, named)
  const format = createTimeFormat(galleryConfig)
  const result = { kind: 'done', meeting: { id: 'm', startMs, endMs } } as const
  return actionText({ name: 'checkIn', meetingId: 'm' }, result, { t, format, nowMs: GALLERY_NOW_MS }).text
}

describe('thanks for a check-in', () => {
  it('promises the room from now on only where it is theirs now', () => {
    expect(checkedIn(at(10, 15), at(11))).toBe('已签到，会议室为您保留至 11:00')
    expect(checkedIn(at(10, 25), at(11))).toBe('已签到，会议室 10:25 – 11:00 为您保留')
  })
})
