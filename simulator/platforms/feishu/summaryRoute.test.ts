import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { openFeishu, type OpenFeishu } from '../../testing/openFeishu.ts'

let open: OpenFeishu
const at = (text: string): number => Date.parse(`2026-03-${text}:00+08:00`)
const ask = (events: readonly unknown[]) => open.post('meeting_room/summary/batch_get', { EventUids: events })
const key = (uid: string, time = 0) => ({ uid, original_time: time })
const infos = async (uid: string, time = 0) =>
  (await ask([key(uid, time)])).data['EventInfos'] as readonly Fields[]

beforeEach(async () => {
  open = await openFeishu()
})
afterEach(() => open.close())

describe('meeting_room/summary/batch_get', () => {
  it('asks for EventUids with a capital and answers so; its msg is empty', async () => {
    const { uid } = await open.book({ room: 12, subject: '版本评审' })
    expect(await ask([key(uid)])).toMatchObject({
      code: 0,
      msg: '',
      data: {
        ErrorEventUids: [],
        EventInfos: [{ uid, original_time: 0, summary: '版本评审', vchat: { vc_type: 'no_meeting' } }],
      },
    })
    expect((await open.post('meeting_room/summary/batch_get', { eventUids: [key(uid)] })).code).toBe(105002)
  })

  it('names what it does not find beside what it does: half a success', async () => {
    const { uid } = await open.book({ room: 12, subject: '版本评审' })
    const { data } = await ask([key('none'), key(uid), key(uid, 5)])
    expect(data['EventInfos']).toMatchObject([{ uid }])
    expect(data['ErrorEventUids']).toMatchObject([
      { uid: 'none', error_msg: expect.any(String) as string },
      { uid, original_time: 5 },
    ])
  })

  it('takes 20 events and no more', async () => {
    const many = (length: number) => ask(Array.from({ length }, (_, index) => key(`uid-${index}`)))
    expect((await many(20)).code).toBe(0)
    expect((await many(21)).code).toBe(105002)
    expect((await many(0)).code).toBe(105002)
  })

  it('wants the scope that manages rooms although it only reads', async () => {
    await open.sim('PATCH', 'feishu', { scopes: ['calendar:room:readonly'] })
    const refused = await ask([key('none')])
    expect(refused.code).toBe(99991672)
    expect(refused.msg).toContain('[calendar:room]')
  })

  it('tells the title of a private meeting: hiding it is the caller’s', async () => {
    const { uid } = await open.book({ room: 12, subject: '绩效面谈', private: true })
    expect(await infos(uid)).toMatchObject([{ summary: '绩效面谈' }])
    const other = await open.book({ room: 12, subject: '周会' })
    await open.sim('PATCH', 'quirks', { hidesPrivateTitles: true })
    const { data } = await ask([key(uid), key(other.uid)])
    expect(data).toMatchObject({ EventInfos: [{ summary: '周会' }], ErrorEventUids: [{ uid }] })
    expect(JSON.stringify(data)).not.toContain('绩效')
  })

  it('knows a moved occurrence by its original time and its own title', async () => {
    await open.book({ room: 12, subject: '周会', startMs: at('16T09:00'), repeat: 'week' })
    const { body } = await open.sim('GET', 'state')
    const [first, second] = body['bookings'] as { id: string }[]
    const { uid } = (await open.ids()).events[first!.id]!
    await open.sim('PATCH', `bookings/${second!.id}`, { startMs: at('23T15:00'), subject: '周会（改期）' })
    expect(await infos(uid, at('23T09:00') / 1000)).toMatchObject([{ summary: '周会（改期）' }])
    expect(await infos(uid)).toMatchObject([{ summary: '周会' }])
  })

  it('has the nine digits of the video meeting at the end of the link; other kinds have other fields', async () => {
    const online = await open.book({ room: 12, online: true })
    const [info] = await infos(online.uid)
    expect(info!['vchat']).toEqual({
      vc_type: 'vc',
      meeting_url: `https://vc.feishu.cn/j/${online.meetingNumber}`,
    })
    expect(online.meetingNumber).toMatch(/^\d{9}$/)
    const kinds: unknown[] = []
    for (const otherVideo of ['thirdParty', 'live', 'unknown']) {
      const other = await open.book({ room: 13, otherVideo })
      kinds.push((await infos(other.uid))[0]!['vchat'])
    }
    expect(kinds).toMatchObject([
      { vc_type: 'third_party', meeting_url: expect.any(String) as string },
      { vc_type: 'lark_live' },
      { vc_type: 'unknown' },
    ])
  })
})
