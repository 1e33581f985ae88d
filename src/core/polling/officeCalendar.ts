import type { OfficeHours } from '../../shared/settings/panelConfig.ts'
import type { Zone } from '../../shared/domain/zonedTime.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** Minutes after midnight of an `HH:MM` the schema has accepted. */
function minutesOf(time: string): number {
  const [hours = '0', minutes = '0'] = time.split(':')
  return Number(hours) * 60 + Number(minutes)
}

/** Whether the office is open at `atMs`; hours that end at or before they begin run over midnight into the next day. */
export function isOfficeTime(hours: OfficeHours, zone: Zone, atMs: number): boolean {
  const { hour, minute, weekday } = zone.wallTime(atMs)
  const now = hour * 60 + minute
  const from = minutesOf(hours.from)
  const until = minutesOf(hours.until)
  if (from < until) return hours.days.includes(weekday) && from <= now && now < until
  const yesterday = (weekday + 6) % 7
  return (hours.days.includes(weekday) && now >= from) || (hours.days.includes(yesterday) && now < until)
}

/** Office time between two instants in milliseconds, to the quarter of an hour: enough to spread a month's calls. */
export function officeTimeBetween(hours: OfficeHours, zone: Zone, fromMs: number, untilMs: number): number {
  const stepMs = 15 * MINUTE_MS
  // A period is at most a month and a day; the bound keeps a wrong input from looping for long.
  const endMs = Math.min(untilMs, fromMs + 32 * DAY_MS)
  let openMs = 0
  for (let atMs = fromMs; atMs < endMs; atMs += stepMs) {
    if (isOfficeTime(hours, zone, atMs)) openMs += Math.min(stepMs, endMs - atMs)
  }
  return openMs
}
