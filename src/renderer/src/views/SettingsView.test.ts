import { cleanup, fireEvent } from '@testing-library/vue'
import { afterEach, describe, expect, it } from 'vitest'
import { settle } from '../../../core/testing/fakeClock.ts'
import {
  calmUpdates,
  PIN,
  refusedAddressSteps,
  refusedSwitchSteps,
  savedSettings,
  SENTINEL_SECRET,
} from '../settings/testing/createFakeAdmin.ts'
import { mountSettings, openSettings } from '../settings/testing/mountSettings.ts'

afterEach(cleanup)

describe('the PIN', () => {
  it('opens the settings, and every request after it is an admin’s', async () => {
    const { enterPin, get, api } = await mountSettings()
    expect(get('gate').dataset['gate']).toBe('enterPin')
    await enterPin(PIN)
    expect(get('section-heading').textContent).toBe('Connection')
    expect(api.requests.at(-1)?.session).toBe('token-1')
  })

  it('wrong, it says so, forgets the digits and lets try again', async () => {
    const { enterPin, get } = await mountSettings()
    await enterPin('111111')
    expect(get('gate-error').textContent).toContain('That is not the PIN')
    expect(get('pin-dots').dataset['length']).toBe('0')
    await enterPin(PIN)
    expect(get('section-heading')).toBeTruthy()
  })

  it('wrong too often, it counts down and the pad is dead until the end', async () => {
    const { enterPin, get, clock } = await mountSettings({ failures: 4 })
    await enterPin('111111')
    expect(get('gate-error').textContent).toContain('0:30')
    await clock.advance(12_000)
    expect(get('gate-error').textContent).toContain('0:18')
    expect((get('key-1') as HTMLButtonElement).disabled).toBe(true)
    await clock.advance(18_000)
    expect((get('key-1') as HTMLButtonElement).disabled).toBe(false)
    await enterPin(PIN)
    expect(get('section-heading')).toBeTruthy()
  })

  it('can be typed on a real keyboard', async () => {
    const { get } = await mountSettings()
    for (const key of [...Array.from(PIN), 'Enter']) await fireEvent.keyDown(window, { key })
    await settle()
    expect(get('section-heading')).toBeTruthy()
  })

  it('a secret store that cannot be read is explained, and asked again', async () => {
    const { get, find, press, api } = await mountSettings({ isUnavailable: true })
    expect(get('gate-unavailable').textContent).toContain('keyring')
    api.world.isUnavailable = false
    await press('gate-retry')
    expect(find('gate-enter')).not.toBeNull()
  })
})

describe('the first start', () => {
  const blank = { pin: null, settings: null, hasSecret: false }

  it('goes from nothing to a room on the door', async () => {
    const { enterPin, press, type, get, api, hasLeft } = await mountSettings(blank)
    await enterPin('135790')
    await enterPin('135790')
    expect(api.world.pin).toBe('135790')
    expect(get('first-start').dataset['step']).toBe('platform')
    await press('start-platform-wecom')
    expect(get('first-start').dataset['step']).toBe('account')
    expect((get('start-to-test') as HTMLButtonElement).disabled).toBe(true)
    await type('wecom-corp-id', 'ww4f2c81a90b7de356')
    await type('wecom-secret', SENTINEL_SECRET)
    await press('start-to-test')
    expect(get('connection-test').dataset['passed']).toBe('true')
    await press('start-to-room')
    await type('room-search-text', '31')
    await press('room-choice-31')
    await press('start-finish')
    expect(get('start-saved')).toBeTruthy()
    expect(api.world.settings).toMatchObject({
      version: 1,
      account: { platform: 'wecom', baseUrl: 'https://qyapi.weixin.qq.com', corpId: 'ww4f2c81a90b7de356' },
      rooms: [{ id: 'room-31', source: { officeRoomId: 31 } }],
      display: { language: 'en-US' },
    })
    expect(api.world.saves[0]).toMatchObject({
      secrets: { 'wecom.corpSecret': SENTINEL_SECRET },
      isInsisting: false,
    })
    await press('start-done')
    expect(hasLeft()).toBe(true)
    expect(document.body.innerHTML).not.toContain(SENTINEL_SECRET)
  })

  it('a PIN mistyped the second time is chosen again from the beginning', async () => {
    const { enterPin, get, api } = await mountSettings(blank)
    await enterPin('135790')
    await enterPin('135799')
    expect(get('gate-error').textContent).toContain('differ')
    expect(api.world.pin).toBeNull()
    expect(get('gate-choose')).toBeTruthy()
  })

  it('a short PIN is refused before it is asked for again', async () => {
    const { enterPin, find, get } = await mountSettings(blank)
    await enterPin('12345')
    expect(get('gate-error').textContent).toContain('at least 6')
    expect(find('gate-repeat')).toBeNull()
  })

  it('over a network it asks for the set-up code, and again when that was wrong', async () => {
    const { enterPin, type, press, get, api } = await mountSettings({ ...blank, setupCode: 'K7QX-2M9P' })
    await type('setup-code', 'guess')
    await press('gate-next')
    await enterPin('135790')
    await enterPin('135790')
    expect(get('field-error').textContent).toContain('not the set-up code')
    await type('setup-code', 'K7QX-2M9P')
    await press('gate-next')
    await enterPin('135790')
    await enterPin('135790')
    expect(get('first-start')).toBeTruthy()
    expect(api.world.pin).toBe('135790')
  })

  it('shows the refused address large, with the remedy, and can go on when it is allowed', async () => {
    const { enterPin, type, press, get, find, api } = await mountSettings({
      ...blank,
      pin: PIN,
      steps: refusedAddressSteps,
    })
    await enterPin(PIN)
    await press('start-platform-wecom')
    await type('wecom-corp-id', 'ww1')
    await type('wecom-secret', SENTINEL_SECRET)
    await press('start-to-test')
    expect(get('refused-address').textContent).toBe('203.0.113.20')
    expect(get('refusal').textContent).toContain('企业可信IP')
    api.world.steps = []
    await press('test-run')
    expect(find('refused-address')).toBeNull()
  })

  it('names the switch a permission is missing at', async () => {
    const { enterPin, type, press, get } = await mountSettings({
      ...blank,
      pin: PIN,
      steps: refusedSwitchSteps,
    })
    await enterPin(PIN)
    await press('start-platform-wecom')
    await type('wecom-corp-id', 'ww1')
    await type('wecom-secret', SENTINEL_SECRET)
    await press('start-to-test')
    expect(get('refusal-permission').textContent).toContain('应用管理 > 会议室 > 可调用接口的应用')
  })

  it('a room can be bound by its id where the list cannot be read', async () => {
    const { enterPin, type, press, get, api } = await mountSettings({ ...blank, pin: PIN })
    await enterPin(PIN)
    await press('start-platform-wecom')
    await type('wecom-corp-id', 'ww1')
    await type('wecom-secret', SENTINEL_SECRET)
    await press('start-to-test')
    api.world.refuseWith = { code: 'unavailable' }
    await press('start-to-room')
    expect(get('refusal').dataset['code']).toBe('unavailable')
    api.world.refuseWith = null
    await press('start-by-hand')
    await press('room-add')
    await press('room-by-hand')
    await type('room-officeRoomId', '77')
    await press('save')
    expect(api.world.settings?.rooms).toEqual([
      { id: 'room-1', source: { officeRoomId: 77, isSoleBooker: false } },
    ])
  })
})

describe('the draft', () => {
  it('is saved as a whole, after which nothing is unsaved', async () => {
    const { press, find, get, api } = await openSettings()
    expect(find('save-bar')).toBeNull()
    await press('section-display')
    await press('soon-minutes-more')
    expect(get('save-bar').textContent).toContain('Unsaved')
    await press('save')
    expect(api.world.settings?.display.soonMinutes).toBe(15)
    expect(get('save-bar').dataset['state']).toBe('saved')
    expect(find('save')).toBeNull()
  })

  it('can be discarded', async () => {
    const { press, find, get, api } = await openSettings()
    await press('section-display')
    await press('soon-minutes-more')
    await press('save-discard')
    expect(find('save-bar')).toBeNull()
    expect((get('soon-minutes') as HTMLInputElement).value).toBe('10')
    expect(api.world.saves).toEqual([])
  })

  it('settings that cannot be read are no first start; setting up anew is a press of its own', async () => {
    const { press, find, get, api } = await openSettings({ settings: null, isUnreadable: true }, 'zh-CN')
    expect(get('settings-unreadable').textContent).toContain('什么都没有被改动')
    expect(find('first-start')).toBeNull()
    expect(api.world.saves).toEqual([])
    await press('unreadable-anew')
    expect(find('settings-unreadable')).toBeNull()
    expect(get('first-start')).not.toBeNull()
  })

  it('settings with faults are no first start: what makes sense of them is put right and saved', async () => {
    const { press, find, get, api } = await openSettings({
      settings: null,
      salvaged: savedSettings(),
      issues: [{ path: 'typo', message: 'is not a known field' }],
    })
    expect(find('first-start')).toBeNull()
    expect(get('salvaged').textContent).toContain('typo is not a known field')
    await press('save-discard')
    expect(get('salvaged').textContent).toContain('typo')
    await press('save')
    expect(api.world.saves.map(({ settings }) => settings)).toEqual([savedSettings()])
    expect(find('salvaged')).toBeNull()
  })

  it('shows each refused field at its place, in the reader’s language, with a mark on its section', async () => {
    const { press, get, api } = await openSettings({}, 'zh-CN')
    await press('section-display')
    await press('soon-minutes-more')
    api.world.refuseWith = {
      code: 'badRequest',
      issues: [
        { path: 'rooms.1.id', message: 'expected lower-case letters' },
        { path: 'secrets.wecom.corpSecret', message: 'is needed and not stored yet' },
      ],
    }
    await press('save')
    expect(get('save-bar').textContent).toContain('2 项需要更正')
    expect(get('section-room').querySelector('.flag')).not.toBeNull()
    await press('save-show')
    expect(get('section').dataset['section']).toBe('connection')
    expect(get('field-error').textContent).toContain('请填写应用密钥')
    expect(get('field-error').textContent).toContain('is needed and not stored yet')
    await press('section-room')
    await press('bound-room-lingyin')
    expect(get('field-error').textContent).toContain('只能用小写字母')
  })

  it('a failed test leaves the old settings at work; saving anyway is a second press', async () => {
    const { press, type, get, api } = await openSettings({ steps: refusedSwitchSteps })
    await type('wecom-corp-id', 'ww-new')
    await press('save')
    expect(get('save-test-failed').textContent).toContain('48002')
    expect(api.world.settings).toEqual(savedSettings())
    await press('save-insist')
    expect(api.world.saves.map(({ isInsisting }) => isInsisting)).toEqual([false, true])
    expect(api.world.settings?.account).toMatchObject({ corpId: 'ww-new' })
  })

  it('a refusal without fields says what to do', async () => {
    const { press, get, api } = await openSettings()
    await press('section-display')
    await press('soon-minutes-more')
    api.world.refuseWith = { code: 'storage' }
    await press('save')
    expect(get('save-refused').textContent).toContain('disk space')
  })

  it('cannot be changed where the operator owns the file', async () => {
    const { press, get, find } = await openSettings({ isWritable: false })
    expect(get('read-only')).toBeTruthy()
    expect(get('wecom-corp-id').matches(':disabled')).toBe(true)
    await press('section-room')
    expect((get('room-add') as HTMLButtonElement).disabled).toBe(true)
    expect(find('save-bar')).toBeNull()
  })
})

describe('the secret', () => {
  it('is written and never shown: stored or not is all there is to see', async () => {
    const { get, type, press, api } = await openSettings()
    expect(get('wecom-secret-state').textContent).toContain('Stored')
    expect((get('wecom-secret') as HTMLInputElement).value).toBe('')
    await type('wecom-secret', SENTINEL_SECRET)
    await press('save')
    expect(api.world.saves[0]?.secrets).toEqual({ 'wecom.corpSecret': SENTINEL_SECRET })
    expect((get('wecom-secret') as HTMLInputElement).value).toBe('')
    expect(document.documentElement.outerHTML).not.toContain(SENTINEL_SECRET)
  })

  it('left empty, it is not sent: the stored one stays', async () => {
    const { type, press, api } = await openSettings()
    await type('wecom-corp-id', 'ww-new')
    await press('save')
    expect(api.world.saves[0]?.secrets).toEqual({})
  })

  it('goes nowhere but into the request', async () => {
    const { type, press } = await openSettings()
    await type('wecom-secret', SENTINEL_SECRET)
    await press('test-run')
    await press('save')
    const kept = JSON.stringify([
      Object.entries(localStorage),
      Object.entries(sessionStorage),
      location.href,
      document.cookie,
      history.state,
    ])
    expect(kept).not.toContain(SENTINEL_SECRET)
  })
})

describe('leaving', () => {
  it('locks the session and tells the display', async () => {
    const { press, api, hasLeft } = await openSettings()
    await press('settings-leave')
    expect(hasLeft()).toBe(true)
    expect(api.requests.at(-1)).toMatchObject({ route: 'session.lock', session: 'token-1' })
    expect(api.world.tokens.at(-1)).toBeNull()
  })

  it('asks first when there is something unsaved', async () => {
    const { press, hasLeft, get, find } = await openSettings()
    await press('section-display')
    await press('soon-minutes-more')
    await press('settings-leave')
    expect([hasLeft(), get('leave-dialog')]).toEqual([false, expect.anything()])
    await press('leave-stay')
    expect(find('leave-dialog')).toBeNull()
    await press('settings-leave')
    await press('leave-anyway')
    expect(hasLeft()).toBe(true)
  })

  it('happens by itself after three idle minutes, with a warning before', async () => {
    const { clock, find, hasLeft, api } = await openSettings()
    await clock.advance(159_000)
    expect(find('idle-warning')).toBeNull()
    await clock.advance(2_000)
    expect(find('idle-warning')?.textContent).toContain('19')
    expect(hasLeft()).toBe(false)
    await clock.advance(19_000)
    expect(hasLeft()).toBe(true)
    expect(api.world.isSessionOpen).toBe(false)
  })

  it('not while somebody is there', async () => {
    const { clock, hasLeft } = await openSettings()
    for (let minute = 0; minute < 10; minute += 1) {
      await clock.advance(60_000)
      await fireEvent.pointerDown(window)
    }
    expect(hasLeft()).toBe(false)
  })

  it('leaves no timer and no listener behind', async () => {
    const screen = await openSettings()
    const { clock, press } = screen
    await press('section-diagnostics')
    screen.unmount()
    await settle()
    expect(clock.pending()).toBe(0)
  })
})

describe('a session that ended', () => {
  it('leads back to the PIN; the draft is still there, the secret is not', async () => {
    const { press, type, enterPin, get, api } = await openSettings()
    await type('wecom-secret', SENTINEL_SECRET)
    await press('section-display')
    await press('soon-minutes-more')
    api.world.isSessionOpen = false
    await press('save')
    expect(get('gate').textContent).toContain('The session ended')
    await enterPin(PIN)
    await press('section-display')
    expect((get('soon-minutes') as HTMLInputElement).value).toBe('15')
    await press('save')
    expect(api.world.saves[0]?.secrets).toEqual({})
  })
})

describe('rooms', () => {
  it('binds hardware beside an office room', async () => {
    const { press, api } = await openSettings()
    await press('section-room')
    await press('bound-room-lingyin')
    await press('room-search')
    await press('room-choice-300417')
    await press('save')
    expect(api.world.settings?.rooms[1]).toEqual({
      id: 'lingyin',
      source: { officeRoomId: 31, meetingRoomId: '300417', isSoleBooker: false },
    })
  })

  it('asks who else books only where hardware stands alone', async () => {
    const { press, type, find } = await openSettings()
    await press('section-room')
    await press('bound-room-room-12')
    expect(find('room-sole-booker')).toBeNull()
    await type('room-officeRoomId', '')
    expect(find('room-sole-booker')).not.toBeNull()
  })

  it('the default follows its room when the id changes, and falls back when it goes', async () => {
    const { press, type, api } = await openSettings()
    await press('section-room')
    await press('bound-room-room-12')
    await type('room-id', 'west-lake')
    await press('save')
    expect(api.world.settings).toMatchObject({ defaultRoomId: 'west-lake', rooms: [{ id: 'west-lake' }, {}] })
    await press('room-remove')
    await press('room-remove-confirm')
    await press('save')
    expect(api.world.settings?.rooms.map(({ id }) => id)).toEqual(['lingyin'])
    expect(api.world.settings?.defaultRoomId).toBeUndefined()
  })
})

describe('the room directory', () => {
  it('narrows by place level by level, as the platform asks', async () => {
    const { press, find, get, api } = await openSettings()
    await press('section-directory')
    expect(get('directory-count').textContent).toContain('8 rooms')
    expect(find('filter-building')).toBeNull()
    await press('filter-city-杭州')
    await press('filter-building-滨江一号')
    await press('filter-floor-5F')
    await press('filter-equipment-1')
    expect(api.requests.at(-1)?.input).toEqual({
      city: '杭州',
      building: '滨江一号',
      floor: '5F',
      equipment: [1],
    })
    expect(get('directory-count').textContent).toContain('1 room')
    await press('filter-city-杭州')
    expect(api.requests.at(-1)?.input).toEqual({ city: '', building: '', floor: '', equipment: [1] })
  })

  it('judges every field before the platform is asked, then adds and reads back', async () => {
    const screen = await openSettings()
    const { press, type, get, api } = screen
    await press('section-directory')
    await press('directory-add')
    await type('directory-city', '杭州')
    await press('directory-submit')
    expect((await screen.findAllByTestId('field-error')).map((one) => one.textContent)).toHaveLength(4)
    expect(api.requests.some(({ route }) => route === 'directory.addRoom')).toBe(false)
    await type('directory-name', '虎跑')
    await type('directory-capacity', '6')
    await type('directory-building', '滨江二号')
    await type('directory-floor', '2F')
    await press('directory-submit')
    expect(get('directory-done').textContent).toContain('虎跑')
    expect(get('directory-count').textContent).toContain('9 rooms')
  })

  it('says that a new range replaces the old one, and that the coordinates of a building stay', async () => {
    const { press, get, find } = await openSettings()
    await press('section-directory')
    await press('directory-room-12')
    expect(get('coordinates-fixed').textContent).toContain('does not let')
    expect(find('directory-latitude')).toBeNull()
    expect(find('range-warning')).toBeNull()
    get('directory-range-replace').querySelector('input')!.click()
    await settle()
    expect(get('range-warning').textContent).toContain('replaces')
  })

  it('deletes only after a second question that names what is lost', async () => {
    const { press, get, api } = await openSettings()
    await press('section-directory')
    await press('directory-room-12')
    await press('directory-delete')
    expect(get('delete-room').textContent).toContain('西湖')
    expect(get('delete-room').textContent).toContain('This panel is bound to this room')
    expect((get('delete-room-confirm') as HTMLButtonElement).disabled).toBe(true)
    get('delete-room-sure').click()
    await settle()
    await press('delete-room-confirm')
    expect(api.requests.find(({ route }) => route === 'directory.deleteRoom')?.input).toEqual({
      vendorId: '12',
      confirmedName: '西湖',
    })
    expect(get('directory-count').textContent).toContain('7 rooms')
  })

  it('a room renamed meanwhile is not deleted, and that is said', async () => {
    const { press, get, find, api } = await openSettings()
    await press('section-directory')
    await press('directory-room-13')
    api.world.directory = api.world.directory.map((room) =>
      room.vendorId === '13' ? { ...room, name: '断桥残雪' } : room,
    )
    await press('directory-delete')
    get('delete-room-sure').click()
    await settle()
    await press('delete-room-confirm')
    expect(get('directory-renamed')).toBeTruthy()
    expect(find('directory-room-13')?.textContent).toContain('断桥残雪')
  })

  it('a refusal of the platform keeps the form and says why', async () => {
    const { press, type, get, api } = await openSettings()
    await press('section-directory')
    await press('directory-room-13')
    await type('directory-name', '断桥残雪')
    const refusal = {
      kind: 'permission',
      vendorCode: '60011',
      hint: 'visibleRange',
      refusedAddress: null,
      missingPermission: null,
    } as const
    api.world.refuseWith = { code: 'refused', refusal }
    await press('directory-submit')
    expect(get('refusal').textContent).toContain('visible range')
    expect((get('directory-name') as HTMLInputElement).value).toBe('断桥残雪')
  })
})

describe('what depends on host and platform', () => {
  it('a browser has no kiosk to set up or leave, but a PIN to change', async () => {
    const { press, find, type, get, api } = await openSettings({ hasKiosk: false })
    await press('section-kiosk')
    expect([find('kiosk-exit'), find('kiosk-on-top')]).toEqual([null, null])
    await type('pin-new', '97531')
    await type('pin-repeat', '97531')
    await press('pin-change')
    expect(get('field-error').textContent).toContain('6 to 12')
    await type('pin-new', '975310')
    await type('pin-repeat', '975310')
    await press('pin-change')
    expect(get('pin-changed')).toBeTruthy()
    expect(api.world.pin).toBe('975310')
  })

  it('leaving the kiosk is asked twice', async () => {
    const { press, get, api } = await openSettings()
    await press('section-kiosk')
    await press('kiosk-exit')
    expect(api.requests.some(({ route }) => route === 'kiosk.exit')).toBe(false)
    expect(get('kiosk-exit-dialog').textContent).toContain('until somebody starts Doorplate again')
    await press('kiosk-exit-confirm')
    expect(api.requests.some(({ route }) => route === 'kiosk.exit')).toBe(true)
  })

  it('diagnostics run the checks and tell the honest strength of the sealing', async () => {
    const { press, get } = await openSettings()
    await press('section-diagnostics')
    expect(get('fact-strength').textContent).toContain('Whoever gets the disk can read it')
    expect(get('health-lingyin').dataset['health']).toBe('stale')
    await press('checks-run')
    expect(get('check-connection').dataset['outcome']).toBe('failed')
    expect(get('check-secrets').textContent).toContain('weakly')
  })

  it('diagnostics name the ring and the last update', async () => {
    const { press, get, find } = await openSettings()
    await press('section-diagnostics')
    expect(get('fact-ring').textContent).toContain('stable')
    expect(get('fact-last-update').textContent).toContain('12 d ago')
    expect(get('fact-last-update').textContent).toContain('From 0.0.9 to 0.1.0.')
    expect([find('fact-given-up'), find('fact-waiting-update')]).toEqual([null, null])
  })

  it('diagnostics say which version was given up, and what waits', async () => {
    const givenUp = { version: '0.2.0', atMs: calmUpdates().last!.atMs }
    const updates = { ring: null, last: null, givenUp, waitingVersion: '0.3.0' }
    const { press, get } = await openSettings({ updates })
    await press('section-diagnostics')
    expect(get('fact-given-up').textContent).toContain('0.2.0, 12 d ago')
    expect(get('fact-waiting-update').textContent).toContain('0.3.0')
    expect(get('fact-ring').textContent).toContain('no updates by itself')
    expect(get('fact-last-update').textContent).toContain('None since it was installed')
  })

  it('on a host that does not know how it is updated there is the version alone', async () => {
    const { press, get, find } = await openSettings({ updates: null })
    await press('section-diagnostics')
    expect(get('fact-version').textContent).toContain('0.1.0')
    expect([find('fact-ring'), find('fact-last-update')]).toEqual([null, null])
  })

  it('imports settings as a draft and refuses strangers among the fields', async () => {
    const { press, type, get, find, api } = await openSettings()
    await press('section-diagnostics')
    await press('settings-import')
    await type(
      'settings-import-text',
      JSON.stringify({ ...savedSettings(), secrets: { x: SENTINEL_SECRET } }),
    )
    await press('settings-import-take')
    expect(get('settings-import-problem').textContent).toContain('secrets')
    await type('settings-import-text', JSON.stringify({ ...savedSettings(), timeZone: 'Europe/Berlin' }))
    await press('settings-import-take')
    expect(find('settings-import-text')).toBeNull()
    expect(api.world.settings?.timeZone).toBe('Asia/Shanghai')
    await press('save')
    expect(api.world.settings?.timeZone).toBe('Europe/Berlin')
  })

  it('can be read in the other language without changing the display', async () => {
    const { press, get, find } = await openSettings()
    await press('settings-language')
    expect(get('section-heading').textContent).toBe('连接')
    expect(get('settings').getAttribute('lang')).toBe('zh-CN')
    expect(find('save-bar')).toBeNull()
  })
})
