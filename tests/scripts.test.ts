import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { createSimulator } from '../simulator/createSimulator.ts'
import { secretsOf } from '../src/core/settings/secretNames.ts'
import { platforms } from '../src/shared/domain/platform.ts'
import type { Platform } from '../src/shared/domain/platform.ts'
import { settingsSchema } from '../src/shared/settings/schema.ts'
import { root } from './repositoryFiles.ts'

const folder = mkdtempSync(join(tmpdir(), 'doorplate-scripts-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const script = (name: string) => import(join(root, 'scripts/lib', name)) as Promise<unknown>

interface Counts {
  readonly passed: number
  readonly failed: number
  readonly skipped: number
}
type Count = (file: string, code: number) => Counts

const { countVitest, countPlaywright } = (await script('testCounts.mjs')) as {
  countVitest: Count
  countPlaywright: Count
}

function report(content: unknown): string {
  const file = join(folder, 'report.json')
  writeFileSync(file, JSON.stringify(content))
  return file
}

describe('counting tests', () => {
  const vitest = { numPassedTests: 5, numFailedTests: 0, numPendingTests: 2, numTodoTests: 1 }

  it('adds up what the reports say', () => {
    expect(countVitest(report(vitest), 0)).toEqual({ passed: 5, failed: 0, skipped: 3 })
    expect(countVitest(report({ ...vitest, numFailedTests: 4 }), 1)).toEqual({
      passed: 5,
      failed: 4,
      skipped: 3,
    })
    const playwright = { stats: { expected: 7, unexpected: 1, flaky: 0, skipped: 9 } }
    expect(countPlaywright(report(playwright), 1)).toEqual({ passed: 7, failed: 1, skipped: 9 })
  })

  // Each of these looked green to somebody once.
  it('takes silence for failure', () => {
    const failed = { passed: 0, failed: 1 }
    expect(countVitest(join(folder, 'nothing.json'), 0)).toMatchObject(failed)
    expect(countVitest(report({ ...vitest, numPassedTests: 0 }), 0)).toMatchObject(failed)
    expect(
      countPlaywright(report({ stats: { expected: 0, unexpected: 0, flaky: 0, skipped: 9 } }), 0),
    ).toMatchObject(failed)
    expect(countPlaywright(report({ errors: [{}] }), 1)).toMatchObject(failed)
  })

  it('takes a runner that failed outside of its tests for a failure', () => {
    expect(countVitest(report(vitest), 1)).toMatchObject({ passed: 5, failed: 1 })
  })

  it('does not call a test passed that only passed when it was tried again', () => {
    const stats = { expected: 3, unexpected: 0, flaky: 1, skipped: 0 }
    expect(countPlaywright(report({ stats }), 0)).toEqual({ passed: 3, failed: 1, skipped: 0 })
  })
})

describe('the demo', () => {
  interface SimulatorState {
    readonly dingtalk: {
      readonly operatorUnionId: string
      readonly rooms: readonly { readonly name: string; readonly roomId: string }[]
    }
    readonly feishu: {
      readonly roomIds: Readonly<Record<string, string>>
      readonly openIds: Readonly<Record<string, string>>
    }
    readonly limits: object
  }
  /** How each platform knows 西湖, as the simulator itself tells. */
  const westLakeOf: Readonly<Record<Platform, (state: SimulatorState) => object>> = {
    wecom: () => ({ officeRoomId: 12 }),
    dingtalk: ({ dingtalk }) => ({ roomId: dingtalk.rooms.find(({ name }) => name === '西湖')!.roomId }),
    feishu: ({ feishu }) => ({ roomId: feishu.roomIds['12']! }),
  }

  /** The service person the door books for, as each platform names them. */
  const serviceOf: Readonly<Record<Platform, (state: SimulatorState) => object>> = {
    wecom: () => ({ bookerUserId: 'doorplate' }),
    dingtalk: ({ dingtalk }) => ({ bookerUnionId: dingtalk.operatorUnionId }),
    feishu: ({ feishu }) => ({ bookerOpenId: feishu.openIds['doorplate']! }),
  }

  interface Demo {
    readonly port: string
    at(simulator: string): Promise<{ settings: unknown; secrets: Record<string, string> }>
  }
  const flags = {
    language: 'en-US',
    theme: 'dark',
    port: '0',
    'unknown-after-minutes': '2',
  }

  it.each(platforms)(
    'binds rooms the simulated %s really has, with every secret its account needs',
    async (platform) => {
      const { readDemoSettings, demoPlatforms } = (await script('demoSettings.mjs')) as {
        readDemoSettings: (given: object) => Demo
        demoPlatforms: readonly string[]
      }
      expect(demoPlatforms).toContain(platform)
      const simulator = createSimulator()
      const { url } = await simulator.listen(0)
      try {
        const { settings, secrets } = await readDemoSettings({ ...flags, platform }).at(url)
        const parsed = settingsSchema.parse(settings)
        expect(parsed).toMatchObject({
          defaultRoomId: 'west-lake',
          display: { language: 'en-US', theme: 'dark' },
          polling: { unknownAfterMinutes: 2 },
        })
        const first = parsed.rooms.find(({ id }) => id === 'west-lake')!
        const state = (await (await fetch(`${url}/__sim/state`)).json()) as SimulatorState
        expect(first.source).toMatchObject(westLakeOf[platform](state))
        expect(parsed.rooms.length).toBeGreaterThan(3)
        expect(parsed.account).toMatchObject(serviceOf[platform](state))
        // As shipped, so that what the demo shows first is what a new panel shows.
        expect(parsed.checkIn).toMatchObject({ mode: 'platform', isReleaseOn: false })
        expect(Object.keys(secrets)).toEqual(secretsOf(parsed.account))
        // The poll of a demo would spend an organisation's month in hours; both sides must let it.
        expect(parsed.account).toMatchObject(platform === 'wecom' ? {} : { monthlyCalls: null })
        expect(state.limits).toMatchObject({ dingtalkCallsPerMonth: null, feishuCallsPerMonth: null })
      } finally {
        await simulator.close()
      }
    },
  )

  it('with --actions asks people to check in, for minutes, and gives the room back', async () => {
    const { readDemoSettings } = (await script('demoSettings.mjs')) as {
      readDemoSettings: (given: object) => Demo
    }
    const simulator = createSimulator()
    const { url } = await simulator.listen(0)
    try {
      const given = { ...flags, platform: 'wecom', actions: true, 'check-in-minutes': '3' }
      const { settings } = await readDemoSettings(given).at(url)
      expect(settingsSchema.parse(settings).checkIn).toEqual({
        mode: 'local',
        opensBeforeMinutes: 3,
        closesAfterMinutes: 3,
        isReleaseOn: true,
      })
    } finally {
      await simulator.close()
    }
  })
})

describe('the commands', () => {
  const run = (name: string, ...args: string[]) =>
    spawnSync(process.execPath, [join(root, 'scripts', `${name}.mjs`), ...args], { encoding: 'utf8' })

  it.each(['demo', 'check', 'start', 'host', 'simulator', 'testElectron'])(
    '%s says how it is used, and does nothing else',
    (name) => {
      const { status, stdout } = run(name, '--help')
      expect(status).toBe(0)
      expect(stdout).toMatch(/^(?:Usage|.*\n\nUsage)/)
    },
  )

  it.each([
    ['demo', '--frobnicate'],
    ['demo', '--theme', 'pink'],
    ['demo', '--unknown-after-minutes', '0'],
    ['demo', '--check-in-minutes', '0'],
    ['demo', '--platform', 'fax'],
    ['check', '--frobnicate'],
  ])('%s refuses %s %s before anything is installed or started', (name, ...args) => {
    const { status, stdout, stderr } = run(name, ...args)
    expect(status).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toContain(args[0])
    expect(stderr.trim().split('\n')).toHaveLength(1)
  })
})
