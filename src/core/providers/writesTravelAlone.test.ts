import { describe, expect, it } from 'vitest'
import type { DingtalkAccount, FeishuAccount, WecomAccount } from '../../shared/settings/schema.ts'
import type { Http } from '../ports/Http.ts'
import { createFakeClock } from '../testing/fakeClock.ts'
import { createServerTime } from '../time/createServerTime.ts'
import { createDingtalkClient } from './dingtalk/client.ts'
import type { DingtalkClient } from './dingtalk/client.ts'
import { createFeishuClient } from './feishu/client.ts'
import type { FeishuClient } from './feishu/client.ts'
import { createWecomClient } from './wecom/client.ts'
import type { WecomClient } from './wecom/client.ts'

/** Every call of a client; one that is added does not compile until it says here what it does. */
type Calls<Client> = Readonly<
  Record<keyof Client, readonly ['reads' | 'changes', (client: Client) => Promise<unknown>]>
>

const NOW_MS = Date.UTC(2026, 2, 16, 2, 0, 0)
const signal = new AbortController().signal
const range = { fromMs: NOW_MS, untilMs: NOW_MS + 3_600_000 }
const onSend = (): void => undefined
const readSecret = (): Promise<string> => Promise.resolve('secret')

/** Good enough for a token and a person; to everything else it is an answer nobody can read. */
const answers = {
  wecom: { access_token: 'a', expires_in: 7200 },
  dingtalk: { accessToken: 'a', expireIn: 7200, result: { userid: 'u', name: 'n' } },
  feishu: { code: 0, tenant_access_token: 'a', expire: 7200 },
}
const TOKEN_PATH = /gettoken|accessToken|tenant_access_token/

type Deps = Parameters<typeof createFeishuClient>[2] & Parameters<typeof createWecomClient>[2]

/** How everything travelled but the token, which the platform tells twice as it does once. */
async function travels<Client>(
  answer: object,
  open: (deps: Deps) => Client,
  run: (client: Client) => Promise<unknown>,
): Promise<readonly string[]> {
  const ways: string[] = []
  const http: Http = {
    fetch: (input, { isWrite }) => {
      if (!TOKEN_PATH.test(input)) ways.push(isWrite ? 'changes' : 'reads')
      return Promise.resolve(new Response(JSON.stringify(answer)))
    },
  }
  const clock = createFakeClock(NOW_MS)
  const client = open({ http, clock, time: createServerTime(clock), onCall: () => undefined })
  await run(client).catch(() => undefined)
  return [...new Set(ways)]
}

const room = { name: 'r' }
const wecomAccount: WecomAccount = { platform: 'wecom', baseUrl: 'https://wecom.invalid', corpId: 'ww' }
const wecom: Calls<Omit<WecomClient, 'authenticate'>> = {
  listOfficeRooms: ['reads', (client) => client.listOfficeRooms(signal)],
  addRoom: ['changes', (client) => client.addRoom(room, signal)],
  editRoom: ['changes', (client) => client.editRoom(1, room, signal)],
  removeRoom: ['changes', (client) => client.removeRoom(1, signal)],
  getBookingInfo: ['reads', (client) => client.getBookingInfo({ meetingroom_id: 1 }, range, signal)],
  getBooking: ['reads', (client) => client.getBooking(1, 'b', signal)],
  book: [
    'changes',
    (client) =>
      client.book(
        { meetingroom_id: 1, subject: 's', start_time: 1, end_time: 2, booker: 'u' },
        onSend,
        signal,
      ),
  ],
  cancelBook: [
    'changes',
    (client) => client.cancelBook({ booking_id: 'b', keep_schedule: 1 }, onSend, signal),
  ],
  getPersonName: ['reads', (client) => client.getPersonName('u', signal)],
  listMeetings: ['reads', (client) => client.listMeetings({ meeting_room_id: 'm' }, range, signal)],
  listUnits: ['reads', (client) => client.listUnits(signal)],
  getUnitStatus: ['reads', (client) => client.getUnitStatus('m', signal)],
  listDevices: ['reads', (client) => client.listDevices(signal)],
}

const dingtalkAccount: DingtalkAccount = {
  platform: 'dingtalk',
  baseUrl: 'https://dingtalk.invalid',
  clientId: 'c',
  monthlyCalls: null,
  sharedByPanels: 1,
  operatorUnionId: 'o',
}
const event = { unionId: 'u', eventId: 'e' }
const draft = { title: 't', span: range, timeZone: 'Asia/Shanghai' }
const dingtalk: Calls<Omit<DingtalkClient, 'authenticate'>> = {
  queryBusy: ['reads', (client) => client.queryBusy(['r'], range, signal)],
  listRooms: ['reads', (client) => client.listRooms(signal)],
  getRoom: ['reads', (client) => client.getRoom('r', signal)],
  getEvent: ['reads', (client) => client.getEvent('u', 'e', signal)],
  getPersonName: ['reads', (client) => client.getPersonName('u', signal)],
  getSignInLink: ['reads', (client) => client.getSignInLink(event, signal)],
  createEvent: ['changes', (client) => client.createEvent('u', draft, 'key', onSend, signal)],
  addRoom: ['changes', (client) => client.addRoom(event, 'r', onSend, signal)],
  removeRoom: ['changes', (client) => client.removeRoom(event, 'r', onSend, signal)],
  moveEvent: ['changes', (client) => client.moveEvent(event, range, 'Asia/Shanghai', onSend, signal)],
  deleteEvent: ['changes', (client) => client.deleteEvent(event, signal)],
}

const feishuAccount: FeishuAccount = {
  platform: 'feishu',
  baseUrl: 'https://feishu.invalid',
  appId: 'a',
  monthlyCalls: null,
  sharedByPanels: 1,
}
const ref = { calendarId: 'c', eventId: 'e' }
const reply = { room_id: 'r', uid: 'u', original_time: 0, status: 'ENDED_BEFORE_DUE' } as const
const feishu: Calls<Omit<FeishuClient, 'authenticate'>> = {
  getBusyTimes: ['reads', (client) => client.getBusyTimes(['r'], range, signal)],
  listReservations: ['reads', (client) => client.listReservations(['r'], range, signal)],
  getSummaries: ['reads', (client) => client.getSummaries([{ uid: 'u', original_time: 0 }], signal)],
  listMeetings: ['reads', (client) => client.listMeetings('1', range, signal)],
  listRooms: ['reads', (client) => client.listRooms(signal)],
  getRooms: ['reads', (client) => client.getRooms(['r'], signal)],
  getLevels: ['reads', (client) => client.getLevels(['l'], signal)],
  getReserveConfig: ['reads', (client) => client.getReserveConfig('r', signal)],
  getPrimaryCalendar: ['reads', (client) => client.getPrimaryCalendar(signal)],
  getRoomAnswer: ['reads', (client) => client.getRoomAnswer(ref, 'r', signal)],
  createEvent: ['changes', (client) => client.createEvent('c', draft, 'key', signal)],
  deleteEvent: ['changes', (client) => client.deleteEvent(ref, onSend, signal)],
  askRoom: ['changes', (client) => client.askRoom(ref, 'r', 'o', onSend, signal)],
  reply: ['changes', (client) => client.reply(reply, onSend, signal)],
}

// A kept connection that closes before the answer makes Chromium send again what was written to it: a second booking.
describe('what changes something goes out as a write, and nothing else pays for a connection of its own', () => {
  it.each(Object.entries(wecom))('WeCom: %s', async (_name, [does, run]) => {
    const open = (deps: Deps) => createWecomClient(wecomAccount, readSecret, deps)
    expect(await travels(answers.wecom, open, run)).toEqual([does])
  })

  it.each(Object.entries(dingtalk))('DingTalk: %s', async (_name, [does, run]) => {
    const open = (deps: Deps) => createDingtalkClient(dingtalkAccount, readSecret, deps)
    expect(await travels(answers.dingtalk, open, run)).toEqual([does])
  })

  it.each(Object.entries(feishu))('Feishu: %s', async (_name, [does, run]) => {
    const open = (deps: Deps) => createFeishuClient(feishuAccount, readSecret, deps)
    expect(await travels(answers.feishu, open, run)).toEqual([does])
  })
})
