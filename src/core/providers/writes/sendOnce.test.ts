import { describe, expect, it } from 'vitest'
import { ProviderError } from '../ProviderError.ts'
import { sendOnce } from './sendOnce.ts'

const never = new AbortController().signal
const notSaid = () => false
const failing = (error: unknown, isSent = true) =>
  sendOnce(
    (onSend) => {
      if (isSent) onSend()
      return Promise.reject(error instanceof Error ? error : new Error(String(error)))
    },
    notSaid,
    never,
  )

describe('what is known of a request', () => {
  // Calling a lost request refused would invite a second press, and a second booking.
  it.each([
    ['the deadline passed', 'network', 'DEADLINE', 'lost'],
    ['the line broke', 'network', 'ECONNRESET', 'lost'],
    ['a gateway failed', 'server', 'HTTP 502', 'lost'],
    ['nobody understands the answer', 'badResponse', undefined, 'lost'],
    ['nobody listens', 'network', 'ECONNREFUSED', 'unsent'],
    ['no such host', 'network', 'ENOTFOUND', 'unsent'],
    ['a wrong certificate', 'tls', 'CERT_HAS_EXPIRED', 'unsent'],
    ['no right', 'permission', '48002', 'refused'],
    ['too fast', 'rateLimited', 'HTTP 429', 'refused'],
    ['the month is spent', 'quota', undefined, 'refused'],
  ] as const)('%s', async (_name, kind, vendorCode, expected) => {
    expect((await failing(new ProviderError(kind, 'x', { vendorCode }))).kind).toBe(expected)
  })

  it('what failed on the way to the token never left', async () => {
    expect((await failing(new ProviderError('server', 'gettoken'), false)).kind).toBe('unsent')
  })

  it('the platform’s own no, in a code nobody documented', async () => {
    const call = (onSend: () => void) => {
      onSend()
      return Promise.reject(new ProviderError('badResponse', 'x', { vendorCode: '90701' }))
    }
    expect((await sendOnce(call, ({ details }) => details.vendorCode === '90701', never)).kind).toBe(
      'refused',
    )
  })

  it('a bug of ours is thrown', async () => {
    await expect(failing(new RangeError('bug'))).rejects.toThrow('bug')
  })

  it('given up: thrown before it was sent, lost from then on', async () => {
    for (const isSent of [false, true]) {
      const giveUp = new AbortController()
      const sending = sendOnce(
        (onSend) => {
          if (isSent) onSend()
          giveUp.abort(new Error('given up'))
          return Promise.reject(new Error('given up'))
        },
        notSaid,
        giveUp.signal,
      )
      if (isSent) expect((await sending).kind).toBe('lost')
      else await expect(sending).rejects.toThrow('given up')
    }
  })
})
