import fc from 'fast-check'

/** One thing that happens, `atS` seconds after the panel was first switched on. */
export type Happening = { readonly atS: number } & (
  | { readonly kind: 'press'; readonly meeting: number }
  | { readonly kind: 'platformCheckIn'; readonly meeting: number }
  | {
      readonly kind: 'move'
      readonly meeting: number
      readonly byMinutes: number
      readonly way: 'sameId' | 'rebook' | 'slowRebook'
    }
  | { readonly kind: 'replace'; readonly meeting: number; readonly organizer: string | null }
  | { readonly kind: 'cancel'; readonly meeting: number }
  | { readonly kind: 'restart'; readonly downS: number; readonly isJournalLost: boolean }
  | { readonly kind: 'outage'; readonly forS: number }
  | { readonly kind: 'dark'; readonly forS: number }
  | { readonly kind: 'jump'; readonly byS: number }
  | { readonly kind: 'fullDisk'; readonly forS: number }
)

/** A booking as it is made. */
export interface Booking {
  readonly bookedAtS: number
  readonly startMinute: number
  readonly minutes: number
  readonly organizer: string | null
  readonly kind: 'plain' | 'series' | 'untoldSeries' | 'tentative' | 'pending' | 'allDay' | 'own'
}

/** A room's morning: what was booked, and what happened. */
export interface History {
  readonly bookings: readonly Booking[]
  readonly happenings: readonly Happening[]
  /** What becomes of the calls that give rooms back. */
  readonly answers: readonly ('ok' | 'lostAnswer' | 'lostRequest')[]
  readonly answerS: number
  readonly skewS: number
}

const meeting = fc.nat(5)
const organizer = fc.constantFrom<string | null>('lin', 'lin', 'chen', 'zhao', null)
/** Most of what matters happens around the windows. */
const atS = fc.oneof(fc.integer({ min: 60, max: 5_400 }), fc.integer({ min: 1_500, max: 4_200 }))

const happening: fc.Arbitrary<Happening> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ kind: fc.constant('press' as const), atS, meeting }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('platformCheckIn' as const), atS, meeting }) },
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('move' as const),
      atS,
      meeting,
      byMinutes: fc.constantFrom(-10, -5, 5, 10, 15, 30, 35, 40, 45, 50),
      way: fc.constantFrom('sameId' as const, 'rebook' as const, 'slowRebook' as const),
    }),
  },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('replace' as const), atS, meeting, organizer }) },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('cancel' as const), atS, meeting }) },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('restart' as const),
      atS,
      downS: fc.integer({ min: 0, max: 200 }),
      isJournalLost: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('outage' as const),
      atS,
      forS: fc.integer({ min: 5, max: 600 }),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('dark' as const), atS, forS: fc.integer({ min: 5, max: 600 }) }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('jump' as const),
      atS,
      byS: fc.constantFrom(-1_800, -300, -45, -20, 20, 45, 300, 1_800),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      kind: fc.constant('fullDisk' as const),
      atS,
      forS: fc.integer({ min: 5, max: 900 }),
    }),
  },
)

const anyWay = fc.constantFrom('sameId' as const, 'rebook' as const, 'slowRebook' as const)

/**
 * People who check in and then move their meeting: what a new id must not make us forget, nor a journal that is lost
 * meanwhile.
 */
const checkedInAndMoved: fc.Arbitrary<readonly Happening[]> = fc
  .record({
    atS: fc.integer({ min: 1_830, max: 3_000 }),
    afterS: fc.integer({ min: 1, max: 200 }),
    meeting,
    byMinutes: fc.constantFrom(30, 35, 40),
    way: anyWay,
    isAtPlatform: fc.boolean(),
    isForgotten: fc.boolean(),
  })
  .map(({ atS: pressedS, afterS, meeting: who, byMinutes, way, isAtPlatform, isForgotten }) => {
    const movedS = pressedS + afterS
    const lost = { kind: 'restart' as const, atS: movedS + 90, downS: 5, isJournalLost: true }
    return [
      { kind: isAtPlatform ? 'platformCheckIn' : 'press', atS: pressedS, meeting: who },
      { kind: 'move', atS: movedS, meeting: who, byMinutes, way },
      ...(isForgotten ? [lost] : []),
    ]
  })

/** A room given back, or not, whose meeting then stands at a later time: one call in its life is all it gets. */
const releasedAndMoved: fc.Arbitrary<readonly Happening[]> = fc
  .record({
    atS: fc.integer({ min: 2_701, max: 3_300 }),
    byMinutes: fc.constantFrom(45, 50, 55),
    way: anyWay,
  })
  .map(({ atS: movedS, byMinutes, way }) => [{ kind: 'move', atS: movedS, meeting: 0, byMinutes, way }])

/** A panel that was off for as long as a window is open. */
const offThroughWindow: fc.Arbitrary<readonly Happening[]> = fc
  .record({ atS: fc.integer({ min: 1_400, max: 2_700 }), downS: fc.integer({ min: 1_201, max: 1_400 }) })
  .map(({ atS: offS, downS }) => [{ kind: 'restart', atS: offS, downS, isJournalLost: false }])

/** A press the disk does not take, at a screen that goes on as if nothing was. */
const pressedInVain: fc.Arbitrary<readonly Happening[]> = fc
  .record({ atS: fc.integer({ min: 1_600, max: 3_600 }), forS: fc.integer({ min: 5, max: 200 }), meeting })
  .map(({ atS: fullS, forS, meeting: who }) => [
    { kind: 'fullDisk', atS: fullS, forS },
    { kind: 'press', atS: fullS + 2, meeting: who },
  ])

/** Random mornings; a good part of them calm enough for a room to be given back. */
export const histories: fc.Arbitrary<History> = fc.record({
  bookings: fc.array(
    fc.record({
      bookedAtS: fc.oneof(
        { weight: 6, arbitrary: fc.integer({ min: 61, max: 200 }) },
        { weight: 1, arbitrary: fc.integer({ min: 0, max: 3_000 }) },
      ),
      startMinute: fc.integer({ min: 7, max: 11 }).map((one) => one * 5),
      minutes: fc.constantFrom(15, 15, 20, 20, 30, 30, 60, 300),
      organizer,
      kind: fc.constantFrom<Booking['kind']>(
        'plain',
        'plain',
        'plain',
        'plain',
        'plain',
        'plain',
        'plain',
        'plain',
        'plain',
        'plain',
        'plain',
        'plain',
        'series',
        'untoldSeries',
        'tentative',
        'pending',
        'allDay',
        'own',
      ),
    }),
    { minLength: 1, maxLength: 3 },
  ),
  happenings: fc.oneof(
    { weight: 4, arbitrary: fc.array(happening, { maxLength: 1 }) },
    { weight: 4, arbitrary: fc.array(happening, { maxLength: 6 }) },
    { weight: 2, arbitrary: checkedInAndMoved },
    { weight: 1, arbitrary: releasedAndMoved },
    { weight: 1, arbitrary: offThroughWindow },
    { weight: 1, arbitrary: pressedInVain },
  ),
  answers: fc.array(
    fc.constantFrom('ok' as const, 'ok' as const, 'lostAnswer' as const, 'lostRequest' as const),
    { minLength: 3, maxLength: 3 },
  ),
  answerS: fc.integer({ min: 0, max: 20 }),
  skewS: fc.constantFrom(0, 0, 0, 7, -20, 90),
})
