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
  /** `11月23日 星期一`, `Monday, November 23`. */
  date(atMs: number): string
  /** A full hour on the timeline's scale. */
  hour(atMs: number): string
}

const patterns = {
  'zh-CN': { date: 'M月D日 dddd', short: 'M月D日', twelve: 'A h:mm', hour: 'Ah点' },
  'en-US': { date: 'dddd, MMMM D', short: 'MMM D', twelve: 'h:mm A', hour: 'h A' },
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
  const time = (atMs: number): string => write(atMs, is12 ? pattern.twelve : 'HH:mm')

  function range(fromMs: number, untilMs: number): string {
    if (!is12 || write(fromMs, 'A') !== write(untilMs, 'A')) return `${time(fromMs)} – ${time(untilMs)}`
    return language === 'zh-CN'
      ? `${time(fromMs)} – ${write(untilMs, 'h:mm')}`
      : `${write(fromMs, 'h:mm')} – ${time(untilMs)}`
  }

  return {
    zone,
    clock: (atMs) => ({
      time: write(atMs, is12 ? 'h:mm' : 'HH:mm'),
      period: is12 ? write(atMs, 'A') : null,
    }),
    time,
    range,
    timeOrDate: (atMs, nowMs) =>
      zone.startOfDay(atMs) === zone.startOfDay(nowMs)
        ? time(atMs)
        : `${write(atMs, pattern.short)} ${time(atMs)}`,
    date: (atMs) => write(atMs, pattern.date),
    hour: (atMs) => write(atMs, is12 ? pattern.hour : 'HH:mm'),
  }
}
