import { describe, expect, it } from 'vitest'
import type { ApiError } from '../../shared/api/errors.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import { ApiFailure } from '../api/ApiFailure.ts'
import { ProviderError } from '../providers/ProviderError.ts'
import type { ConnectionStep, SiteProvider } from '../providers/SiteProvider.ts'
import { createFakeClock } from '../testing/fakeClock.ts'
import { createMemorySecrets, createMemorySettings } from '../testing/memoryStores.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createSettingsService } from './createSettingsService.ts'
import type { ReadSecret } from '../providers/registry.ts'
import { parseSettings } from './parseSettings.ts'

const OLD_SECRET = 'SENTINEL-OLD'
const NEW_SECRET = 'SENTINEL-NEW'
const working = {
  version: 1,
  account: { platform: 'wecom', corpId: 'ww1' },
  rooms: [{ id: 'xihu', source: { officeRoomId: 12 } }],
}
const passed: readonly ConnectionStep[] = [{ step: 'token', outcome: 'passed' }]
const refused: readonly ConnectionStep[] = [
  {
    step: 'token',
    outcome: 'failed',
    error: new ProviderError('auth', 'wrong secret', { vendorCode: '40001' }),
  },
]

function settingsOf(raw: unknown): Settings {
  const parsed = parseSettings(raw)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.issues))
  return parsed.settings
}

interface Scene {
  readonly steps?: readonly ConnectionStep[]
  readonly isWritable?: boolean
  readonly stored?: unknown
  readonly secrets?: Record<string, string>
}

function setUp(scene: Scene = {}) {
  const { steps = passed, isWritable = true, secrets = { 'wecom.corpSecret': OLD_SECRET } } = scene
  const stored = 'stored' in scene ? scene.stored : working
  const log = createRecordingLogger()
  const store = Object.assign(createMemorySettings(stored), { isWritable })
  const vault = createMemorySecrets(secrets)
  const world = { steps, seenSecrets: [] as string[], applied: [] as Settings[] }
  let current = parseSettings(stored).ok ? settingsOf(stored) : null
  const provider = (readSecret: ReadSecret): SiteProvider<Settings['rooms'][number]['source']> => ({
    capabilities: { titles: 'own', organizers: true, approval: true, platformCheckIn: false },
    callCost: () => 1,
    listMeetings: () => Promise.reject(new Error('not in this test')),
    listRooms: () =>
      Promise.resolve([
        {
          vendorId: '12',
          source: { officeRoomId: 12, isSoleBooker: false },
          room: { name: '3F-西湖', capacity: 8, location: ['杭州'], equipment: [], needsApproval: false },
        },
        {
          vendorId: '15',
          source: { officeRoomId: 15, isSoleBooker: false },
          room: { name: '5F-灵隐', capacity: 4, location: ['杭州'], equipment: [], needsApproval: false },
        },
      ]),
    testConnection: async () => {
      world.seenSecrets.push(await readSecret('wecom.corpSecret'))
      return world.steps
    },
  })
  const service = createSettingsService({
    settings: store,
    secrets: vault,
    clock: createFakeClock(0),
    log,
    hasKiosk: false,
    createProvider: (_account, readSecret) => provider(readSecret),
    current: () => current,
    change: async ({ settings, persist }) => {
      await persist()
      current = settings
      world.applied.push(settings)
    },
  })
  return { service, store, vault, world, log }
}

async function refusal(run: Promise<unknown>): Promise<ApiError> {
  const outcome = await run.then(
    () => null,
    (error: unknown) => error,
  )
  if (outcome instanceof ApiFailure) return outcome.error
  throw new Error('it was not refused')
}

describe('createSettingsService', () => {
  it('saves a new account only after its test passed, with the secret just typed', async () => {
    const { service, world, vault, store } = setUp()
    const next = { ...working, account: { platform: 'wecom', corpId: 'ww2' } }
    expect(await service.save(next, { 'wecom.corpSecret': NEW_SECRET }, false)).toEqual({ kind: 'saved' })
    expect(world.seenSecrets).toEqual([NEW_SECRET])
    expect(await vault.read('wecom.corpSecret')).toEqual({ kind: 'found', value: NEW_SECRET })
    expect(world.applied).toHaveLength(1)
    expect(store.value).toMatchObject({ account: { corpId: 'ww2' } })
    expect(JSON.stringify(store.value)).not.toContain(NEW_SECRET)
  })

  it('a wrong setting never replaces a working one', async () => {
    const { service, world, vault, store } = setUp({ steps: refused })
    const next = { ...working, account: { platform: 'wecom', corpId: 'ww2' } }
    const outcome = await service.save(next, { 'wecom.corpSecret': NEW_SECRET }, false)
    expect(outcome).toMatchObject({
      kind: 'testFailed',
      steps: [{ refusal: { kind: 'auth', vendorCode: '40001' } }],
    })
    expect(await vault.read('wecom.corpSecret')).toEqual({ kind: 'found', value: OLD_SECRET })
    expect(store.value).toEqual(working)
    expect(world.applied).toEqual([])
  })

  it('unless the admin insists', async () => {
    const { service, world } = setUp({ steps: refused })
    const next = { ...working, account: { platform: 'wecom', corpId: 'ww2' } }
    expect(await service.save(next, {}, true)).toEqual({ kind: 'saved' })
    expect(world.applied).toHaveLength(1)
  })

  it('a change beside the account spends no test', async () => {
    const { service, world } = setUp({ steps: refused })
    expect(await service.save({ ...working, display: { theme: 'dark' } }, {}, false)).toEqual({
      kind: 'saved',
    })
    expect(world.seenSecrets).toEqual([])
  })

  it('an empty secret keeps the stored one', async () => {
    const { service, vault } = setUp()
    await service.save({ ...working, display: { theme: 'dark' } }, { 'wecom.corpSecret': '' }, false)
    expect(await vault.read('wecom.corpSecret')).toEqual({ kind: 'found', value: OLD_SECRET })
  })

  it('refuses settings without their secret, field by field', async () => {
    const { service } = setUp({ stored: undefined, secrets: {} })
    expect(await refusal(service.save(working, {}, true))).toMatchObject({
      code: 'badRequest',
      issues: [{ path: 'secrets.wecom.corpSecret' }],
    })
    expect(await refusal(service.save({ ...working, rooms: [] }, {}, true))).toMatchObject({
      code: 'badRequest',
      issues: [{ path: 'rooms' }],
    })
  })

  it('when the settings cannot be written, the old secret comes back: nothing is half applied', async () => {
    const { service, store, vault, world } = setUp()
    store.save = () => Promise.reject(new Error('ENOSPC'))
    expect((await refusal(service.save(working, { 'wecom.corpSecret': NEW_SECRET }, true))).code).toBe(
      'storage',
    )
    expect(await vault.read('wecom.corpSecret')).toEqual({ kind: 'found', value: OLD_SECRET })
    expect(world.applied).toEqual([])
  })

  it('says so when the host may not write', async () => {
    const { service } = setUp({ isWritable: false })
    expect((await refusal(service.save(working, {}, true))).code).toBe('storage')
  })

  it('the view and the export hold no secret, only that there is one', async () => {
    const { service, log } = setUp()
    const view = await service.view()
    expect(view.secrets).toEqual([{ name: 'wecom.corpSecret', hasValue: true }])
    await service.save(working, { 'wecom.corpSecret': NEW_SECRET }, true)
    const everything = JSON.stringify([view, await service.view(), service.exportText(), log.text()])
    expect(everything).not.toMatch(/SENTINEL/)
  })

  it('shows what is wrong with stored settings that cannot be used', async () => {
    const { service } = setUp({ stored: { ...working, rooms: 'none' } })
    expect(await service.view()).toMatchObject({ settings: null, issues: [{ path: 'rooms' }] })
  })

  it.each([
    ['', 2],
    ['西湖', 1],
    ['１５', 1],
    ['5f 灵', 1],
    ['莫干山', 0],
  ])('finds rooms by %j', async (text, count) => {
    const { service } = setUp()
    expect(await service.search({ account: null, secrets: {} }, text)).toHaveLength(count)
  })
})
