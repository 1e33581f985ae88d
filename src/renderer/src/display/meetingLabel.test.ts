import { describe, expect, it } from 'vitest'
import { meeting } from '../gallery/gallerySnapshot.ts'
import { translator } from '../i18n/testing/translator.ts'
import { meetingLabel } from './meetingLabel.ts'

const zh = translator('zh-CN')
const en = translator('en-US')

describe('meeting label', () => {
  it('is the title, with who booked it beside it', () => {
    expect(meetingLabel(meeting(0, 1, '周会', '王博'), zh)).toEqual({ title: '周会', organizer: '王博' })
  })

  it('is whose booking it is where there is no title, and then names nobody twice', () => {
    expect(meetingLabel(meeting(0, 1, null, '王博'), zh)).toEqual({ title: '王博的预订', organizer: null })
    expect(meetingLabel(meeting(0, 1, ' ', 'Bo Wang'), en)).toEqual({
      title: 'Booked by Bo Wang',
      organizer: null,
    })
  })

  it('is only that it is booked where nothing is known', () => {
    expect(meetingLabel(meeting(0, 1, null, null), zh).title).toBe('已预订')
    expect(meetingLabel(meeting(0, 1, '', ''), en)).toEqual({ title: 'Booked', organizer: null })
  })

  it('tells nothing of a private meeting, even if the masking failed before', () => {
    const leaked = meeting(0, 1, 'Merger', 'CEO', { isPrivate: true })
    expect(meetingLabel(leaked, en)).toEqual({ title: 'Private meeting', organizer: null })
    expect(meetingLabel(leaked, zh).title).toBe('私密会议')
  })
})
