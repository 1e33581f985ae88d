import { describe, expect, it } from 'vitest'
import { createRedaction } from './redaction.ts'

const random = 'Zx9QwErTyUiOpAsDfGhJkL0123456789abcdEFGH'

describe('redaction', () => {
  it.each([
    ['a query', `GET /cgi-bin/gettoken?corpid=ww1&corpsecret=hunter2-x&debug=1`, 'hunter2-x'],
    ['an encoded query', `redirect=access_token%3Dhunter2x`, 'hunter2x'],
    ['a JSON body', `{"errcode":0,"access_token":"hunter2x","expires_in":7200}`, 'hunter2x'],
    ['a JSON body inside a string', String.raw`body: {\"client_secret\":\"hunter2x\"}`, 'hunter2x'],
    ['a header', `authorization: Bearer hunter2.x-y`, 'hunter2.x-y'],
    ['a bare hexadecimal token', `got 0123456789abcdef0123456789abcdef`, '0123456789abcdef'],
    ['a bare opaque token', `refused: ${random}`, random],
  ])('hides the secret of %s', (_case, line, secret) => {
    const safe = createRedaction().text(line)
    expect(safe).not.toContain(secret)
    expect(safe).toContain('[redacted]')
  })

  it('leaves what an operator needs to read', () => {
    const line =
      'room building-a-floor-12-west-lake-meeting-room-3: 60020 from 203.0.113.7, token expired, see 2026-05-01T08:00:00.000Z'
    expect(createRedaction().text(line)).toBe(line)
  })

  it('hides a value it was told about, as it is and as it looks in an address', () => {
    const redaction = createRedaction()
    redaction.learn('plain words/secret')
    expect(redaction.text('x plain words/secret y plain%20words%2Fsecret z')).toBe(
      'x [redacted] y [redacted] z',
    )
  })

  it('does not turn a learned short word into noise everywhere', () => {
    const redaction = createRedaction()
    redaction.learn('room')
    expect(redaction.text('room 1')).toBe('room 1')
  })

  it('hides fields by name, but keeps facts and the names of secrets', () => {
    const redaction = createRedaction()
    expect(
      redaction.fields({
        accessToken: 'abc',
        tokenAgeMs: 5,
        secret: 'wecom.corpSecret',
        code: '60020',
        none: null,
      }),
    ).toEqual({
      accessToken: '[redacted]',
      tokenAgeMs: 5,
      secret: 'wecom.corpSecret',
      code: '60020',
      none: null,
    })
  })
})
