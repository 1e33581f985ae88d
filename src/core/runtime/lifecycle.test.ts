import { beforeEach, describe, expect, it } from 'vitest'
import type { ApiEvent } from '../../shared/api/events.ts'
import { MONDAY_10_MS } from '../../shared/domain/testing/fixtures.ts'
import { HOUR_MS, MINUTE_MS, SECOND_MS } from '../../shared/domain/duration.ts'
import { anyScreen } from '../api/Caller.ts'
import type { Caller } from '../api/Caller.ts'
import { createCore } from '../createCore.ts'
import type { SecretStore } from '../ports/SecretStore.ts'
import { SettingsUnreadableError } from '../settings/createGenerationSettings.ts'
import { createFakeClock, settleStreams } from '../testing/fakeClock.ts'
import { createMemorySecrets, createMemorySettings, createMemoryState } from '../testing/memoryStores.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import type { RoomShown } from './createStatusTicker.ts'

const admin: Caller = { kind: 'admin', session: 'open' }
const working = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww1' },
  rooms: [{ id: 'xihu', source: { officeRoomId: 12 } }],
}
const seconds = (ms: number): number => Math.floor(ms / 1000)

function answerTo(path: string): unknown {
  if (path.includes('gettoken')) return { errcode: 0, errmsg: 'ok', access_token: 't', expires_in: 7200 }
  if (path.includes('meetingroom/list'))
    return {
      errcode: 0,
      meetingroom_list: [{ meetingroom_id: 12, name: '3F-西湖', capacity: 8, equipment: [] }],
    }
  if (path.includes('user/get')) return { errcode: 0, userid: 'chenlu', name: '陈璐' }
  const schedule = [
    {
      booking_id: 'bk1',
      schedule_id: '',
      start_time: seconds(MONDAY_10_MS) - 600,
      end_time: seconds(MONDAY_10_MS) + 1800,
      booker: 'chenlu',
      status: 0,
    },
  ]
  return { errcode: 0, booking_list: [{ meetingroom_id: 12, schedule }] }
}

/** A vendor that answers everything; another address than the usual one has a clock two hours ahead. */
function createVendor(now: () => number) {
  const urls: string[] = []
  return {
    urls,
    reads: () => urls.filter((url) => url.includes('get_booking_info')).length,
    fetch(input: string | URL | Request): Promise<Response> {
      const url = input instanceof Request ? input.url : String(input)
      urls.push(url)
      const aheadMs = url.includes('qyapi.weixin.qq.com') ? 0 : 2 * HOUR_MS
      const headers = { 'content-type': 'application/json', date: new Date(now() + aheadMs).toUTCString() }
      return Promise.resolve(new Response(JSON.stringify(answerTo(url)), { headers }))
    },
  }
}

function build(stored: unknown = working, secrets: Partial<SecretStore> = {}, state = createMemoryState()) {
  const clock = createFakeClock(MONDAY_10_MS, settleStreams)
  const vendor = createVendor(() => clock.now())
  const settings = createMemorySettings(stored)
  const core = createCore({
    clock,
    log: createRecordingLogger(),
    state,
    settings,
    secrets: { ...createMemorySecrets({ 'wecom.corpSecret': 's' }), ...secrets },
    http: { fetch: (input) => vendor.fetch(input) },
    random: () => 0.5,
    version: '0.0.0-test',
  })
  const ask = async <T>(route: string, input: unknown, caller: Caller = admin): Promise<T> => {
    const answer = await core.dispatch(route, input, caller)
    if (!answer.ok) throw new Error(`${route}: ${JSON.stringify(answer.error)}`)
    return answer.data as T
  }
  const save = (next: object, secretsTyped = {}) =>
    ask('settings.save', { settings: next, secrets: secretsTyped, isInsisting: true })
  const open = () =>
    ask<{
      config: {
        core: { kind: string; why?: string }
        platform: string | null
        rooms: unknown[]
        theme: string
      }
      published: { snapshot: { meetings: { organizer: string | null }[] } } | null
    }>('panel.open', { roomId: null }, anyScreen)
  return { clock, vendor, core, ask, save, open, settings, state }
}
type Built = ReturnType<typeof build>

/** How many reads ten quiet minutes bring. */
async function readsInTenMinutes({ clock, vendor }: Built): Promise<number> {
  const before = vendor.reads()
  await clock.advance(10 * MINUTE_MS)
  return vendor.reads() - before
}

describe('one poller', () => {
  let panel: Built
  beforeEach(() => {
    panel = build()
  })

  async function expectOnePoller(): Promise<void> {
    await panel.clock.advance(MINUTE_MS)
    const lonely = build()
    await lonely.core.start()
    await lonely.clock.advance(MINUTE_MS)
    const usual = await readsInTenMinutes(lonely)
    expect(usual).toBeGreaterThan(15)
    expect(Math.abs((await readsInTenMinutes(panel)) - usual)).toBeLessThanOrEqual(1)
    await panel.core.stop()
    expect(await readsInTenMinutes(panel)).toBe(0)
  }

  it('is left by two saves at once, and the one that was written last is the one that runs', async () => {
    await panel.core.start()
    await panel.clock.advance(MINUTE_MS)
    await Promise.all([
      panel.save({ ...working, account: { ...working.account, bookerUserId: 'a' } }),
      panel.save({ ...working, account: { ...working.account, bookerUserId: 'b' } }),
    ])
    expect(panel.core.settings()?.account).toEqual((panel.settings.value as typeof working).account)
    await expectOnePoller()
  })

  it('is left by a save beside a start whose keyring answers late', async () => {
    let unlock = (): void => undefined
    const locked = new Promise<void>((resolve) => {
      unlock = resolve
    })
    panel = build(working, {
      read: async () => {
        await locked
        return { kind: 'found', value: 's' }
      },
    })
    const started = panel.core.start()
    await panel.clock.advance(MINUTE_MS)
    const saved = panel.save({
      ...working,
      polling: { intervalSeconds: 30 },
      kiosk: { isAlwaysOnTop: false },
    })
    await panel.clock.advance(MINUTE_MS)
    unlock()
    await Promise.all([started, saved])
    await panel.core.start()
    await expectOnePoller()
  })

  it('is left by starts that come one upon the other', async () => {
    await Promise.all([panel.core.start(), panel.core.start(), panel.core.start()])
    await expectOnePoller()
  })

  it('is gone when a save and a stop come together; what was saved is on disk', async () => {
    await panel.core.start()
    await panel.clock.advance(MINUTE_MS)
    const next = { ...working, account: { ...working.account, bookerUserId: 'a' } }
    await Promise.all([panel.core.stop(), panel.save(next)])
    expect(await readsInTenMinutes(panel)).toBe(0)
    expect(panel.settings.value).toMatchObject({ account: { bookerUserId: 'a' } })
  })
})

describe('what the door says', () => {
  it('before the start it is starting, not waiting to be set up', async () => {
    const { open } = build()
    expect(await open()).toMatchObject({ config: { core: { kind: 'starting' } }, published: null })
  })

  it('while a save is put to work the last plan stays, and nobody is asked to set anything up', async () => {
    const { core, clock, open, save } = build()
    await core.start()
    await clock.advance(MINUTE_MS)
    const said: Awaited<ReturnType<typeof open>>[] = []
    let changes = 0
    core.subscribe((event: ApiEvent) => {
      if (event.name === 'panel.changed') changes += 1
    })
    const state = { isSaved: false }
    const saved = save({ ...working, account: { ...working.account, bookerUserId: 'a' } }).then(() => {
      state.isSaved = true
    })
    while (!state.isSaved) said.push(await open())
    await saved
    said.push(await open())
    const kinds = said.map(({ config }) => config.core.kind)
    expect([...new Set(kinds)]).toEqual(['running', 'starting'])
    expect(kinds.at(-1)).toBe('running')
    // One word to the screens, when there is something new to say: buttons must not go and come.
    expect(changes).toBe(1)
    for (const { config, published } of said) {
      expect(config).toMatchObject({ platform: 'wecom', rooms: [{ id: 'xihu' }] })
      expect(published?.snapshot.meetings).toMatchObject([{ organizer: '陈璐' }])
    }
    await core.stop()
  })

  it.each([
    ['an unknown field', { typo: 1 }, '陈璐'],
    ['a wrong display, which may have hidden names', { display: { privacy: 'everything' } }, null],
  ])('after %s it is broken and says why, with the last plan', async (_name, mistake, organizer) => {
    const first = build()
    await first.core.start()
    await first.clock.advance(MINUTE_MS)
    await first.core.stop()
    const { core, open, ask, vendor } = build({ ...working, ...mistake }, {}, first.state)
    expect(await core.start()).toMatchObject({ kind: 'invalidSettings' })
    expect(await open()).toMatchObject({
      config: { core: { kind: 'broken', why: 'settingsInvalid' }, rooms: [{ id: 'xihu' }] },
      published: { snapshot: { meetings: [{ organizer }] } },
    })
    expect(await ask('settings.get', {})).toMatchObject({
      settings: null,
      isUnreadable: false,
      salvaged: working,
      secrets: [{ name: 'wecom.corpSecret', hasValue: true }],
    })
    expect(vendor.urls).toEqual([])
  })

  it('with settings that cannot be read it is broken, and no first start is offered', async () => {
    const { core, open, ask, settings } = build()
    settings.load = () => Promise.reject(new SettingsUnreadableError('EIO'))
    expect(await core.start()).toEqual({ kind: 'settingsUnreadable' })
    expect(await open()).toMatchObject({ config: { core: { kind: 'broken', why: 'settingsUnreadable' } } })
    expect(await ask('settings.get', {})).toMatchObject({ settings: null, isUnreadable: true })
    expect(await core.dispatch('provisioning.look', {}, anyScreen)).toMatchObject({
      error: { code: 'forbidden' },
    })
  })

  it('a start that fails halfway leaves no poller behind, and a save goes on from there', async () => {
    const { core, open, save, clock, vendor } = build()
    const schedule: typeof clock.schedule = clock.schedule.bind(clock)
    const failing: typeof schedule = (delayMs, run) => {
      if (delayMs === 10 * SECOND_MS) throw new Error('a bug')
      return schedule(delayMs, run)
    }
    Object.assign(clock, { schedule: failing })
    await expect(core.start()).rejects.toThrow('a bug')
    Object.assign(clock, { schedule })
    await clock.advance(10 * MINUTE_MS)
    expect(await open()).toMatchObject({ config: { core: { kind: 'broken', why: 'failed' } } })
    expect(vendor.reads()).toBe(0)
    await save(working)
    expect(await open()).toMatchObject({ config: { core: { kind: 'running' } } })
    await core.stop()
  })

  it('there are no settings to carry elsewhere while none are in force', async () => {
    const { core } = build({ ...working, typo: 1 })
    await core.start()
    expect(await core.dispatch('settings.export', {}, admin)).toMatchObject({
      error: { code: 'unavailable' },
    })
  })

  it('a save mends what was broken', async () => {
    const { core, open, save, clock } = build({ ...working, typo: 1 })
    await core.start()
    await save(working)
    await clock.advance(MINUTE_MS)
    expect(await open()).toMatchObject({ config: { core: { kind: 'running' } }, published: {} })
    await core.stop()
  })
})

describe('a draft', () => {
  it('at another address neither sets the door’s clock nor spends its calls', async () => {
    const { core, clock, ask } = build()
    await core.start()
    await clock.advance(MINUTE_MS)
    type Facts = { serverTimeOffsetMs: number; budget: { spent: number } }
    const before = await ask<Facts>('diagnostics.get', {})
    const account = { platform: 'wecom', corpId: 'ww2', baseUrl: 'https://elsewhere.invalid' }
    await ask('connection.test', { account, secrets: { 'wecom.corpSecret': 'x' } })
    const after = await ask<Facts>('diagnostics.get', {})
    expect(Math.abs(after.serverTimeOffsetMs)).toBeLessThan(1_000)
    expect(after.budget.spent).toBe(before.budget.spent)
    await core.stop()
  })

  it('of the running account spends what the vendor counts', async () => {
    const { core, clock, ask } = build()
    await core.start()
    await clock.advance(MINUTE_MS)
    type Facts = { budget: { spent: number } }
    const before = await ask<Facts>('diagnostics.get', {})
    await ask('connection.test', { account: null, secrets: {} })
    expect((await ask<Facts>('diagnostics.get', {})).budget.spent).toBeGreaterThan(before.budget.spent)
    await core.stop()
  })
})

describe('a save', () => {
  async function running() {
    const panel = build()
    await panel.core.start()
    await panel.clock.advance(MINUTE_MS)
    return panel
  }
  const asked = (urls: readonly string[], what: string): number =>
    urls.filter((url) => url.includes(what)).length

  it('of the theme asks the platform nothing, and the screens hear of it', async () => {
    const { core, vendor, save, open } = await running()
    const before = vendor.urls.length
    await save({ ...working, display: { theme: 'dark' } })
    expect(vendor.urls).toHaveLength(before)
    expect(await open()).toMatchObject({ config: { theme: 'dark', core: { kind: 'running' } } })
    await core.stop()
  })

  it('of the rules reads anew and keeps token, lists and names', async () => {
    const { core, vendor, save, clock } = await running()
    const before = [...vendor.urls]
    await save({ ...working, checkIn: { mode: 'local' } })
    await clock.advance(MINUTE_MS)
    for (const what of ['gettoken', 'meetingroom/list', 'user/get'])
      expect(asked(vendor.urls, what), what).toBe(asked(before, what))
    expect(asked(vendor.urls, 'get_booking_info')).toBeGreaterThan(asked(before, 'get_booking_info'))
    await core.stop()
  })

  it('of the rules keeps the plan in memory, as fresh as it was, though the disk takes nothing', async () => {
    const { core, save, open, state } = await running()
    state.files.clear()
    state.isFull = true
    const before = await open()
    await save({ ...working, rooms: [{ ...working.rooms[0], name: '西湖' }] })
    const { published } = await open()
    expect(published).toMatchObject({
      snapshot: {
        room: { name: '西湖' },
        meetings: [{ organizer: '陈璐' }],
        freshness: (before.published as unknown as { snapshot: { freshness: object } }).snapshot.freshness,
      },
    })
    await core.stop()
  })

  it('whose key store hangs is refused in time, and holds up neither the next save nor the stop', async () => {
    const panel = build(working, { write: () => new Promise(() => undefined) })
    await panel.core.start()
    await panel.clock.advance(MINUTE_MS)
    const hanging = panel.core.dispatch(
      'settings.save',
      { settings: working, secrets: { 'wecom.corpSecret': 'new' }, isInsisting: true },
      admin,
    )
    const next = panel.save({ ...working, display: { theme: 'dark' } })
    await panel.clock.advance(MINUTE_MS)
    expect(await hanging).toMatchObject({ error: { code: 'storage' } })
    await next
    expect(await panel.open()).toMatchObject({ config: { theme: 'dark' } })
    await panel.core.stop()
  })

  it('of stricter privacy hides at once, of looser privacy shows after a read', async () => {
    const { core, save, open, clock } = await running()
    const organizer = async () => (await open()).published?.snapshot.meetings[0]?.organizer
    expect(await organizer()).toBe('陈璐')
    await save({ ...working, display: { privacy: 'busy' } })
    expect(await organizer()).toBeNull()
    await save(working)
    await clock.advance(1_000)
    expect(await organizer()).toBe('陈璐')
    await core.stop()
  })

  it('of a secret starts with it: a token got with the old one is worth nothing', async () => {
    const { core, vendor, save, clock } = await running()
    await save(working, { 'wecom.corpSecret': 'new' })
    await clock.advance(MINUTE_MS)
    expect(vendor.urls.filter((url) => url.includes('gettoken')).at(-1)).toContain('corpsecret=new')
    await core.stop()
  })
})

describe('who asks', () => {
  const rooms = [
    { id: 'xihu', source: { officeRoomId: 12 } },
    {
      id: 'lingyin',
      source: { officeRoomId: 12 },
      overrides: { display: { language: 'en-US', theme: 'dark' } },
    },
  ]
  const lingyin: Caller = { kind: 'screen', deviceId: 'tablet-7', rooms: ['lingyin'] }

  it('a screen gets its own rooms and no others, and the first of them by default', async () => {
    const { core, clock, ask } = build({ ...working, rooms })
    await core.start()
    await clock.advance(MINUTE_MS)
    expect(await ask('panel.open', { roomId: null }, lingyin)).toMatchObject({
      config: { language: 'en-US', theme: 'dark' },
      published: { snapshot: { room: { id: 'lingyin' } } },
    })
    expect(await ask('panel.open', { roomId: 'xihu' }, anyScreen)).toMatchObject({
      config: { language: 'zh-CN', theme: 'auto' },
    })
    const end = { roomId: 'xihu', meetingId: 'x', pin: null, pressId: '00000000-0000-4000-8000-000000000001' }
    for (const [route, input] of [
      ['panel.open', { roomId: 'xihu' }],
      ['room.getSnapshot', { roomId: 'xihu' }],
      ['room.refresh', { roomId: 'xihu' }],
      ['meeting.end', end],
    ] as const)
      expect(await core.dispatch(route, input, lingyin), route).toMatchObject({
        error: { code: 'forbidden' },
      })
    await core.stop()
  })

  it('what a room says otherwise holds there and only there', async () => {
    const apart = [
      rooms[0],
      { ...rooms[1], overrides: { actions: { end: 'off' }, display: { privacy: 'busy' } } },
    ]
    const { core, clock, ask } = build({
      ...working,
      account: { ...working.account, bookerUserId: 'door' },
      rooms: apart,
    })
    await core.start()
    await clock.advance(MINUTE_MS)
    expect(await ask('panel.open', { roomId: 'xihu' })).toMatchObject({
      config: { actions: { end: 'anyone' } },
      published: { snapshot: { meetings: [{ organizer: '陈璐' }] } },
    })
    expect(await ask('panel.open', { roomId: 'lingyin' })).toMatchObject({
      config: { actions: { end: 'off' } },
      published: { snapshot: { meetings: [{ organizer: null }] } },
    })
    await core.stop()
  })
})

describe('what every room shows', () => {
  it('is told on the core’s own clock, with no screen and no call', async () => {
    const { core, clock, vendor } = build({ ...working, polling: { intervalSeconds: 3600 } })
    const shown: RoomShown[] = []
    core.onRoomShown((one) => shown.push(one))
    await core.start()
    await clock.advance(MINUTE_MS)
    expect(shown.at(-1)).toMatchObject({ roomId: 'xihu', kind: 'busy' })
    const urls = vendor.urls.length
    await clock.advance(29 * MINUTE_MS - 1_000)
    expect(shown.at(-1)).toMatchObject({ kind: 'busy' })
    await clock.advance(1_000)
    expect(shown.at(-1)).toMatchObject({ kind: 'free', sinceMs: MONDAY_10_MS + 30 * MINUTE_MS })
    expect(vendor.urls.slice(urls).filter((url) => url.includes('get_booking_info')).length).toBeLessThan(2)
    await core.stop()
  })
})
