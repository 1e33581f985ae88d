import { afterEach, beforeEach, describe, expect, it } from 'vitest'

import type { Fields } from '../../http/fields.ts'
import { openFeishu, type OpenFeishu } from '../../testing/openFeishu.ts'

let open: OpenFeishu
const order = (body: Fields) => open.sim('POST', 'faults', body)
const rooms = () => open.get('vc/v1/rooms')
const roomId = async (id: number) => (await open.ids()).roomIds[id]!
const busy = async () =>
  open.get('meeting_room/freebusy/batch_get', {
    room_ids: [await roomId(12), await roomId(13)],
    time_min: '2026-03-16T00:00:00+08:00',
    time_max: '2026-03-17T00:00:00+08:00',
  })

beforeEach(async () => {
  open = await openFeishu()
  await open.token()
})
afterEach(() => open.close())

describe('faults on Feishu', () => {
  it('errcode comes in Feishu’s envelope with the status the code has there, or the one that is ordered', async () => {
    await order({ kind: 'errcode', errcode: 99991400, errmsg: 'slow down', route: 'vc/v1/rooms', times: 1 })
    const refused = await rooms()
    expect(refused).toMatchObject({ status: 429, code: 99991400, msg: 'slow down' })
    expect(refused.body['error']).toHaveProperty('log_id')
    await order({ kind: 'errcode', errcode: 121001, status: 200, times: 1 })
    expect(await rooms()).toMatchObject({ status: 200, code: 121001 })
    expect((await rooms()).code).toBe(0)
  })

  it('missingFields leaves a bare success: an answer without data is not an empty calendar', async () => {
    await order({ kind: 'missingFields' })
    expect((await busy()).body).toEqual({ code: 0, msg: 'success' })
    expect((await open.askToken()).body).toEqual({ code: 0, msg: 'ok' })
  })

  it('wrongTypes spoils what is inside and keeps the envelope', async () => {
    await order({ kind: 'wrongTypes', fields: ['free_busy'] })
    const { code, data } = await busy()
    expect([code, data['free_busy']]).toEqual([0, 7])
  })

  it('missingRoom takes a room out of busy times, where rooms are fields, and out of lists', async () => {
    const id = await roomId(12)
    await order({ kind: 'missingRoom', meetingroomId: id })
    expect((await busy()).data['free_busy']).toEqual({ [await roomId(13)]: [] })
    expect(JSON.stringify((await rooms()).data)).not.toContain(id)
  })

  it('roomError moves a room from the busy times to error_room_ids: the others are still good', async () => {
    const id = await roomId(12)
    await order({ kind: 'roomError', meetingroomId: id })
    expect((await busy()).data).toMatchObject({ error_room_ids: [id], free_busy: { [await roomId(13)]: [] } })
    expect((await busy()).data['free_busy']).not.toHaveProperty([id])
  })

  it('repeatCursor serves the first page for ever', async () => {
    await order({ kind: 'repeatCursor', route: 'vc/v1/rooms' })
    const first = await open.get('vc/v1/rooms', { page_size: '3' })
    const page = { page_size: '3', page_token: String(first.data['page_token']) }
    expect((await open.get('vc/v1/rooms', page)).body).toEqual(first.body)
    expect(first.data).toMatchObject({ has_more: true, page_token: 'repeated-cursor' })
  })

  it('are counted with the calls by what is called, ids left out', async () => {
    await order({ kind: 'status', status: 503, route: 'vc/v1' })
    const response = await fetch(`${open.url}/open-apis/vc/v1/rooms/${await roomId(12)}`)
    expect(response.status).toBe(503)
    expect((await open.sim('GET', 'state')).body['calls']).toMatchObject({
      '/open-apis/vc/v1/rooms/:room_id': 1,
      '/open-apis/auth/v3/tenant_access_token/internal': 1,
    })
  })
})
