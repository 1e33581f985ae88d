import { spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { exitCodes } from '../../src/core/Core.ts'
import { MINUTE_MS } from '../../src/shared/domain/duration.ts'
import { runOf } from '../electron/runOf.ts'
import { handOver } from '../fixtures/electronDisplay.ts'
import { expect, test } from '../fixtures/test.ts'
import type { Door } from '../fixtures/test.ts'

// A folder that cannot be written: docs/kiosk.md, "Exit codes". Real mounts, because only root is believed by a test
// that takes rights away, and root is not refused.

/** @throws Error where the system refuses */
function run(program: string, ...args: readonly string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program} ${args.join(' ')}: ${stderr}`)
}

function canMount(): boolean {
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return false
  const folder = mkdtempSync(join(tmpdir(), 'doorplate-mount-'))
  const isMounted = spawnSync('mount', ['-t', 'tmpfs', 'tmpfs', folder]).status === 0
  if (isMounted) run('umount', folder)
  rmSync(folder, { recursive: true })
  return isMounted
}

test.skip(!canMount(), 'a disk that is full or read-only is mounted by root')
test.use({ appEnvironment: { DOORPLATE_SUPERVISED: '1' } })

/** Ends a panel that has shown a plan, lets its disk change, and starts it again. */
async function restartOn(door: Door, change: (userData: string) => void): Promise<void> {
  await door.screen.expectStatus('free')
  const { app, userData } = runOf(door)
  await app.close()
  change(userData)
  await door.display.restart()
}

test('a read-only folder: the plan is shown, the trouble too, and after minutes the supervisor is told 13', async ({
  door,
}) => {
  const { userData } = runOf(door)
  try {
    await restartOn(door, () => {
      run('mount', '--bind', userData, userData)
      run('mount', '-o', 'remount,bind,ro', userData)
    })
    await door.screen.expectStatus('free')
    await expect(door.screen.part('storage-broken')).toBeVisible()
    const again = runOf(door)
    const isOver = (): Promise<boolean> => Promise.resolve(!again.isRunning())
    await door.passUntil('the supervisor is told', isOver, 6 * MINUTE_MS)
    expect(await again.ended).toBe(exitCodes.folderUnwritable)
  } finally {
    spawnSync('umount', ['-l', userData])
  }
})

test('a full disk: the plan is shown, and once there is room a fresh process is asked for: 10', async ({
  door,
}) => {
  const { userData } = runOf(door)
  const ballast = join(userData, 'ballast')
  try {
    await restartOn(door, () => {
      const aside = `${userData}-aside`
      cpSync(userData, aside, { recursive: true, filter: (path) => !path.includes('session') })
      run('mount', '-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', userData)
      cpSync(aside, userData, { recursive: true })
      handOver(userData)
      fill(ballast)
    })
    await door.screen.expectStatus('free')
    await expect(door.screen.part('storage-broken')).toBeVisible()
    const again = runOf(door)
    await door.advance(MINUTE_MS)
    expect(again.isRunning()).toBe(true)
    rmSync(ballast)
    const isOver = (): Promise<boolean> => Promise.resolve(!again.isRunning())
    await door.passUntil('a fresh process is asked for', isOver, MINUTE_MS)
    expect(await again.ended).toBe(exitCodes.restartMe)
  } finally {
    spawnSync('umount', ['-l', userData])
  }
})

/** Writes until nothing fits any more. */
function fill(file: string): void {
  for (const size of [1 << 20, 4096, 1])
    try {
      for (;;) writeFileSync(file, Buffer.alloc(size), { flag: 'a' })
    } catch {
      // Full for pieces of this size.
    }
}
