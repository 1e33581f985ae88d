import fc from 'fast-check'

const share = fc.oneof(fc.constantFrom(0, 1), fc.double({ min: 0, max: 1, noNaN: true }))

/** A power cut at any operation of one atomic write or after it, and any part of what was not synced left of it. */
export const anyPowerCut = fc.record({
  at: fc.integer({ min: 1, max: 8 }),
  survival: fc.record({ names: share, texts: share }),
})
