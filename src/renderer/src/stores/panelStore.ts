import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { ConnectionState } from '../../../shared/api/DisplayApi.ts'
import type { ApiErrorCode } from '../../../shared/api/errors.ts'
import type { PublishedSnapshot } from '../../../shared/api/events.ts'
import type { RoomId } from '../../../shared/domain/room.ts'
import type { RoomSnapshot } from '../../../shared/domain/roomSnapshot.ts'
import { TOUCH_AGE_MS } from '../../../shared/domain/touchAge.ts'
import type { PanelConfig } from '../../../shared/settings/panelConfig.ts'
import { addressKey, apiKey, clockKey, injectRequired } from '../injection.ts'

/** A smaller difference of clocks is the network's, not the device's. */
const RESYNC_MS = 500
const FIRST_RETRY_MS = 2_000
const LONGEST_RETRY_MS = 30_000
/** How long an unanswered first opening leaves the screen blank. */
const BLANK_LIMIT_MS = 2_500

/**
 * What the core last said about this screen and its room. Subscribes first and asks then; an answer to a question asked
 * after a (re)connection is believed as it is, because a restarted core counts its revisions from the beginning.
 */
export const usePanelStore = defineStore('panel', () => {
  const api = injectRequired(apiKey)
  const clock = injectRequired(clockKey)
  const { roomId: addressedRoom } = injectRequired(addressKey)

  const config = shallowRef<PanelConfig | null>(null)
  const snapshot = shallowRef<RoomSnapshot | null>(null)
  /** Sender's clock minus this device's clock. */
  const offsetMs = ref(0)
  const connection = ref<ConnectionState>('connecting')
  /** Why the last opening was refused; null after a good one. */
  const refusal = ref<ApiErrorCode | null>(null)
  /** False while the first answer may still come in time to be the first thing on screen. */
  const hasOpened = ref(false)

  let epoch = 0
  let acceptedRevision = -Infinity
  let roomId = addressedRoom
  let early = new Map<RoomId, PublishedSnapshot>()
  let failures = 0
  let refreshedAtMs = -Infinity
  let cancelRetry = (): void => undefined

  function synchronise(sentAtMs: number): void {
    const measuredMs = sentAtMs - clock.now()
    if (Math.abs(measuredMs - offsetMs.value) > RESYNC_MS) offsetMs.value = measuredMs
  }

  function accept({ snapshot: next, sentAtMs }: PublishedSnapshot): void {
    if (next.revision <= acceptedRevision) return
    acceptedRevision = next.revision
    synchronise(sentAtMs)
    snapshot.value = next
  }

  function onRoomChanged(published: PublishedSnapshot): void {
    const { id } = published.snapshot.room
    // Which room is the default one is only known from the first answer; its events must not be lost until then.
    if (roomId === null) early.set(id, published)
    else if (id === roomId) accept(published)
  }

  function forget(): void {
    snapshot.value = null
    roomId = null
    acceptedRevision = -Infinity
  }

  function take(published: PublishedSnapshot | null): void {
    if (!published) {
      forget()
      return
    }
    const { id } = published.snapshot.room
    if (id !== roomId) acceptedRevision = -Infinity
    roomId = id
    accept(published)
    const missed = early.get(roomId)
    early = new Map()
    if (missed) accept(missed)
  }

  function retryLater(): void {
    const delayMs = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** failures)
    failures += 1
    cancelRetry()
    cancelRetry = clock.schedule(delayMs, () => void ask(epoch))
  }

  async function ask(asked: number): Promise<void> {
    const answer = await api.request('panel.open', { roomId: addressedRoom })
    const isLate = asked !== epoch
    // Before anything is on screen even a late answer is better than none; the newer question is already on its way.
    if (isLate && (hasOpened.value || !answer.ok)) return
    hasOpened.value = true
    refusal.value = answer.ok ? null : answer.error.code
    if (!answer.ok) {
      // A core that cannot be reached takes nothing from the screen; one that no longer has the room does.
      if (answer.error.code === 'notFound' || answer.error.code === 'unconfigured') forget()
      retryLater()
      return
    }
    failures = 0
    config.value = answer.data.config
    take(answer.data.published)
    if (isLate) acceptedRevision = -Infinity
  }

  /** Asks for everything anew; what is on screen stays until the answer is here. */
  function open(): Promise<void> {
    epoch += 1
    acceptedRevision = -Infinity
    cancelRetry()
    return ask(epoch)
  }

  /** Somebody is here: reads the room anew if its data is old, and asks no more often than that. */
  async function refreshIfOld(): Promise<void> {
    const nowMs = clock.now() + offsetMs.value
    const fetchedAtMs = snapshot.value?.fetchedAtMs ?? -Infinity
    const monotonicMs = clock.monotonic()
    if (nowMs - fetchedAtMs <= TOUCH_AGE_MS || monotonicMs - refreshedAtMs <= TOUCH_AGE_MS) return
    refreshedAtMs = monotonicMs
    await api.request('room.refresh', { roomId: roomId ?? addressedRoom })
  }

  /** @returns ends every subscription */
  function start(): () => void {
    const ends = [
      api.on('room.changed', onRoomChanged),
      api.on('panel.changed', (next) => {
        if (config.value && next.revision <= config.value.revision) return
        void open()
      }),
      api.onConnection((next) => {
        const isBack = next === 'open' && connection.value !== 'open'
        connection.value = next
        if (isBack) void open()
      }),
    ]
    if (connection.value !== 'open') void open()
    const cancelBlank = clock.schedule(BLANK_LIMIT_MS, () => {
      hasOpened.value = true
    })
    return () => {
      epoch += 1
      cancelBlank()
      cancelRetry()
      for (const end of ends) end()
    }
  }

  return { config, snapshot, offsetMs, connection, refusal, hasOpened, start, open, refreshIfOld }
})
