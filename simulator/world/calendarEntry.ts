import type { EventTraits } from './eventTraits.ts'

export const repeatKinds = ['day', 'week', 'month', 'year', 'workday'] as const
export type RepeatKind = (typeof repeatKinds)[number]

/** A calendar entry (the thing that has the subject). Instants in epoch milliseconds. */
export interface CalendarEntry extends EventTraits {
  readonly id: string
  readonly subject: string
  readonly description: string
  readonly location: string
  readonly organiserId: string
  readonly attendeeIds: readonly string[]
  readonly startMs: number
  readonly endMs: number
  readonly isAllDay: boolean
  readonly isCancelled: boolean
  readonly isDeleted: boolean
  readonly repeat: { readonly kind: RepeatKind; readonly untilMs: number } | null
  /** Local midnights of occurrences taken out of the series. */
  readonly excludedDaysMs: readonly number[]
  readonly ownerAppId: string | null
}
