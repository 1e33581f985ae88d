import { describe, expect, it } from 'vitest'
import { createRedaction } from '../../core/logging/redaction.ts'
import type { LogLevel } from './consoleLogger.ts'
import { createConsoleLogger } from './consoleLogger.ts'

function build(level: LogLevel = 'debug') {
  const lines: string[] = []
  const redaction = createRedaction()
  const clock = { now: () => Date.UTC(2026, 4, 1, 8) }
  return {
    lines,
    redaction,
    log: createConsoleLogger({ clock, redaction, level, write: (line) => lines.push(line) }),
  }
}

describe('console logger', () => {
  it('writes one JSON object per line, whatever the message holds', () => {
    const { lines, log } = build()
    log.child('provider').child('wecom').warn('first\nsecond', { code: '60020', level: 'fake' })
    expect(lines).toHaveLength(1)
    expect(lines[0]).toMatch(/^[^\n]+\n$/)
    expect(JSON.parse(lines[0]!)).toEqual({
      time: '2026-05-01T08:00:00.000Z',
      level: 'warn',
      scope: 'provider:wecom',
      message: 'first\nsecond',
      fields: { code: '60020', level: 'fake' },
    })
  })

  it('writes nothing below its level', () => {
    const { lines, log } = build('warn')
    log.debug('a')
    log.info('b')
    log.warn('c')
    log.child('x').error('d')
    expect(lines.map((line) => (JSON.parse(line) as { message: string }).message)).toEqual(['c', 'd'])
  })

  it('hides secrets in the message and in the fields', () => {
    const { lines, log, redaction } = build()
    redaction.learn('sentinel-secret')
    log.error('GET /gettoken?corpsecret=hunter2x failed for sentinel-secret', {
      accessToken: 'abc',
      detail: 'sentinel-secret',
    })
    expect(lines.join('')).not.toMatch(/hunter2x|sentinel-secret|abc/)
  })
})
