import { describe, expect, it, vi } from 'vitest'
import { createFakeClock } from '../testing/fakeClock.ts'
import { createRecordingLogger } from '../testing/recordingLogger.ts'
import { createServerTime } from '../time/createServerTime.ts'
import { ProviderError } from './ProviderError.ts'
import { createProvider } from './registry.ts'

const account = { platform: 'wecom', baseUrl: 'https://qyapi.weixin.qq.com', corpId: 'ww1' } as const

function setUp(readSecret: (name: string) => Promise<string>) {
  const fetch = vi.fn(() => Promise.reject(new Error('no network here')))
  const clock = createFakeClock(1_773_626_400_000)
  const provider = createProvider(account, readSecret, {
    http: { fetch },
    clock,
    time: createServerTime(clock),
    log: createRecordingLogger(),
    timeZone: 'Asia/Shanghai',
    onCall: vi.fn(),
    mayAlsoCall: () => true,
  })
  return { fetch, provider }
}

describe('createProvider', () => {
  it('makes no call and reads no secret until it is asked', () => {
    const readSecret = vi.fn(() => Promise.resolve('secret'))
    const { fetch } = setUp(readSecret)
    expect([fetch.mock.calls, readSecret.mock.calls]).toEqual([[], []])
  })

  it('a missing secret fails the read as auth, without a call', async () => {
    const missing = new ProviderError('auth', 'the secret is missing')
    const readSecret = vi.fn(() => Promise.reject(missing))
    const { fetch, provider } = setUp(readSecret)
    const range = { fromMs: 1_773_590_400_000, untilMs: 1_773_676_800_000 }
    const rooms = [{ id: 'a', source: { officeRoomId: 12, isSoleBooker: false } }]
    await expect(provider.listMeetings(rooms, range, new AbortController().signal)).rejects.toBe(missing)
    expect(readSecret).toHaveBeenCalledWith('wecom.corpSecret')
    expect(fetch).not.toHaveBeenCalled()
  })
})
