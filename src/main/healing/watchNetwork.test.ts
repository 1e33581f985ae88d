import type { App } from 'electron'
import { EventEmitter } from 'node:events'
import { describe, expect, it, vi } from 'vitest'
import { createRecordingLogger } from '../../core/testing/recordingLogger.ts'
import { reduceNetwork, trustedNetwork } from './networkDoubt.ts'
import type { NetworkState } from './networkDoubt.ts'
import { watchNetwork } from './watchNetwork.ts'

const doubted = (failures: number): NetworkState => ({ kind: 'doubted', failures })
const lost: NetworkState = { kind: 'lost' }

describe('reduceNetwork', () => {
  it.each([
    ['an ordinary failure is no reason for doubt', trustedNetwork, 'failed', trustedNetwork],
    ['a death is', trustedNetwork, 'gone', doubted(0)],
    ['the new process may be on its way', doubted(0), 'failed', doubted(1)],
    ['a second failure says that nobody listens to it', doubted(1), 'failed', lost],
    ['any other word of it proves it', doubted(1), 'heard', trustedNetwork],
    ['a further death starts the count again', doubted(1), 'gone', doubted(0)],
    ['lost is lost', lost, 'heard', lost],
  ] as const)('%s', (_name, state, sign, next) => {
    expect(reduceNetwork(state, sign)).toEqual(next)
  })
})

describe('watchNetwork', () => {
  function build(isSupervised = true) {
    const app = new EventEmitter()
    const restart = vi.fn()
    const netFetch = vi.fn(() => Promise.resolve(new Response('{}')))
    const fetch = watchNetwork({
      app: app as unknown as App,
      netFetch,
      log: createRecordingLogger(),
      isSupervised,
      restart,
    })
    const die = (serviceName = 'network.mojom.NetworkService') =>
      app.emit('child-process-gone', {}, { type: 'Utility', reason: 'killed', exitCode: 9, serviceName })
    const ask = (signal?: AbortSignal) =>
      fetch('http://office.example/', signal ? { signal } : {}).catch((error: unknown) => error)
    const fail = (message = 'net::ERR_FAILED') => netFetch.mockRejectedValue(new Error(message))
    return { restart, netFetch, die, ask, fail }
  }

  it('asks for a fresh process, once, when every request fails after the network process died', async () => {
    const { restart, die, ask, fail } = build()
    die()
    fail()
    await ask()
    expect(restart).not.toHaveBeenCalled()
    for (let turn = 0; turn < 5; turn += 1) await ask()
    expect(restart).toHaveBeenCalledTimes(1)
  })

  it('a process that nobody starts again is not ended', async () => {
    const { restart, die, ask, fail } = build(false)
    die()
    fail()
    for (let turn = 0; turn < 5; turn += 1) await ask()
    expect(restart).not.toHaveBeenCalled()
  })

  it.each([
    ['nothing died', (): void => undefined, 'net::ERR_FAILED'],
    [
      'another process died',
      (die: (name: string) => unknown): void => void die('audio.mojom.AudioService'),
      'net::ERR_FAILED',
    ],
    ['the office is out of reach', (die: () => unknown): void => void die(), 'net::ERR_CONNECTION_REFUSED'],
  ])('stays when %s', async (_name, before, message) => {
    const { restart, die, ask, fail } = build()
    before(die)
    fail(message)
    for (let turn = 0; turn < 9; turn += 1) await ask()
    expect(restart).not.toHaveBeenCalled()
  })

  it('what was under way at the death, or was given up, says nothing of the new process', async () => {
    const { restart, netFetch, die, ask, fail } = build()
    const refusals: ((error: Error) => void)[] = []
    netFetch.mockImplementation(() => new Promise((_resolve, reject) => void refusals.push(reject)))
    const underWay = [ask(), ask(), ask()]
    die()
    for (const refuse of refusals) refuse(new Error('net::ERR_FAILED'))
    await Promise.all(underWay)
    fail()
    await ask()
    await ask(AbortSignal.abort())
    expect(restart).not.toHaveBeenCalled()
  })
})
