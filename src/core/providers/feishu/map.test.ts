import { describe, expect, it } from 'vitest'
import { joinUrl } from './createTitles.ts'
import { mapClosures, mapRoom } from './map.ts'
import { roomsSchema } from './schema.ts'
import type { VendorLevel, VendorRoom } from './schema.ts'

const NOW_MS = Date.parse('2026-01-05T10:00:00+08:00')
const HOUR = 3_600_000
const horizon = { fromMs: NOW_MS - 10 * HOUR, untilMs: NOW_MS + 14 * HOUR }
const seconds = (atMs: number): string => String(atMs / 1000)

const levels: Record<string, VendorLevel> = {
  omb_root: { room_level_id: 'omb_root', name: 'Acme', parent_id: '' },
  omb_sh: { room_level_id: 'omb_sh', name: '上海', parent_id: 'omb_root' },
  omb_11aa: { room_level_id: 'omb_11aa', name: '3F', parent_id: 'omb_sh' },
}

/** As `vc/v1/rooms/mget` tells it. */
function room(more: object): VendorRoom {
  const { data } = roomsSchema.parse({
    code: 0,
    msg: 'success',
    data: {
      items: [
        {
          room_id: 'omm_7f01',
          name: 'Jade 3F',
          capacity: 8,
          description: '',
          display_id: 'FM100200300',
          custom_room_id: 'SH-3-01',
          room_level_id: 'omb_11aa',
          path: ['omb_root', 'omb_sh', 'omb_11aa'],
          device: [{ name: '电视' }, { name: 'Whiteboard' }, { name: '绿植' }],
          ...more,
        },
      ],
    },
  })
  return data.items![0]!
}

describe('a room', () => {
  it('has the names of its places, without the organisation’s own', () => {
    expect(mapRoom(room({}), 'door-1', (id) => levels[id] ?? null)).toEqual({
      id: 'door-1',
      name: 'Jade 3F',
      capacity: 8,
      location: ['上海', '3F'],
      equipment: ['tv', 'whiteboard', { other: '绿植' }],
      needsApproval: false,
    })
  })

  it('is one without most of its fields, and without its levels', () => {
    const bare = room({ capacity: undefined, path: undefined, device: undefined })
    expect(mapRoom(bare, 'x', () => null)).toMatchObject({ capacity: null, location: [], equipment: [] })
    expect(mapRoom(room({}), 'x', () => null).location).toEqual([])
  })
})

describe('closures', () => {
  const status = (more: object) => room({ room_status: { status: true, ...more } })
  const spans = (told: VendorRoom) =>
    mapClosures(told, horizon, NOW_MS).map(({ fromMs, untilMs, reason }) => [
      (fromMs - NOW_MS) / HOUR,
      (untilMs - NOW_MS) / HOUR,
      reason,
    ])
  const from = (hours: number): string => seconds(NOW_MS + hours * HOUR)

  it.each([
    ['none is told', {}, []],
    [
      'one that runs, although the switch has not turned',
      { disable_start_time: from(-1), disable_end_time: from(2), disable_reason: '检修' },
      [[-1, 2, '检修']],
    ],
    [
      'one that runs',
      { status: false, disable_start_time: from(-1), disable_end_time: from(2) },
      [[-1, 2, null]],
    ],
    ['one ahead', { disable_start_time: from(3), disable_end_time: from(4) }, [[3, 4, null]]],
    ['one that is over', { disable_start_time: from(-4), disable_end_time: from(-3) }, []],
    [
      'one for ever lasts as long as we look',
      { status: false, disable_start_time: from(-1), disable_end_time: '0' },
      [[-1, 14, null]],
    ],
    ['switched off without a word', { status: false }, [[-10, 14, null]]],
    [
      'times that are none',
      { status: false, disable_start_time: '', disable_end_time: '' },
      [[-10, 14, null]],
    ],
  ])('%s', (_name, told, expected) => {
    expect(spans(status(told))).toEqual(expected)
  })

  it('a room without a status is not closed', () => {
    expect(spans(room({}))).toEqual([])
  })
})

describe('joining addresses', () => {
  it.each([
    ['https://vc.feishu.cn/j/120045678', 'https://vc.feishu.cn/j/120045678'],
    ['https://vc.larksuite.com/j/120045678?pwd=402971', 'https://vc.larksuite.com/j/120045678'],
    ['https://vc.feishu.cn/j/120045678#pwd=402971', 'https://vc.feishu.cn/j/120045678'],
    ['https://me:402971@vc.feishu.cn/j/120045678', 'https://vc.feishu.cn/j/120045678'],
    ['javascript:alert(1)', null],
    ['lark://join', null],
    [`https://vc.feishu.cn/${'9'.repeat(400)}`, null],
    ['', null],
    [undefined, null],
  ])('%s is shown as %s: no password in a QR code', (link, url) => {
    expect(joinUrl(link)).toBe(url)
  })
})
