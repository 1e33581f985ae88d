import { describe, expect, it } from 'vitest'
import { isReleaseText, readCheckInStatus, readReservationStatus, textOrNull } from './reservationTexts.ts'

describe('reservation_status', () => {
  it.each([
    ['预定成功', 'confirmed'],
    ['预订成功', 'confirmed'],
    ['审批中', 'pending'],
    ['已释放（手动释放）', 'released'],
    ['已释放（会议结束后自动释放）', 'released'],
    ['已释放（未签到被释放）', 'released'],
    ['已释放（传感器自动释放）', 'released'],
    ['已释放(手动释放)', 'released'],
    ['已取消', 'cancelled'],
    ['预定失败', 'rejected'],
    ['已拒绝', 'rejected'],
    ['reserve success', 'confirmed'],
    ['Reserve Success', 'confirmed'],
    ['reserved successfully', 'confirmed'],
    ['released', 'released'],
    ['Released (no check-in)', 'released'],
    ['approving', 'pending'],
    ['Pending approval', 'pending'],
    ['canceled', 'cancelled'],
    ['reserve failed', 'rejected'],
    ['rejected', 'rejected'],
  ])('%s is %s', (text, state) => {
    expect(readReservationStatus(text)).toEqual({ value: state, unknown: null })
  })

  it.each(['审批通过', 'approved', 'disapproved', '等候名单', 'on hold'])(
    'what no document knows counts as busy and keeps its text: %s',
    (text) => {
      expect(readReservationStatus(text)).toEqual({ value: 'unknown', unknown: text })
    },
  )

  it.each(['', '-', undefined, null])('a blank one is not taken for a good one: %s', (text) => {
    expect(readReservationStatus(text)).toEqual({ value: 'unknown', unknown: 'blank' })
  })

  it('a text that is no status stays out of the log', () => {
    expect(readReservationStatus('call 13800138000').unknown).toBe('a status text of an unknown form')
    expect(readReservationStatus('长'.repeat(41)).unknown).toBe('a status text of an unknown form')
  })
})

describe('room_check_in_status', () => {
  it.each([
    ['待签到', 'notOpen'],
    ['签到时间未结束', 'open'],
    ['已签到', 'checkedIn'],
    ['超时未签到', 'missed'],
    ['不可签到（会议室被禁用）', 'none'],
    ['无需签到', 'none'],
    ['无需签到（即时预定）', 'none'],
    ['无需签到（未开启签到设置）', 'none'],
    ['无需签到（未安装签到设备）', 'none'],
    ['checkin', 'checkedIn'],
    ['Checked in', 'checkedIn'],
    ['waiting for checkin', 'notOpen'],
    ['checkin not ended', 'open'],
    ['checkin overtime', 'missed'],
    ['checkin unavailable (room disabled)', 'none'],
    ['checkin not required (instant booking)', 'none'],
    ['checkin not open', 'notOpen'],
    ['', 'none'],
    ['-', 'none'],
    [undefined, 'none'],
  ])('%s is %s', (text, state) => {
    expect(readCheckInStatus(text)).toEqual({ value: state, unknown: null })
  })

  it('what no document knows offers no check-in and keeps its text', () => {
    expect(readCheckInStatus('签到中断')).toEqual({ value: 'none', unknown: '签到中断' })
  })
})

describe('is_release_early', () => {
  it.each(['已释放（手动释放）', '已释放（未签到被释放）', 'released', '提前释放', '是', 'true'])(
    '%s says so',
    (text) => {
      expect(isReleaseText(text)).toBe(true)
    },
  )
  it.each(['', '-', undefined, '否', '未释放', 'not released', 'no', 'false'])('%s does not', (text) => {
    expect(isReleaseText(text)).toBe(false)
  })
})

it('a blank column is empty, missing or a dash', () => {
  expect([textOrNull(''), textOrNull(' - '), textOrNull(undefined), textOrNull(' 周会 ')]).toEqual([
    null,
    null,
    null,
    '周会',
  ])
})
