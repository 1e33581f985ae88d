import { expect, it } from 'vitest'
import type { ApiResult } from '../../../shared/api/errors.ts'
import { createFakeApi } from './fakeApi.ts'
import type { FakeAnswers } from './fakeApi.ts'
import { describeDistrust, describeTransport } from './testing/transportSuite.ts'
import type { SeenRequest, TransportPeer } from './testing/transportSuite.ts'

function open(): Promise<TransportPeer> {
  let handler: (request: SeenRequest) => unknown = () => undefined
  const answer = (): unknown => handler(api.requests.at(-1)!)
  const answers = { 'panel.open': answer, 'room.refresh': answer, 'session.lock': answer } as FakeAnswers
  const api = createFakeApi(answers)
  return Promise.resolve({
    api,
    answer: (next: (request: SeenRequest) => ApiResult<unknown> | Promise<ApiResult<unknown>>) => {
      handler = next
    },
    emit: (event, payload) => {
      api.emit(event, payload)
      return Promise.resolve()
    },
    breakOff: () => {
      handler = () => undefined
      api.setConnection('lost')
      return Promise.resolve()
    },
    close: () => Promise.resolve(),
  } satisfies TransportPeer)
}

describeTransport('fake', open)
describeDistrust('fake', open)

it('knows who still listens, so that a test can see a leak', () => {
  const api = createFakeApi({})
  const end = api.on('room.changed', () => undefined)
  const endConnection = api.onConnection(() => undefined)
  expect(api.listenerCount()).toBe(2)
  end()
  endConnection()
  expect(api.listenerCount()).toBe(0)
})
