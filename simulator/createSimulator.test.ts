import { afterEach, describe, expect, it } from 'vitest'

import { createSimulator, type Simulator } from './createSimulator.ts'

let simulator: Simulator | undefined

afterEach(async () => {
  await simulator?.close()
  simulator = undefined
})

describe('createSimulator', () => {
  it('answers a stranger who has nothing but fetch and the documents', async () => {
    simulator = createSimulator()
    const { url } = await simulator.listen(0)
    const tokenUrl = `${url}/cgi-bin/gettoken?corpid=ww0123456789abcdef&corpsecret=simulator-secret-wecom`
    const token = (await (await fetch(tokenUrl)).json()) as { access_token: string; expires_in: number }
    expect(token).toMatchObject({ errcode: 0, expires_in: 7200 })

    const rooms = await fetch(`${url}/cgi-bin/oa/meetingroom/list?access_token=${token.access_token}`, {
      method: 'POST',
      body: JSON.stringify({ city: '杭州', building: '滨江一号', floor: '3F' }),
    })
    expect(rooms.headers.get('content-type')).toContain('application/json')
    const { meetingroom_list: list } = (await rooms.json()) as {
      meetingroom_list: { meetingroom_id: number }[]
    }
    expect(list.map((room) => room.meetingroom_id)).toEqual([12, 13, 14])

    const booked = (await (
      await fetch(`${url}/__sim/bookings`, {
        method: 'POST',
        body: JSON.stringify({ room: '西湖', booker: 'wangbo', durationMinutes: 20 }),
      })
    ).json()) as { id: string }
    const info = await fetch(
      `${url}/cgi-bin/oa/meetingroom/get_booking_info?access_token=${token.access_token}`,
      {
        method: 'POST',
        body: JSON.stringify({ meetingroom_id: 12 }),
      },
    )
    const answer = (await info.json()) as {
      booking_list: { schedule: { booking_id: string; booker: string }[] }[]
    }
    expect(answer.booking_list[0]!.schedule).toContainEqual(
      expect.objectContaining({ booking_id: booked.id, booker: 'wangbo', status: 0 }),
    )
  })
})
