import { MINUTE_MS } from '../../src/shared/domain/duration.ts'
import { openWaitingKeyring } from '../electron/openKeyring.ts'
import type { ElectronRun } from '../electron/ElectronRun.ts'
import { runOf } from '../electron/runOf.ts'
import { skipWithout } from '../electron/skipWithout.ts'
import { askFrom, becomeAdmin } from '../fixtures/AdminClient.ts'
import { expect, test } from '../fixtures/test.ts'

// A key store that does not work, on the real runtime. Where it lacks the asynchronous calls the test lends them, see
// `e2e/electron/preload.ts`; the modes are the lent one's.

for (const sealing of ['unavailable', 'hanging', 'changedKey'] as const)
  test.describe(`a key store that is ${sealing}`, () => {
    test.use({ sealing })

    test('leaves the door unfree and the sealed secret as it was', async ({ door }) => {
      await door.passUntilStatus('unknown', 2 * MINUTE_MS)
      for (let minute = 0; minute < 5; minute += 1) await door.advance(MINUTE_MS)
      const shown = (await door.screen.history()).map(({ status }) => status)
      expect(shown).not.toContain('free')
      expect(shown).not.toContain('unconfigured')
      expect(await door.display.written()).toContain('"wecom.corpSecret":{"method":"v11"')
    })
  })

test.describe('a session without a keyring', () => {
  test.use({ sealing: 'obfuscated' })

  test('works, and the settings screen does not call it safe', async ({ door }) => {
    await door.screen.expectStatus('free')
    const token = await becomeAdmin(door.display)
    const view = await askFrom(() => door.display.page())('settings.get', {}, token)
    expect(view).toMatchObject({ ok: true, data: { secretStrength: 'obfuscated' } })
    // Chromium itself, asked for what it would use here: nothing better than its fixed key is claimed for this session.
    const backend = await runOf(door).app.evaluate(({ safeStorage }) =>
      safeStorage.getSelectedStorageBackend(),
    )
    expect(backend).toBe('basic_text')
  })
})

test.describe('a session whose keyring waits for a password nobody types', () => {
  skipWithout('dbus-run-session', 'gnome-keyring-daemon')
  test.use({ appArgs: ['--password-store=gnome-libsecret'] })

  test('does not keep the panel from starting and reading', async ({ openDoor }) => {
    const keyring = await openWaitingKeyring()
    Object.assign(process.env, keyring.environment)
    try {
      const door = await openDoor()
      await door.screen.expectStatus('free')
      await door.simulator.addBooking({ room: 12, startInMinutes: -1 })
      await door.passUntilStatus('busy', MINUTE_MS)
      expect(await askKeyring(runOf(door))).toBe('waits')
    } finally {
      for (const name of Object.keys(keyring.environment)) Reflect.deleteProperty(process.env, name)
      await keyring.close()
    }
  })
})

/** Asks Chromium's synchronous half, which the product never does: the process then waits as the keyring does, and is ended. */
async function askKeyring(run: ElectronRun): Promise<string> {
  const answer = run.app
    .evaluate(({ safeStorage }) => {
      const isAvailable = Reflect.get(safeStorage, 'isEncryptionAvailable')
      return String(isAvailable.call(safeStorage))
    })
    .catch(() => 'ended')
  const patience = new Promise<string>((resolve) => setTimeout(() => resolve('waits'), 1_500))
  const said = await Promise.race([answer, patience])
  process.kill(run.pid, 'SIGKILL')
  await run.ended
  return said
}
