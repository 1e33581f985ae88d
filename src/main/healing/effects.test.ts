import type { App } from 'electron'
import { EventEmitter } from 'node:events'
import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import type { ApiEvent } from '../../shared/api/events.ts'
import { HOUR_MS } from '../../shared/domain/duration.ts'
import { createRoomUse } from './createRoomUse.ts'
import { createStartHistory } from './createStartHistory.ts'
import { freshGpuMemory, gpuMemorySchema } from './gpuPolicy.ts'
import { createHeartbeatFile } from './heartbeatFile.ts'
import { createMarkerFile, createMarkerFs } from './markerFile.ts'
import { prepareGraphics } from './prepareGraphics.ts'
import { watchNight } from './watchNight.ts'

let folder: string
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'doorplate-run-'))
  return () => rm(folder, { recursive: true, force: true })
})

const graphics = () =>
  createMarkerFile({
    path: join(folder, 'run', 'graphics.json'),
    schema: gpuMemorySchema,
    initial: freshGpuMemory('1'),
    fs: createMarkerFs(),
  })

describe('createMarkerFile', () => {
  it('remembers across runs, privately', async () => {
    const kept = { mode: 'software' as const, failuresAtMs: [5], versions: '1' }
    graphics().write(kept)
    expect(graphics().read()).toEqual(kept)
    expect((await stat(join(folder, 'run', 'graphics.json'))).mode & 0o777).toBe(0o600)
    expect(await readdir(join(folder, 'run'))).toEqual(['graphics.json'])
  })

  it.each(['', '{', 'null', '{"mode":"turbo","failuresAtMs":[],"versions":"1"}', '[]'])(
    'a file of %j costs the memory, not the start',
    async (text) => {
      graphics().write(freshGpuMemory('2'))
      await writeFile(join(folder, 'run', 'graphics.json'), text)
      expect(graphics().read()).toEqual(freshGpuMemory('1'))
    },
  )

  it('a full disk does not stop a dying process from dying', () => {
    const marker = createMarkerFile({
      path: '/x',
      schema: gpuMemorySchema,
      initial: freshGpuMemory('1'),
      fs: {
        read: () => {
          throw new Error('EIO')
        },
        replace: () => {
          throw new Error('ENOSPC')
        },
      },
    })
    expect(() => marker.write(freshGpuMemory('1'))).not.toThrow()
    expect(marker.read()).toEqual(freshGpuMemory('1'))
  })
})

describe('prepareGraphics', () => {
  function run(versions = '1') {
    const app = Object.assign(new EventEmitter(), {
      disableHardwareAcceleration: vi.fn(),
      commandLine: { appendSwitch: vi.fn() },
    })
    const deps = { app: app as unknown as App, memory: graphics(), versions, clock: createFakeClock(1_000) }
    prepareGraphics({ ...deps, log: createRecordingLogger() })
    const die = (type: string, reason = 'crashed'): void =>
      void app.emit('child-process-gone', {}, { type, reason, exitCode: 1, name: type })
    return { app, die }
  }

  it('draws in software after three deaths over several runs, without the sandbox after three more', () => {
    for (let start = 0; start < 3; start += 1) {
      const { app, die } = run()
      expect(app.disableHardwareAcceleration).not.toHaveBeenCalled()
      die('GPU')
    }
    for (let start = 0; start < 3; start += 1) {
      const { app, die } = run()
      expect(app.disableHardwareAcceleration).toHaveBeenCalledTimes(1)
      expect(app.commandLine.appendSwitch).not.toHaveBeenCalled()
      die('GPU')
    }
    expect(run().app.commandLine.appendSwitch).toHaveBeenCalledWith('disable-gpu-sandbox')
    expect(run('2').app.disableHardwareAcceleration).not.toHaveBeenCalled()
  })

  it('counts neither other processes nor a clean end', () => {
    const { die } = run()
    for (let count = 0; count < 9; count += 1) {
      die('Utility')
      die('GPU', 'clean-exit')
    }
    expect(run().app.disableHardwareAcceleration).not.toHaveBeenCalled()
  })
})

describe('createHeartbeatFile', () => {
  it('is as old as the last sign of life', async () => {
    const clock = createFakeClock(Date.UTC(2026, 4, 1))
    const path = join(folder, 'run', 'heartbeat')
    const beat = createHeartbeatFile(path, clock)
    beat()
    beat()
    await clock.advance(15_000)
    beat()
    expect((await stat(path)).mtimeMs).toBe(Date.UTC(2026, 4, 1) + 15_000)
    expect((await stat(path)).size).toBe(0)
  })
})

describe('createStartHistory', () => {
  const start = (nowMs: number) => {
    const clock = createFakeClock(nowMs)
    const history = createStartHistory({
      clock,
      log: createRecordingLogger(),
      pathOf: (...names) => join(folder, ...names),
    })
    return { clock, history }
  }

  it('makes a start after three bad ones wait, and none after a healthy run', async () => {
    for (let count = 0; count < 3; count += 1) start(1_000 + count)
    const { clock, history } = start(2_000)
    const opened = vi.fn()
    void history.pauseAfterTrouble().then(opened)
    await clock.advance(4_999)
    expect(opened).not.toHaveBeenCalled()
    await clock.advance(1)
    expect(opened).toHaveBeenCalled()
    history.forgetTrouble()
    const next = start(9_000)
    await next.history.pauseAfterTrouble()
    expect(next.clock.pending()).toBe(0)
  })

  it('does not take a run that was asked to end for a crash, however short, and forgets no crash for it', async () => {
    for (let count = 0; count < 7; count += 1) start(1_000 + count).history.noteWantedEnd()
    const eighth = start(2_000)
    await eighth.history.pauseAfterTrouble()
    expect(eighth.clock.pending()).toBe(0)
    for (let count = 0; count < 3; count += 1) start(3_000 + count)
    start(4_000).history.noteWantedEnd()
    const { clock, history } = start(5_000)
    void history.pauseAfterTrouble()
    expect(clock.pending()).toBe(1)
  })

  it('keeps trouble forgotten when a healthy run is asked to end', async () => {
    for (let count = 0; count < 3; count += 1) start(1_000 + count)
    const healthy = start(2_000).history
    healthy.forgetTrouble()
    healthy.noteWantedEnd()
    const next = start(3_000)
    await next.history.pauseAfterTrouble()
    expect(next.clock.pending()).toBe(0)
  })
})

describe('watchNight', () => {
  const midnight = Date.UTC(2026, 4, 1, 16) // 00:00 in Shanghai

  function build(isSupervised = true) {
    const clock = createFakeClock(midnight)
    const rooms = createRoomUse()
    const restart = vi.fn()
    const state = { lastTouchMs: 0, isWanted: true, isUpdateWaiting: false, timeZone: 'Asia/Shanghai' }
    watchNight({
      clock,
      rooms,
      lastTouchMs: () => state.lastTouchMs,
      isSupervised,
      isWanted: () => state.isWanted,
      isUpdateWaiting: () => state.isUpdateWaiting,
      timeZone: () => state.timeZone,
      restart,
    })
    return { clock, rooms, restart, state }
  }
  const plan = (fromMs: number, untilMs: number): ApiEvent =>
    ({
      name: 'room.changed',
      payload: {
        snapshot: {
          room: { id: 'xihu' },
          meetings: [{ startMs: fromMs, endMs: untilMs, state: 'confirmed', releasedAtMs: null }],
        },
        sentAtMs: 0,
      },
    }) as unknown as ApiEvent

  it('takes a version that arrived in the night the same night, once nobody meets', async () => {
    const { clock, rooms, restart, state } = build()
    await clock.advance(3.5 * HOUR_MS)
    rooms.note(plan(midnight + 3 * HOUR_MS, midnight + 4 * HOUR_MS))
    state.isUpdateWaiting = true
    await clock.advance(0.5 * HOUR_MS)
    expect(restart).not.toHaveBeenCalled()
    await clock.advance(0.75 * HOUR_MS)
    expect(restart).toHaveBeenCalledTimes(1)
  })

  it('does not restart when the admin wants none', async () => {
    const { clock, restart, state } = build()
    state.isWanted = false
    await clock.advance(72 * HOUR_MS)
    expect(restart).not.toHaveBeenCalled()
    state.isWanted = true
    await clock.advance(24 * HOUR_MS)
    expect(restart).toHaveBeenCalled()
  })

  it('restarts once, in the second night, at three', async () => {
    const { clock, restart } = build()
    await clock.advance(27 * HOUR_MS - 1)
    expect(restart).not.toHaveBeenCalled()
    await clock.advance(10 * 60_000)
    expect(restart).toHaveBeenCalledTimes(1)
    await clock.advance(2 * HOUR_MS)
    expect(restart).toHaveBeenCalledTimes(1)
  })

  it('lets a meeting at night pass, and what comes right after it', async () => {
    const { clock, restart, rooms } = build()
    const from = midnight + 26.5 * HOUR_MS
    rooms.note(plan(from, from + 1.25 * HOUR_MS))
    await clock.advance(28.2 * HOUR_MS)
    expect(restart).not.toHaveBeenCalled()
    await clock.advance(0.5 * HOUR_MS)
    expect(restart).toHaveBeenCalledTimes(1)
  })

  it('goes by the panel’s zone, not by the device’s', async () => {
    const { clock, restart, state } = build()
    state.timeZone = 'America/New_York'
    await clock.advance(30 * HOUR_MS)
    expect(restart).not.toHaveBeenCalled()
    await clock.advance(10 * HOUR_MS)
    expect(restart).toHaveBeenCalledTimes(1)
  })

  it('does not restart under somebody’s finger', async () => {
    const { clock, restart, state } = build()
    for (let minutes = 0; minutes < 29 * 60; minutes += 5) {
      await clock.advance(300_000)
      state.lastTouchMs = clock.monotonic()
    }
    expect(restart).not.toHaveBeenCalled()
  })

  it('never ends a process that nobody would start again', async () => {
    const { clock, restart } = build(false)
    await clock.advance(100 * HOUR_MS)
    expect(restart).not.toHaveBeenCalled()
    expect(clock.pending()).toBe(0)
  })
})
