import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { FeishuRoomSource } from '../../../shared/settings/schema.ts'
import type { SiteProvider } from '../SiteProvider.ts'
import { tellStep } from '../testing/tellStep.ts'
import { BOT_ABILITY, feishuScopes, feishuWriteScopes, MEETING_ADMIN_RIGHT } from './errors.ts'
import { never, openDoor } from './testing/openDoor.ts'
import type { FeishuWorld } from './testing/openFeishuWorld.ts'

let world: FeishuWorld
let provider: SiteProvider<FeishuRoomSource>

beforeEach(async () => {
  ;({ world, provider } = await openDoor())
})
afterEach(() => world.close())

describe('the connection test', () => {
  const steps = async (by = provider): Promise<readonly string[]> =>
    (await by.testConnection(never)).map(tellStep)

  it('passes step by step, scopes by their names', async () => {
    expect(await steps()).toEqual([
      'reachable passed',
      'clock passed 0 s',
      'token passed',
      'permissions passed calendar:room:readonly',
      'permissions passed vc:room:readonly',
      'permissions passed calendar:room',
      'permissions passed vc:meeting:readonly',
      'rooms passed 8',
    ])
  })

  it.each([
    ['titles', [feishuScopes.titles], 'permissions skipped calendar:room'],
    ['video meetings', [feishuScopes.videoMeetings], 'permissions skipped vc:meeting:readonly'],
    [
      'busy times, since the list is there',
      [feishuScopes.busyTimes],
      'permissions skipped calendar:room:readonly',
    ],
    ['the list, since busy times are there', [feishuScopes.rooms], 'permissions skipped vc:room:readonly'],
    ['both', [feishuScopes.rooms, feishuScopes.busyTimes], 'permissions failed calendar:room:readonly'],
  ])('a missing scope is named: %s', async (_name, missing, line) => {
    await world.grantAllBut(...missing)
    expect(await steps()).toContain(line)
  })

  it('the right of the app’s creator is named where that is what is missing', async () => {
    await world.control('PATCH', 'feishu', { isMadeByMeetingAdmin: false })
    expect(await steps()).toContain(`permissions skipped ${MEETING_ADMIN_RIGHT}`)
  })

  describe('of an account that books', () => {
    const booking = () => world.provider({ account: { bookerOpenId: world.bookerOpenId } })
    const writeSteps = async () => (await steps(booking())).filter((line) => !/vc:|room|^[^p]/.test(line))

    it('names the scopes of booking, and makes nothing', async () => {
      expect(await writeSteps()).toEqual([
        'permissions passed calendar:calendar:read',
        'permissions passed calendar:calendar.event:create',
        'permissions passed calendar:calendar.event:update',
        'permissions passed calendar:calendar.event:read',
        'permissions passed calendar:calendar.event:delete',
      ])
      const state = (await world.vendor.control('GET', 'state')) as { schedules: unknown[] }
      expect(state.schedules).toEqual([])
    })

    it.each(Object.values(feishuWriteScopes))('a missing scope is named: %s', async (scope) => {
      await world.grantAllBut(scope)
      expect(await writeSteps()).toContain(`permissions failed ${scope}`)
    })

    it('an app without a bot is told what it lacks', async () => {
      await world.control('PATCH', 'feishu', { hasBot: false })
      expect(await writeSteps()).toEqual([`permissions failed ${BOT_ABILITY}`])
    })
  })

  it('hands out the refused address: a good token does not prove it', async () => {
    await world.control('POST', 'ipAllowList', { ips: ['198.51.100.7'], callerIp: '203.0.113.88' })
    const told = await provider.testConnection(never)
    expect(told.map((one) => `${one.step} ${one.outcome}`)).toEqual([
      'reachable passed',
      'clock passed',
      'token passed',
      'permissions failed',
      'rooms skipped',
    ])
    expect(told[3]?.error).toMatchObject({
      kind: 'ipNotAllowed',
      details: { refusedAddress: '203.0.113.88' },
    })
  })

  it.each([
    ['an app that is switched off', { isEnabled: false }, 'token'],
    ['a wrong secret under its other code', { wrongSecretCode: 10014 }, null],
  ])('%s', async (_name, change, step) => {
    await world.control('PATCH', 'feishu', change)
    const told = await world.provider(step === null ? { secret: 'wrong' } : {}).testConnection(never)
    expect(told.filter((one) => one.outcome === 'failed').map((one) => one.step)).toEqual(['token'])
  })

  it.each([
    ['a portal', { kind: 'html' }, 'reachable'],
    [
      'a busy platform behind a good token',
      { kind: 'errcode', errcode: 121001, route: 'vc/v1/rooms' },
      'permissions',
    ],
  ])('tells %s by the step it fails at', async (_name, fault, step) => {
    await world.fault(fault)
    const told = await provider.testConnection(never)
    expect(told.filter((one) => one.outcome === 'failed').map((one) => one.step)).toEqual([step])
  })

  it('an abort throws the caller’s reason', async () => {
    const reason = new Error('stopped')
    await expect(provider.testConnection(AbortSignal.abort(reason))).rejects.toBe(reason)
  })
})
