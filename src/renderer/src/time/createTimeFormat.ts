import dayjs from 'dayjs'
import 'dayjs/locale/zh-cn.js'
import utc from 'dayjs/plugin/utc.js'
import { createZone, isKnownZone } from '../../../shared/domain/zonedTime.ts'
import type { Zone } from '../../../shared/domain/zonedTime.ts'
import type { PanelConfig } from '../../../shared/settings/panelConfig.ts'

/** A clock reading in parts, so that the period can be set smaller. */
export interface ClockText {
  readonly time: string
  /** "AM", "下午"; null in the 24-hour cycle. */
  readonly period: string | null
  readonly isPeriodFirst: boolean
}

/** Instants as the panel's reader writes them, in the panel's zone. */
export interface TimeFormat {
  readonly zone: Zone
  clock(atMs: number): ClockText
  /** `10:00`, `下午 2:00`, `2:00 PM`. */
  time(atMs: number): string
  /** `10:00 – 11:00`; the period is named once where both ends share it. */
  range(fromMs: number, untilMs: number): string
  /** The time alone today, with its date on any other day. */
  timeOrDate(atMs: number, nowMs: number): string
  /** `11月23日`, `Nov 23`. */
  date(atMs: number): string
  /** `星期一`, `Monday`. */
  weekday(atMs: number): string
  /** A full hour on the timeline's scale. */
  hour(atMs: number): string
}

const HALF_DAY_MS = 12 * 3_600_000

/** Halves of the day as both languages' standards name them; dayjs's own Chinese ones call 11:00 noon. */
const patterns = {
  'zh-CN': { date: 'M月D日', hour: 'h点', halves: ['上午', '下午'] },
  'en-US': { date: 'MMM D', hour: 'h A', halves: ['AM', 'PM'] },
} as const

/** Formatting is dayjs's, zone arithmetic is ours: it is handed the wall time as if it were UTC. */
export function createTimeFormat({
  language,
  hourCycle,
  timeZone,
}: Pick<PanelConfig, 'language' | 'hourCycle' | 'timeZone'>): TimeFormat {
  dayjs.extend(utc)
  const zone = createZone(isKnownZone(timeZone) ? timeZone : 'UTC')
  const pattern = patterns[language]
  const locale = language === 'zh-CN' ? 'zh-cn' : 'en'
  const is12 = hourCycle === '12'

  const write = (atMs: number, template: string): string =>
    dayjs
      .utc(atMs + zone.offsetMs(atMs))
      .locale(locale)
      .format(template)
  const half = (atMs: number): string => pattern.halves[zone.wallTime(atMs).hour < 12 ? 0 : 1]
  const isHalfFirst = language === 'zh-CN'

  function time(atMs: number): string {
    if (!is12) return write(atMs, 'HH:mm')
    const clock = write(atMs, 'h:mm')
    return isHalfFirst ? `${half(atMs)} ${clock}` : `${clock} ${half(atMs)}`
  }

  function range(fromMs: number, untilMs: number): string {
    const isOneHalf = half(fromMs) === half(untilMs) && untilMs - fromMs < HALF_DAY_MS
    if (!is12 || !isOneHalf) return `${time(fromMs)} – ${time(untilMs)}`
    return isHalfFirst
      ? `${time(fromMs)} – ${write(untilMs, 'h:mm')}`
      : `${write(fromMs, 'h:mm')} – ${time(untilMs)}`
  }

  return {
    zone,
    clock: (atMs) => ({
      time: write(atMs, is12 ? 'h:mm' : 'HH:mm'),
      period: is12 ? half(atMs) : null,
      isPeriodFirst: isHalfFirst,
    }),
    time,
    range,
    timeOrDate: (atMs, nowMs) =>
      zone.startOfDay(atMs) === zone.startOfDay(nowMs)
        ? time(atMs)
        : `${write(atMs, pattern.date)} ${time(atMs)}`,
    date: (atMs) => write(atMs, pattern.date),
    weekday: (atMs) => write(atMs, 'dddd'),
    hour: (atMs) => write(atMs, is12 ? pattern.hour : 'HH:mm'),
  }
}
