import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import { createFakeClock } from '../../core/testing/fakeClock.ts'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { claimInstance, isHeldByLiving, makeStandInFolder } from './claimInstance.ts'
import { createFolderFs, explainFolderTrouble, findFolderTrouble } from './folderTrouble.ts'
import type { FolderTrouble } from './folderTrouble.ts'
import { watchFolder } from './watchFolder.ts'

let folder = ''
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'doorplate-folder-'))
  return () => rmSync(folder, { recursive: true, force: true })
})
const fails = (code: string) => () => {
  throw Object.assign(new Error(code), { code })
}
const trouble: FolderTrouble = { folder: '/data', code: 'EROFS' }

describe('findFolderTrouble', () => {
  it('has nothing to say of a folder that takes a file, and leaves none behind', () => {
    const path = join(folder, 'new')
    expect(findFolderTrouble(path, createFolderFs())).toBeNull()
    expect(readdirSync(join(path, 'run'))).toEqual([])
    expect(readdirSync(path).sort()).toEqual(['run', 'session'])
  })

  it.each(['EROFS', 'ENOSPC', 'EDQUOT', 'EIO', 'EACCES'])(
    '%s is a trouble that may pass, not a wrong command line',
    (code) => {
      expect(findFolderTrouble(folder, { ...createFolderFs(), write: fails(code) })).toEqual({ folder, code })
      expect(findFolderTrouble(folder, { ...createFolderFs(), make: fails(code) })).toEqual({ folder, code })
    },
  )

  it('writes more than an empty file, which a full disk would still take', () => {
    const write = vi.fn()
    findFolderTrouble(folder, { ...createFolderFs(), write })
    expect(String(write.mock.calls[0]?.[1]).length).toBeGreaterThan(4_096)
  })

  it('a path that makes no sense is the command line’s fault', () => {
    expect(() => findFolderTrouble(folder, { ...createFolderFs(), make: fails('ENOTDIR') })).toThrow(
      'ENOTDIR',
    )
  })

  it('says what is wrong, where, and what to do', () => {
    expect(explainFolderTrouble(trouble)).toMatch(/^\/data cannot be written: .*read-only.*\(EROFS\)/)
    expect(explainFolderTrouble({ ...trouble, code: 'ENOSPC' })).toContain('full')
  })
})

describe('claimInstance', () => {
  /** @param locks what Electron answers to each request */
  function claim(
    locks: readonly boolean[],
    found: FolderTrouble | null,
    isHeld = false,
    standIn = () => '/tmp/x',
  ) {
    const setPath = vi.fn()
    const answers = [...locks]
    const app = { requestSingleInstanceLock: () => answers.shift() ?? false, setPath }
    return {
      claim: claimInstance({ app, trouble: found, isHeld: () => isHeld, standIn }),
      paths: setPath.mock.calls,
    }
  }

  it.each([
    ['the lock is ours', [true], null, false, 'ours'],
    ['so on a full disk that still took the lock', [true], trouble, false, 'ours'],
    ['another one has it', [false], null, false, 'taken'],
    ['another one has it, on a disk that became read-only since', [false, true], trouble, true, 'taken'],
    ['nobody has it, it could not be written', [false, true], trouble, false, 'aside'],
    ['another one is aside already', [false, false], trouble, false, 'taken'],
  ] as const)('%s', (_name, locks, found, isHeld, expected) => {
    const { claim: claimed, paths } = claim(locks, found, isHeld)
    expect(claimed).toBe(expected)
    expect(paths.length > 0).toBe(found !== null && !isHeld && !locks[0])
  })

  it('has nowhere to go where no folder can be written at all', () => {
    expect(claim([false, true], trouble, false, fails('EROFS')).claim).toBe('nowhere')
  })

  it('stands in by the same folder for the same panel, so that two of them still meet', () => {
    expect(makeStandInFolder(folder)).toBe(makeStandInFolder(folder))
    expect(makeStandInFolder(folder)).not.toBe(makeStandInFolder(`${folder}2`))
    for (const one of [folder, `${folder}2`]) rmSync(makeStandInFolder(one), { recursive: true })
  })

  it.runIf(process.platform === 'linux').each([
    ['a living one', process.pid, true],
    ['one that is gone', 4_194_304, false],
    ['a number that another program has now', 1, false],
  ])('knows a lock of %s', (_name, pid, isHeld) => {
    symlinkSync(`tablet-7-${pid}`, join(folder, 'SingletonLock'))
    expect(isHeldByLiving(folder)).toBe(isHeld)
  })

  it('no lock, no holder', () => {
    expect(isHeldByLiving(folder)).toBe(false)
  })
})

describe('watchFolder', () => {
  function build({ isSupervised = true, isAside = true } = {}) {
    const clock = createFakeClock(0)
    const exits: number[] = []
    const state = { found: trouble as FolderTrouble | null }
    watchFolder({
      clock,
      log: createRecordingLogger(),
      exit: { request: (code) => exits.push(code) },
      look: () => state.found,
      isSupervised,
      isAside,
    })
    return { clock, exits, state }
  }

  it('asks for a fresh process as soon as the folder can be written again', async () => {
    const { clock, exits, state } = build()
    await clock.advance(60_000)
    expect(exits).toEqual([])
    state.found = null
    await clock.advance(15_000)
    expect(exits).toEqual([10])
  })

  it('tells its supervisor by a code of its own, before a watchdog takes the old heartbeat for a hang', async () => {
    const { clock, exits } = build()
    await clock.advance(299_000)
    expect(exits).toEqual([13])
  })

  it.each([
    ['that nobody starts again', { isSupervised: false }],
    ['that took its lock all the same', { isAside: false }],
  ])('a panel %s stays on the door', async (_name, how) => {
    const { clock, exits } = build(how)
    await clock.advance(3_600_000)
    expect(exits).toEqual([])
  })
})
