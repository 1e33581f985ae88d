export const minuteMs = 60_000
export const hourMs = 60 * minuteMs
export const dayMs = 24 * hourMs
/** How far local time (Asia/Shanghai) is ahead of UTC. */
export const zoneOffsetMs = 8 * hourMs

/** Local midnight (Asia/Shanghai: UTC+8 without daylight saving) of the day that contains `atMs`. */
export const localMidnight = (atMs: number): number =>
  Math.floor((atMs + zoneOffsetMs) / dayMs) * dayMs - zoneOffsetMs

/** The local midnight after the day that contains `atMs`. */
export const nextLocalMidnight = (atMs: number): number => localMidnight(atMs) + dayMs

/** 0 is Sunday, as in `Date`. */
export const localWeekday = (atMs: number): number => new Date(atMs + zoneOffsetMs).getUTCDay()

/** The last mark of a grid that starts at local midnight; `stepMs` divides an hour. */
export const floorToGrid = (atMs: number, stepMs: number): number => Math.floor(atMs / stepMs) * stepMs

/** The first mark of the grid that is not before `atMs`. */
export const ceilToGrid = (atMs: number, stepMs: number): number => Math.ceil(atMs / stepMs) * stepMs
