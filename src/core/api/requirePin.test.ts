import { describe, expect, it } from 'vitest'
import type { PinGuard } from '../settings/createPinGuard.ts'
import { createSessions } from '../settings/createSessions.ts'
import { createFakeClock } from '../testing/fakeClock.ts'
import { anyScreen } from './Caller.ts'
import type { AdminHandlerDeps } from './createAdminHandlers.ts'
import { createAdminHandlers } from './createAdminHandlers.ts'
import { requirePin } from './requirePin.ts'

describe('requirePin', () => {
  it('lets pass what was granted', () => {
    expect(() => requirePin({ kind: 'right' })).not.toThrow()
    expect(() => requirePin({ kind: 'set' })).not.toThrow()
  })

  // Whoever stands outside learns the wait and nothing else: not whether a PIN exists, nor what is broken.
  it.each([
    [
      { kind: 'wrong', waitMs: 30_000 },
      { code: 'wrongPin', waitMs: 30_000 },
    ],
    [
      { kind: 'locked', waitMs: 60_000 },
      { code: 'locked', waitMs: 60_000 },
    ],
    [{ kind: 'unset' }, { code: 'forbidden' }],
    [{ kind: 'taken' }, { code: 'forbidden' }],
    [{ kind: 'unavailable' }, { code: 'storage' }],
  ] as const)('%j is refused as %j', (answer, error) => {
    expect(() => requirePin(answer)).toThrow(expect.objectContaining({ error }))
  })

  it('no route answers a refusal as if it were granted', async () => {
    const pins: PinGuard = {
      state: () => Promise.reject(new Error('not asked')),
      setFirstPin: () => Promise.resolve({ kind: 'taken' }),
      changePin: () => Promise.resolve({ kind: 'unavailable' }),
      check: () => Promise.resolve({ kind: 'wrong', waitMs: 0 }),
    }
    const sessions = createSessions(createFakeClock(0))
    // The routes of a session need nothing else.
    const handlers = createAdminHandlers({ pins, sessions } as Partial<AdminHandlerDeps> as AdminHandlerDeps)
    const pin = '246801'
    const refused = (code: string) => ({ error: { code } })
    await expect(handlers['session.setPin']({ pin, setupCode: null }, anyScreen)).rejects.toMatchObject(
      refused('forbidden'),
    )
    await expect(handlers['session.unlock']({ pin }, anyScreen)).rejects.toMatchObject(refused('wrongPin'))
    await expect(handlers['session.changePin']({ pin }, anyScreen)).rejects.toMatchObject(refused('storage'))
  })
})
