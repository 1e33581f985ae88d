import { describe, expect, it } from 'vitest'
import type { Meeting } from '../../../shared/domain/meeting.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import { roomStatus } from '../../../shared/domain/roomStatus.ts'
import { defaultStatusRules } from '../../../shared/domain/statusRules.ts'
import { createZone } from '../../../shared/domain/zonedTime.ts'
import { GALLERY_NOW_MS, at, gallerySnapshot, meeting } from '../gallery/gallerySnapshot.ts'
import { dayAhead } from './dayAhead.ts'

function aheadOf(meetings: readonly Meeting[], more: Partial<RoomSnapshot> = {}) {
  const snapshot = { ...gallerySnapshot, meetings, ...more }
  const status = roomStatus(snapshot, GALLERY_NOW_MS, defaultStatusRules)
  const { upcoming, shownAs } = dayAhead(snapshot, status, GALLERY_NOW_MS, createZone('Asia/Shanghai'))
  return [shownAs, ...upcoming.map(({ title }) => title)]
}

describe('what stands under the state', () => {
  it('does not repeat the meeting the state tells of, nor hide another at the same time', () => {
    const soon = [meeting(at(10, 25), at(11), 'a', null), meeting(at(10, 25), at(10, 55), 'b', null)]
    expect(aheadOf(soon)).toEqual(['meetings', 'b'])
  })

  it('says that nothing follows only where the reading covers the day and sees every booking', () => {
    const running = [meeting(at(10), at(11), 'a', null)]
    expect(aheadOf(running)).toEqual(['line'])
    expect(aheadOf(running, { horizon: { fromMs: at(0), untilMs: at(20) } })).toEqual([null])
    expect(aheadOf(running, { evidence: { kind: 'occupancy', state: 'inUse' } })).toEqual([null])
  })

  it('a free room has said so itself, an unknown one must not', () => {
    expect(aheadOf([])).toEqual([null])
    expect(aheadOf([], { freshness: { staleAtMs: 0, unknownAtMs: 0 } })).toEqual([null])
  })

  it('is nothing without a room', () => {
    const zone = createZone('Asia/Shanghai')
    expect(dayAhead(null, { kind: 'unconfigured' }, GALLERY_NOW_MS, zone).shownAs).toBeNull()
  })
})
