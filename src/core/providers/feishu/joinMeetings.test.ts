import { describe, expect, it } from 'vitest'
import { occupiedRange } from '../../../shared/domain/meeting.ts'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import { joinMeetings, keyRows, partnered } from './joinMeetings.ts'
import type { EventKnowledge } from './joinMeetings.ts'
import { busyItemsSchema, reservationPageSchema } from './schema.ts'
import type { BusyItem, Reservation } from './schema.ts'

const at = (time: string): number => Date.parse(`2026-01-05T${time}:00+08:00`)
const nothing: EventKnowledge = { title: null, video: null }

/** As `free_busy` tells it. */
function busy(...items: object[]): readonly BusyItem[] {
  return busyItemsSchema.parse(
    items.map((item) => ({
      uid: '0d1e6c1a-22aa-4f0b-9a11-5e2b7a90c001',
      original_time: 0,
      start_time: '2026-01-05T14:00:00+08:00',
      end_time: '2026-01-05T15:00:00+08:00',
      organizer_info: { name: 'Lin Mei', open_id: 'ou_5c0ffee' },
      ...item,
    })),
  )
}

/** As `room_reservation_list` tells it. */
function listed(...rows: object[]): readonly Reservation[] {
  const page = reservationPageSchema.parse({
    code: 0,
    data: {
      has_more: false,
      room_reservation_list: rows.map((row) => ({
        room_id: 'omm_7f01',
        room_name: 'Jade 3F',
        event_title: 'Design review',
        reserver: 'Lin Mei',
        reserver_user_id: 'ou_5c0ffee(UserID)',
        department_of_reserver: 'Product',
        guests_number: '6',
        accepted_number: '4',
        event_start_time: '2026.01.05 14:00:00 (GMT+08:00)',
        event_end_time: '2026.01.05 15:00:00 (GMT+08:00)',
        event_duration: '1:00:00',
        reservation_status: '预定成功',
        check_in_device: '签到板',
        room_check_in_status: '待签到',
        check_in_time: '-',
        is_release_early: '',
        releasing_person: '',
        releasing_time: '',
        ...row,
      })),
    },
  })
  return page.data.room_reservation_list ?? []
}

function join(
  items: readonly BusyItem[],
  reservations: readonly Reservation[],
  now = '13:00',
  knowledge: EventKnowledge = nothing,
) {
  return joinMeetings(items, keyRows(reservations), {
    zone: createZone('Asia/Shanghai'),
    nowMs: at(now),
    appId: 'cli_a1b2c3',
    knowledgeOf: () => knowledge,
  })
}

describe('a busy time with its row', () => {
  it('has every column of both', () => {
    expect(join(busy({}), listed({}))).toEqual({
      unknownStates: [],
      meetings: [
        {
          id: '0d1e6c1a-22aa-4f0b-9a11-5e2b7a90c001_0@1767592800',
          startMs: at('14:00'),
          endMs: at('15:00'),
          title: 'Design review',
          organizer: 'Lin Mei',
          organizerId: 'ou_5c0ffee',
          department: 'Product',
          state: 'confirmed',
          isAllDay: false,
          isRecurring: false,
          isPrivate: false,
          isOwn: false,
          platformCheckIn: 'notOpen',
          releasedAtMs: null,
          video: null,
        },
      ],
    })
  })

  it('is found by the moment, in whatever zone the list writes it', () => {
    const row = {
      event_start_time: '2026.01.05 13:00:00 (GMT+07:00)',
      event_end_time: '2026.01.05 14:00:00 (GMT+07:00)',
    }
    expect(join(busy({}), listed(row)).meetings).toMatchObject([{ department: 'Product' }])
  })

  it.each([
    ['审批中', 'pending'],
    ['approving', 'pending'],
    ['预定成功', 'confirmed'],
    ['reserve success', 'confirmed'],
    ['等候名单', 'unknown'],
  ])('takes its state: %s is %s', (reservation_status, state) => {
    const { meetings, unknownStates } = join(busy({}), listed({ reservation_status }))
    expect([meetings[0]?.state, unknownStates]).toEqual([state, state === 'unknown' ? ['等候名单'] : []])
    expect(occupiedRange(meetings[0]!)).not.toBeNull()
  })

  it.each(['已释放（手动释放）', 'released', '已取消', '预定失败'])(
    'counts although the row says %s: the two must agree first',
    (reservation_status) => {
      const { meetings } = join(busy({}), listed({ reservation_status }))
      expect(meetings).toHaveLength(1)
      expect(occupiedRange(meetings[0]!)).toEqual({ fromMs: at('14:00'), untilMs: at('15:00') })
    },
  )

  it.each([
    ['ahead: it ends there', '14:10', '2026.01.05 14:20:00 (GMT+08:00)', at('14:20')],
    ['past: it counts until the busy times agree', '14:30', '2026.01.05 14:20:00 (GMT+08:00)', at('15:00')],
    ['unreadable: it counts to its end', '14:10', 'soon', at('15:00')],
  ])('booked, with a release %s', (_name, now, releasing_time, untilMs) => {
    const row = { is_release_early: '已释放（手动释放）', releasing_time }
    const { meetings } = join(busy({}), listed(row), now)
    expect(occupiedRange(meetings[0]!)?.untilMs).toBe(untilMs)
  })

  it('an app’s own booking has no name of its own, and is known by the app’s id', () => {
    const items = busy({ organizer_info: { open_id: 'ou_b07' } })
    const row = { reserver: '会议门牌', reserver_user_id: 'ou_5c0ffee(UserID);cli_a1b2c3(BotID)' }
    expect(join(items, listed(row)).meetings).toMatchObject([
      { organizer: '会议门牌', isOwn: true, isPrivate: false },
    ])
    const other = { ...row, reserver_user_id: 'cli_another(BotID)' }
    expect(join(items, listed(other)).meetings).toMatchObject([{ isOwn: false }])
  })

  it('the list’s title is younger than the one kept; the kept one is better than none', () => {
    const kept: EventKnowledge = { title: 'Old name', video: null }
    expect(join(busy({}), listed({}), '13:00', kept).meetings[0]?.title).toBe('Design review')
    expect(join(busy({}), listed({ event_title: '-' }), '13:00', kept).meetings[0]?.title).toBe('Old name')
    expect(join(busy({}), [], '13:00', kept).meetings[0]?.title).toBe('Old name')
  })
})

describe('private meetings', () => {
  const video = { topic: 'Design review', url: 'https://vc.feishu.cn/j/120045678', isRunning: true }

  it.each([
    ['no organiser', { organizer_info: undefined }],
    ['an empty one', { organizer_info: {} }],
    ['null', { organizer_info: null }],
  ])('are those with %s: nothing of them leaves, whatever the other calls tell', (_name, item) => {
    const { meetings } = join(busy(item), listed({}), '13:00', { title: 'Design review', video })
    expect(meetings).toMatchObject([{ isPrivate: true, startMs: at('14:00'), platformCheckIn: 'notOpen' }])
    expect(JSON.stringify(meetings)).not.toMatch(/Design review|Lin Mei|Product|120045678|5c0ffee/)
  })

  it('a name that is not told is not private: somebody outside the app’s range booked', () => {
    const { meetings } = join(busy({ organizer_info: { open_id: 'ou_5c0ffee' } }), [])
    expect(meetings).toMatchObject([{ isPrivate: false, organizer: null }])
  })
})

describe('one source without the other', () => {
  it('a busy time without a row is a booked meeting with its organiser', () => {
    expect(join(busy({}), []).meetings).toMatchObject([
      { state: 'confirmed', organizer: 'Lin Mei', department: null, platformCheckIn: 'none' },
    ])
  })

  it('a row without a busy time takes the room, and names nobody: nothing says it is not private', () => {
    const { meetings } = join([], listed({ reservation_status: '审批中' }))
    expect(meetings).toMatchObject([{ state: 'pending', isPrivate: false, startMs: at('14:00') }])
    expect(JSON.stringify(meetings)).not.toMatch(/Design review|Lin Mei|Product|5c0ffee/)
  })

  it.each(['已释放（未签到被释放）', 'released', '已取消', '预定失败', 'rejected'])(
    'alone, a row that says %s frees the room',
    (reservation_status) => {
      const { meetings } = join([], listed({ reservation_status }))
      expect(meetings.map(occupiedRange)).toEqual([null])
    },
  )

  it('alone, a release frees the room from its moment on', () => {
    const row = {
      reservation_status: '已释放（手动释放）',
      is_release_early: '已释放（手动释放）',
      releasing_time: '2026.01.05 14:20:00 (GMT+08:00)',
    }
    expect(join([], listed(row)).meetings.map(occupiedRange)).toEqual([
      { fromMs: at('14:00'), untilMs: at('14:20') },
    ])
    const booked = { ...row, reservation_status: '预定成功' }
    expect(join([], listed(booked)).meetings.map(occupiedRange)).toEqual([
      { fromMs: at('14:00'), untilMs: at('14:20') },
    ])
  })

  it('a row without a name is masked', () => {
    expect(join([], listed({ reserver: '-' })).meetings).toMatchObject([{ isPrivate: true }])
  })
})

describe('several at once', () => {
  it('two meetings of one time find their rows by who booked', () => {
    const items = busy(
      { uid: 'a', organizer_info: { name: 'Lin Mei', open_id: 'ou_1' } },
      { uid: 'b', organizer_info: { name: 'Wang Bo', open_id: 'ou_2' } },
    )
    const rows = listed(
      { reserver_user_id: 'ou_2(UserID)', event_title: 'B' },
      { reserver_user_id: 'ou_1(UserID)', event_title: 'A' },
    )
    expect(join(items, rows).meetings.map(({ organizer, title }) => [organizer, title])).toEqual([
      ['Lin Mei', 'A'],
      ['Wang Bo', 'B'],
    ])
  })

  it('where that is in doubt no title is lent, and nobody is told twice', () => {
    const items = busy(
      { uid: 'a', organizer_info: { open_id: 'ou_8' } },
      { uid: 'b', organizer_info: { open_id: 'ou_9' } },
    )
    const rows = listed(
      { reserver_user_id: '', event_title: 'A' },
      { reserver_user_id: '', event_title: 'B' },
    )
    expect(join(items, rows).meetings.map(({ title }) => title)).toEqual([null, null])
  })

  it('a row of the same start and another end is another meeting: both take the room, neither lends', () => {
    const row = { event_end_time: '2026.01.05 16:00:00 (GMT+08:00)', room_check_in_status: '已签到' }
    const { meetings } = join(busy({}), listed(row))
    expect(meetings.map(occupiedRange)).toEqual([
      { fromMs: at('14:00'), untilMs: at('15:00') },
      { fromMs: at('14:00'), untilMs: at('16:00') },
    ])
    expect(meetings[0]).toMatchObject({ title: null, department: null, platformCheckIn: 'none' })
  })

  it('the row of a private meeting is not lent to another one of the same time', () => {
    const items = busy({ uid: 'a', organizer_info: { open_id: 'ou_8' } }, { uid: 'b', organizer_info: null })
    const rows = listed({ reserver: 'Wang Bo', reserver_user_id: 'ou_9(UserID)', event_title: 'Secret' })
    const { meetings } = join(items, rows)
    expect(meetings.map(occupiedRange)).toHaveLength(2)
    expect(JSON.stringify(meetings)).not.toMatch(/Secret|Wang Bo|Product/)
  })

  it('a room released and booked again for the same time is the new booking', () => {
    const rows = listed(
      { reservation_status: '已释放（手动释放）', event_title: 'Old', reserver_user_id: 'ou_1(UserID)' },
      { event_title: 'New', reserver_user_id: 'ou_5c0ffee(UserID)' },
    )
    const { meetings } = join(busy({}), rows)
    const taking = meetings.filter((one) => occupiedRange(one))
    expect(taking.map(({ title }) => title)).toEqual(['New'])
  })

  it('rows told twice by two windows are one, rows that differ are two', () => {
    const [row] = listed({})
    expect(keyRows([row!, row!])).toHaveLength(1)
    const two = keyRows(listed({}, { reserver: 'Wang Bo' }))
    expect(new Set(two.map(({ key }) => key)).size).toBe(2)
  })

  it('occurrences share their event and are recurring, each with an id of its own', () => {
    const next = { start_time: '2026-01-06T14:00:00+08:00', end_time: '2026-01-06T15:00:00+08:00' }
    const moved = { uid: 'm', original_time: 1_767_592_800 }
    const { meetings } = join(busy({}, next, moved, { uid: 'single' }), [])
    expect(meetings.map(({ isRecurring }) => isRecurring).sort()).toEqual([false, true, true, true])
    expect(new Set(meetings.map(({ id }) => id)).size).toBe(4)
  })

  it('the rows that found their busy times are remembered by key', () => {
    const rows = keyRows(
      listed(
        {},
        {
          event_start_time: '2026.01.05 16:00:00 (GMT+08:00)',
          event_end_time: '2026.01.05 17:00:00 (GMT+08:00)',
        },
      ),
    )
    expect(partnered(busy({}), rows)).toEqual([rows[0]?.key])
  })
})
