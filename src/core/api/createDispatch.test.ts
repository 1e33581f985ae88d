import { describe, expect, it } from 'vitest'
import { routes } from '../../shared/api/routes.ts'
import type { RouteName } from '../../shared/api/routes.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { ApiFailure } from './ApiFailure.ts'
import { anyScreen } from './Caller.ts'
import type { Caller } from './Caller.ts'
import { createDispatch } from './createDispatch.ts'
import type { Handlers } from './Handlers.ts'

const names = Object.keys(routes) as RouteName[]
const admin: Caller = { kind: 'admin', session: 'open' }
const adminNames = names.filter((name) => routes[name].access === 'admin')

/** Handlers that all do the same. */
function handlersDoing(run: () => unknown): Handlers {
  return Object.fromEntries(names.map((name) => [name, run])) as unknown as Handlers
}

describe('createDispatch', () => {
  it('has routes of both kinds, or the tests below prove nothing', () => {
    expect(adminNames.length).toBeGreaterThan(5)
    expect(names.length - adminNames.length).toBeGreaterThan(3)
  })

  it.each(adminNames)('%s is refused at the door and never reaches its handler', async (name) => {
    let calls = 0
    const dispatch = createDispatch(
      handlersDoing(() => (calls += 1)),
      createRecordingLogger(),
    )
    expect(await dispatch(name, {}, anyScreen)).toEqual({ ok: false, error: { code: 'forbidden' } })
    expect(calls).toBe(0)
  })

  it.each(names)('%s refuses input of wrong types, naming fields and repeating no value', async (name) => {
    const dispatch = createDispatch(
      handlersDoing(() => 'reached'),
      createRecordingLogger(),
    )
    for (const input of [null, 7, 'SENTINEL', [], { SENTINEL: 1, surprise: 'SENTINEL' }]) {
      const answer = await dispatch(name, input, admin)
      expect(answer).toMatchObject({ ok: false, error: { code: 'badRequest' } })
    }
    expect(
      JSON.stringify(await dispatch(name, { roomId: ['SENTINEL'], pin: 'SENTINEL' }, admin)),
    ).not.toContain('SENTINEL')
  })

  it('passes a refusal on and hides a bug behind "internal", logged without its message', async () => {
    const log = createRecordingLogger()
    const refusing = createDispatch(
      handlersDoing(() => {
        throw new ApiFailure({ code: 'notFound' })
      }),
      log,
    )
    expect(await refusing('settings.get', {}, admin)).toEqual({ ok: false, error: { code: 'notFound' } })
    expect(log.lines).toEqual([])
    const broken = createDispatch(
      handlersDoing(() => Promise.reject(new TypeError('SENTINEL title'))),
      log,
    )
    expect(await broken('settings.get', {}, admin)).toEqual({ ok: false, error: { code: 'internal' } })
    expect(log.lines).toHaveLength(1)
    expect(log.text()).not.toContain('SENTINEL')
  })
})
