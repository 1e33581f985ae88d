import { describe, expect, it } from 'vitest'
import { providerErrorKinds } from '../../../shared/domain/providerErrorKind.ts'
import { GALLERY_NOW_MS, gallerySnapshot } from '../gallery/gallerySnapshot.ts'
import { brokenCause, faultOf, openingCause, unknownCause } from './unknownCause.ts'

const now = GALLERY_NOW_MS

describe('cause of an unknown status', () => {
  it.each(providerErrorKinds)('is the %s the platform answered with', (reason) => {
    const broken = { ...gallerySnapshot, health: { kind: 'broken', reason } as const }
    const stale = { ...gallerySnapshot, health: { kind: 'stale', sinceMs: 0, reason } as const }
    expect(unknownCause(broken, 'open', now)).toBe(reason)
    expect(unknownCause(stale, 'open', now)).toBe(reason)
  })

  it('is the lost core before whatever that core last said', () => {
    const broken = { ...gallerySnapshot, health: { kind: 'broken', reason: 'auth' } as const }
    expect(faultOf(broken, 'lost')).toBe('core')
    expect(faultOf(broken, 'connecting')).toBe('auth')
    expect(faultOf(gallerySnapshot, 'open')).toBeNull()
  })

  it('is the first read while there was none', () => {
    expect(unknownCause({ ...gallerySnapshot, fetchedAtMs: null }, 'open', now)).toBe('firstRead')
  })

  it('is the clock when the data comes from the future', () => {
    expect(unknownCause({ ...gallerySnapshot, fetchedAtMs: now + 60_001 }, 'open', now)).toBe('clock')
  })

  it('is the silent device while the reading itself is fresh', () => {
    const silent = { ...gallerySnapshot, evidence: { kind: 'occupancy', state: 'unknown' } as const }
    expect(unknownCause(silent, 'open', now)).toBe('device')
    expect(unknownCause(silent, 'open', gallerySnapshot.freshness.unknownAtMs)).toBe('outdated')
  })

  it('is age where nothing else is wrong', () => {
    expect(unknownCause(gallerySnapshot, 'open', gallerySnapshot.freshness.unknownAtMs)).toBe('outdated')
  })
})

describe('cause of an empty screen', () => {
  it.each([
    [null, 'opening'],
    ['unavailable', 'core'],
    ['notFound', 'noRoom'],
    ['badRequest', 'noRoom'],
    ['forbidden', 'internal'],
    ['internal', 'internal'],
  ] as const)('refused with %s is %s', (refusal, cause) => {
    expect(openingCause(refusal, { kind: 'running' })).toBe(cause)
  })

  // A panel that was set up must never be taken for one that was not.
  it.each([
    [{ kind: 'starting' }, 'starting'],
    [{ kind: 'broken', why: 'settingsInvalid' }, 'settingsInvalid'],
    [{ kind: 'broken', why: 'settingsUnreadable' }, 'settingsUnreadable'],
    [{ kind: 'broken', why: 'failed' }, 'failed'],
    [null, 'opening'],
  ] as const)('with a core that is %o is %s', (core, cause) => {
    expect(openingCause(null, core)).toBe(cause)
    expect(brokenCause(core)).toBe(core?.kind === 'broken' ? cause : null)
    expect(openingCause('unavailable', core)).toBe('core')
  })
})
