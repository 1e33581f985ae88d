import { describe, expect, it } from 'vitest'
import type { ApiEvent } from '../shared/api/events.ts'
import { MONDAY_10_MS } from '../shared/domain/testing/fixtures.ts'
import { anyScreen } from './api/Caller.ts'
import type { Caller } from './api/Caller.ts'
import { createCore } from './createCore.ts'
import type { SecretStore } from './ports/SecretStore.ts'
import { createFakeClock, settleStreams } from './testing/fakeClock.ts'
import { createMemorySecrets, createMemorySettings, createMemoryState } from './testing/memoryStores.ts'
import { createRecordingLogger } from './testing/recordingLogger.ts'

const admin: Caller = { kind: 'admin', session: 'open' }
const SECRET = 'SENTINEL-SECRET-4711'
const TOKEN = 'SENTINEL-TOKEN-0815'
const TITLE_FREE_SETTINGS = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww0123' },
  rooms: [{ id: 'xihu', source: { officeRoomId: 12 } }],
}

/** A vendor that answers from a table: path fragment to body. */
function fetchFrom(answers: Record<string, unknown>) {
  const urls: string[] = []
  const fetch = (input: string | URL | Request): Promise<Response> => {
    const url = input instanceof Request ? input.url : String(input)
    urls.push(url)
    const key = Object.keys(answers).find((fragment) => url.includes(fragment))
    const body = key === undefined ? { errcode: 40013, errmsg: 'invalid corpid' } : answers[key]
    if (body instanceof Error) return Promise.reject(body)
    return Promise.resolve(
      new Response(JSON.stringify(body), {
        headers: { 'content-type': 'application/json', date: new Date(MONDAY_10_MS).toUTCString() },
      }),
    )
  }
  return { fetch, urls }
}

const seconds = (ms: number): number => Math.floor(ms / 1000)
const goodAnswers = {
  gettoken: { errcode: 0, errmsg: 'ok', access_token: TOKEN, expires_in: 7200 },
  'meetingroom/list': {
    errcode: 0,
    meetingroom_list: [{ meetingroom_id: 12, name: '3F-西湖', capacity: 8, equipment: [1, 4] }],
  },
  get_booking_info: {
    errcode: 0,
    booking_list: [
      {
        meetingroom_id: 12,
        schedule: [
          {
            booking_id: 'bk1',
            schedule_id: '',
            start_time: seconds(MONDAY_10_MS) - 600,
            end_time: seconds(MONDAY_10_MS) + 1800,
            booker: 'chenlu',
            status: 0,
          },
        ],
      },
    ],
  },
  'user/get': { errcode: 0, userid: 'chenlu', name: '陈璐' },
}

/** A key store that never answers, as behind a dialog nobody sees. */
function hanging(secrets: Record<string, unknown>): Partial<SecretStore> {
  const isHanging = Object.values(secrets).some((value) => value instanceof Promise)
  return isHanging ? { read: () => new Promise<never>(() => undefined) } : {}
}

function setUp(
  settings: unknown,
  answers: Record<string, unknown> = goodAnswers,
  secrets = { 'wecom.corpSecret': SECRET },
  state = createMemoryState(),
) {
  const clock = createFakeClock(MONDAY_10_MS, settleStreams)
  const log = createRecordingLogger()
  const { fetch, urls } = fetchFrom(answers)
  const core = createCore({
    clock,
    log,
    state,
    settings: createMemorySettings(settings),
    secrets: { ...createMemorySecrets(secrets), ...hanging(secrets) },
    http: { fetch },
    random: () => 0.5,
    version: '0.0.0-test',
  })
  const events: ApiEvent[] = []
  core.subscribe((event) => events.push(event))
  return { core, clock, log, state, events, urls }
}

async function idOfMeeting(core: ReturnType<typeof createCore>): Promise<string> {
  const answer = await core.dispatch('room.getSnapshot', { roomId: null }, anyScreen)
  const { data } = answer as { data: { snapshot: { meetings: readonly { id: string }[] } } }
  return data.snapshot.meetings[0]?.id ?? ''
}

describe('createCore', () => {
  it('reads a room and says busy, with the booker by name', async () => {
    const { core, clock } = setUp(TITLE_FREE_SETTINGS)
    expect(await core.start()).toEqual({ kind: 'running' })
    await clock.advance(1_000)
    expect(await core.dispatch('room.getSnapshot', { roomId: null }, anyScreen)).toMatchObject({
      ok: true,
      data: {
        snapshot: {
          room: { id: 'xihu', name: '3F-西湖', capacity: 8 },
          health: { kind: 'ok' },
          meetings: [{ organizer: '陈璐', state: 'confirmed', title: null }],
        },
      },
    })
    await core.stop()
  })

  it('without settings it serves a panel that asks to be set up', async () => {
    const { core } = setUp(undefined)
    expect(await core.start()).toEqual({ kind: 'unconfigured' })
    expect(await core.dispatch('panel.open', { roomId: null }, anyScreen)).toMatchObject({
      ok: true,
      data: { config: { core: { kind: 'unconfigured' }, platform: null }, published: null },
    })
  })

  it('names what is wrong with the settings, not what they hold', async () => {
    const { core } = setUp({ ...TITLE_FREE_SETTINGS, corpSecret: SECRET })
    const outcome = await core.start()
    expect(outcome).toMatchObject({ kind: 'invalidSettings', issues: [{ path: 'corpSecret' }] })
    expect(JSON.stringify(outcome)).not.toContain(SECRET)
  })

  it('says which secret is missing', async () => {
    const { core } = setUp(TITLE_FREE_SETTINGS, goodAnswers, {} as never)
    expect(await core.start()).toEqual({
      kind: 'secretMissing',
      secret: 'wecom.corpSecret',
      reason: 'missing',
    })
  })

  it('serves the last plan while the key store hesitates, and calls nobody without the secret', async () => {
    const first = setUp(TITLE_FREE_SETTINGS)
    await first.core.start()
    await first.clock.advance(1_000)
    await first.core.stop()
    const second = setUp(
      TITLE_FREE_SETTINGS,
      goodAnswers,
      { 'wecom.corpSecret': new Promise(() => undefined) } as never,
      first.state,
    )
    void second.core.start()
    await second.clock.advance(0)
    expect(await second.core.dispatch('room.getSnapshot', { roomId: null }, anyScreen)).toMatchObject({
      ok: true,
      data: { snapshot: { meetings: [{ organizer: '陈璐' }] } },
    })
    expect(second.urls).toEqual([])
    await second.core.stop()
  })

  it.each([
    ['an unknown route', 'room.explode', {}, 'unknownRoute'],
    ['a name every object has', 'constructor', {}, 'unknownRoute'],
    ['an admin route from the door', 'diagnostics.get', {}, 'forbidden'],
    ['a wrong type', 'room.getSnapshot', { roomId: 7 }, 'badRequest'],
    ['a missing input', 'room.getSnapshot', undefined, 'badRequest'],
    ['a superfluous field', 'room.getSnapshot', { roomId: null, admin: true }, 'badRequest'],
    ['a room that does not exist', 'room.getSnapshot', { roomId: 'nowhere' }, 'notFound'],
  ] as const)('refuses %s', async (_name, route, input, code) => {
    const { core, clock } = setUp(TITLE_FREE_SETTINGS)
    await core.start()
    await clock.advance(1_000)
    expect(await core.dispatch(route, input, anyScreen)).toMatchObject({ ok: false, error: { code } })
    await core.stop()
  })

  it('locks the session that asks and leaves the one at another tablet open', async () => {
    const { core } = setUp(undefined)
    const open = async (route: string, input: unknown): Promise<string> => {
      const answer = await core.dispatch(route, input, anyScreen)
      if (!answer.ok) throw new Error(JSON.stringify(answer))
      return (answer.data as { token: string }).token
    }
    const here = await open('session.setPin', { pin: '250819', setupCode: null })
    const there = await open('session.unlock', { pin: '250819' })
    expect([core.callerOf(here), core.callerOf(there)].map(({ kind }) => kind)).toEqual(['admin', 'admin'])
    expect(await core.dispatch('session.lock', {}, core.callerOf(here))).toMatchObject({ ok: true })
    expect([core.callerOf(here), core.callerOf(there)].map(({ kind }) => kind)).toEqual(['screen', 'admin'])
  })

  it('answers an admin with what support needs, the refused address included', async () => {
    const refused = {
      errcode: 60020,
      errmsg: 'not allow to access from your ip, hint: [1], from ip: 203.0.113.20, more info',
    }
    const { core, clock } = setUp(TITLE_FREE_SETTINGS, { ...goodAnswers, get_booking_info: refused })
    await core.start()
    await clock.advance(1_000)
    expect(await core.dispatch('diagnostics.get', {}, admin)).toMatchObject({
      ok: true,
      data: { lastFailure: { kind: 'ipNotAllowed', refusedAddress: '203.0.113.20', vendorCode: '60020' } },
    })
    await core.stop()
  })

  it('keeps check-ins when the admin changes something of the account that is not the account', async () => {
    const settings = { ...TITLE_FREE_SETTINGS, checkIn: { mode: 'local', closesAfterMinutes: 20 } }
    const first = setUp(settings)
    await first.core.start()
    await first.clock.advance(1_000)
    const meetingId = await idOfMeeting(first.core)
    expect(
      await first.core.dispatch('meeting.checkIn', { roomId: 'xihu', meetingId, pin: null }, anyScreen),
    ).toMatchObject({ ok: true, data: { kind: 'done' } })
    await first.core.stop()
    const account = { ...TITLE_FREE_SETTINGS.account, bookerUserId: 'door' }
    const second = setUp({ ...settings, account }, goodAnswers, undefined, first.state)
    await second.core.start()
    await second.clock.advance(1_000)
    expect(await second.core.dispatch('room.getSnapshot', { roomId: null }, anyScreen)).toMatchObject({
      data: { snapshot: { checkedInIds: [meetingId] } },
    })
    await second.core.stop()
  })

  it('what people do at the door leaves no secret, token or name in the log or in what is kept of it', async () => {
    const { core, clock, log, state } = setUp(
      {
        ...TITLE_FREE_SETTINGS,
        account: { ...TITLE_FREE_SETTINGS.account, bookerUserId: 'door' },
        checkIn: { mode: 'local', closesAfterMinutes: 20, isReleaseOn: true },
      },
      {
        ...goodAnswers,
        'meetingroom/book': { errcode: 90701, errmsg: `taken by 陈璐 ${TOKEN} ${SECRET}` },
        cancel_book: { errcode: 40058, errmsg: `invalid ${TOKEN} ${SECRET}` },
      },
    )
    await core.start()
    await clock.advance(1_000)
    const meetingId = await idOfMeeting(core)
    const aim = { roomId: 'xihu', meetingId, pin: '13579' }
    const press = (n: number) => ({ ...aim, pressId: `00000000-0000-4000-8000-00000000000${n}` })
    const answers = [
      core.dispatch('meeting.checkIn', aim, anyScreen),
      core.dispatch('meeting.extend', { ...press(1), minutes: 30 }, anyScreen),
      core.dispatch('meeting.end', press(2), anyScreen),
    ]
    await clock.advance(60_000)
    const { roomId, pin, pressId } = press(3)
    const startMs = MONDAY_10_MS + 4 * 3_600_000
    answers.push(core.dispatch('room.book', { roomId, pin, pressId, startMs, minutes: 30 }, anyScreen))
    await clock.advance(60_000)
    const told = JSON.stringify(await Promise.all(answers))
    await core.stop()
    const kept = [...state.files].flatMap(([key, text]) => (key.startsWith('room.') ? [] : [text]))
    expect(kept.join()).toContain(meetingId)
    const written = [log.text(), told, ...kept].join('\n')
    expect(written).toContain('an action was not done')
    for (const word of [SECRET, TOKEN, '陈璐', 'chenlu', '13579']) expect(written).not.toContain(word)
  })

  it('lets no secret, token, title or name out of a whole cycle of good and bad answers', async () => {
    const answers: Record<string, unknown> = { ...goodAnswers }
    const { core, clock, log, state, events } = setUp(TITLE_FREE_SETTINGS, answers)
    await core.start()
    await clock.advance(3 * 60_000)
    const faults: unknown[] = [
      { errcode: 40014, errmsg: `invalid access_token ${TOKEN}` },
      { errcode: 40001, errmsg: `invalid credential ${SECRET}` },
      new Error(`connect ECONNREFUSED https://x.invalid/?access_token=${TOKEN}&corpsecret=${SECRET}`),
      { booking_list: [{ meetingroom_id: SECRET, schedule: TOKEN }] },
    ]
    for (const fault of faults) {
      answers['get_booking_info'] = fault
      await clock.advance(30 * 60_000)
    }
    const written = [log.text(), JSON.stringify(events), ...state.files.values()].join('\n')
    expect(written).toContain('room cannot be read')
    expect(written).not.toContain(SECRET)
    expect(written).not.toContain(TOKEN)
    expect(log.text()).not.toContain('陈璐')
    await core.stop()
  })
})
