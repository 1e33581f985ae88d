import { setTimeout as wait } from 'node:timers/promises'
import { askSimulator } from './askSimulator.mjs'
import { DEFAULT_ROOM } from './demoSettings.mjs'

const MINUTE_MS = 60_000
/** A meeting is given back only if it was booked half an hour before its start; and the panel must have read it by then. */
const AHEAD_MS = 31 * MINUTE_MS
const LOOK_MS = 200

/** Resolves once the panel has read its rooms: what it knows from its first read on may have been booked at any time. */
async function untilRead(url, signal) {
  for (;;) {
    const answer = await fetch(new URL('/api/room.getSnapshot', url), {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ roomId: null }),
      signal,
    })
    const { data } = await answer.json()
    if (data?.snapshot.fetchedAtMs) return
    await wait(LOOK_MS, undefined, { signal })
  }
}

/**
 * Books a meeting that nobody will come to, so that a release can be watched.
 * @param {{ url: string, simulatorUrl: string, checkInMinutes: number }} demo
 * @param {AbortSignal} signal
 * @returns what happens when, as epoch milliseconds
 */
export async function bookNoShow({ url, simulatorUrl, checkInMinutes }, signal) {
  await untilRead(url, signal)
  // Without this WeCom keeps apps from giving back what people booked.
  await askSimulator(simulatorUrl, 'PATCH', 'quirks', { mayCancelPeoplesBookings: true })
  const startMs = Math.ceil((Date.now() + AHEAD_MS) / MINUTE_MS) * MINUTE_MS
  await askSimulator(simulatorUrl, 'POST', 'bookings', {
    room: DEFAULT_ROOM,
    subject: '没有人来的会',
    booker: 'zhaomin',
    startMs,
    durationMinutes: 30,
  })
  const windowMs = checkInMinutes * MINUTE_MS
  return { opensAtMs: startMs - windowMs, startMs, releasedAtMs: startMs + windowMs }
}
