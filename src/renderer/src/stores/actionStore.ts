import { defineStore } from 'pinia'
import { ref } from 'vue'
import type { ApiResult } from '../../../shared/api/errors.ts'
import { SCREEN_PRESS_MS } from '../../../shared/api/patience.ts'
import type { ActionOutcome } from '../../../shared/domain/action.ts'
import { pressKey } from '../display/Press.ts'
import type { Press, PressResult } from '../display/Press.ts'
import { apiKey, clockKey, injectRequired } from '../injection.ts'
import { createUuid } from '../api/createUuid.ts'
import { useDoorStore } from './doorStore.ts'

/** Within this time the same press after a lost answer is a repetition, not a second wish. */
const REPEAT_MS = 120_000
const DONE_SHOWN_MS = 6_000
const REFUSED_SHOWN_MS = 10_000

/** A press whose answer never came, kept so that its repetition carries the same id. */
interface Unanswered {
  readonly key: string
  readonly pressId: string
  readonly sinceMs: number
}

const resultOf = (answer: ApiResult<ActionOutcome>): PressResult =>
  answer.ok ? answer.data : { kind: 'error', code: answer.error.code, waitMs: answer.error.waitMs }

/**
 * One press at a time: sent once, its progress, and what came of it for as long as somebody may want to read it.
 * What the room looks like afterwards comes with the snapshot, never from here.
 */
export const useActionStore = defineStore('action', () => {
  const api = injectRequired(apiKey)
  const clock = injectRequired(clockKey)
  const door = useDoorStore()

  /** {@link pressKey} of the press under way; null while every button may be pressed. */
  const pendingKey = ref<string | null>(null)

  let unanswered: Unanswered | null = null
  let runs = 0
  let cancelDeadline = (): void => undefined

  function show(press: Press, result: PressResult): void {
    door.tell({ kind: 'result', press, result }, result.kind === 'done' ? DONE_SHOWN_MS : REFUSED_SHOWN_MS)
  }

  function pressIdOf(key: string): string {
    const isRepeated = unanswered?.key === key && clock.monotonic() - unanswered.sinceMs < REPEAT_MS
    if (unanswered && isRepeated) return unanswered.pressId
    unanswered = { key, pressId: createUuid(), sinceMs: clock.monotonic() }
    return unanswered.pressId
  }

  function send(press: Press, roomId: string, pin: string | null): Promise<ApiResult<ActionOutcome>> {
    const pressId = pressIdOf(pressKey(press))
    switch (press.name) {
      case 'checkIn':
        return api.request('meeting.checkIn', { roomId, meetingId: press.meetingId, pin })
      case 'book':
        return api.request('room.book', {
          roomId,
          startMs: press.startMs,
          minutes: press.minutes,
          pin,
          pressId,
        })
      case 'extend':
        return api.request('meeting.extend', {
          roomId,
          meetingId: press.meetingId,
          minutes: press.minutes,
          pin,
          pressId,
        })
      case 'end':
        return api.request('meeting.end', { roomId, meetingId: press.meetingId, pin, pressId })
    }
  }

  /** Resolves with the answer or, at the deadline, without one. */
  function withDeadline(answer: Promise<ApiResult<ActionOutcome>>): Promise<PressResult> {
    return new Promise((resolve) => {
      cancelDeadline = clock.schedule(SCREEN_PRESS_MS, () => resolve({ kind: 'error', code: 'unavailable' }))
      void answer.then((one) => {
        cancelDeadline()
        resolve(resultOf(one))
      })
    })
  }

  /**
   * Sends a press, unless another one is under way.
   * @param isShown whether this result belongs on the screen; a PIN prompt tells its own
   * @returns null where nothing was sent
   */
  async function press(
    wanted: Press,
    roomId: string,
    pin: string | null,
    isShown: (result: PressResult) => boolean = () => true,
  ): Promise<PressResult | null> {
    if (pendingKey.value !== null) return null
    runs += 1
    const run = runs
    door.dismiss()
    pendingKey.value = pressKey(wanted)
    const result = await withDeadline(send(wanted, roomId, pin))
    if (run !== runs) return null
    pendingKey.value = null
    if (!(result.kind === 'error' && result.code === 'unavailable')) unanswered = null
    if (isShown(result)) show(wanted, result)
    return result
  }

  /** Ends every timer; an answer still on its way is dropped. */
  function stop(): void {
    runs += 1
    pendingKey.value = null
    cancelDeadline()
    door.dismiss()
  }

  return { pendingKey, press, stop }
})
