import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { DisplayApi } from '../../../shared/api/DisplayApi.ts'
import type { Session } from '../../../shared/api/admin.ts'
import type { ApiError, ApiResult } from '../../../shared/api/errors.ts'
import { SESSION_IDLE_MS } from '../../../shared/api/patience.ts'
import { SECOND_MS } from '../../../shared/domain/duration.ts'
import { apiKey, clockKey, injectRequired } from '../injection.ts'

/** What stands between the door and the settings. */
export type Gate =
  | { readonly kind: 'asking' }
  /** The core could not be asked. */
  | { readonly kind: 'unreachable'; readonly error: ApiError }
  /** The secret store cannot be read, so no PIN can be checked. */
  | { readonly kind: 'unavailable' }
  | { readonly kind: 'choosePin'; readonly needsSetupCode: boolean }
  | { readonly kind: 'enterPin'; readonly hasExpired: boolean }
  | { readonly kind: 'open' }

/** The way in: PIN, waits, the admin session and its end. The token itself goes to the transport and is not kept here. */
export const useSessionStore = defineStore('session', () => {
  const api = injectRequired(apiKey)
  const clock = injectRequired(clockKey)

  const gate = shallowRef<Gate>({ kind: 'asking' })
  /** Why the last PIN or code was refused. */
  const refusal = shallowRef<ApiError | null>(null)
  /** Until the next attempt is allowed, counting down by the second. */
  const waitMs = ref(0)
  const isBusy = ref(false)
  /** How long the core keeps a session nobody uses; nobody is longer at the gate either. */
  const idleMs = ref(SESSION_IDLE_MS)

  let askedAtMs = -Infinity
  let waitEndsAtMs = -Infinity
  let cancelTick = (): void => undefined

  function tick(): void {
    cancelTick()
    waitMs.value = Math.max(0, waitEndsAtMs - clock.monotonic())
    if (waitMs.value > 0) cancelTick = clock.schedule(waitMs.value % SECOND_MS || SECOND_MS, tick)
    else if (refusal.value?.code === 'locked') refusal.value = null
  }

  function wait(forMs: number): void {
    waitEndsAtMs = clock.monotonic() + forMs
    tick()
  }

  /** Asks what stands in the way. */
  async function look(): Promise<void> {
    const answer = await api.request('session.getState', {})
    if (gate.value.kind === 'open') return
    if (!answer.ok) {
      gate.value = { kind: 'unreachable', error: answer.error }
      return
    }
    const { isPinSet, needsSetupCode, waitMs: forMs, isUnavailable } = answer.data
    wait(forMs)
    if (isUnavailable) gate.value = { kind: 'unavailable' }
    else if (!isPinSet) gate.value = { kind: 'choosePin', needsSetupCode }
    else gate.value = { kind: 'enterPin', hasExpired: false }
  }

  function refuse(error: ApiError): void {
    // The state at the door changed under us, e.g. somebody else set the PIN: look again.
    if (error.code === 'forbidden') void look()
    else if (error.code === 'storage' && gate.value.kind === 'enterPin') gate.value = { kind: 'unavailable' }
    refusal.value = error.code === 'forbidden' ? null : error
    wait(error.waitMs ?? 0)
  }

  async function enter(attempt: Promise<ApiResult<Session>>): Promise<void> {
    isBusy.value = true
    const answer = await attempt
    isBusy.value = false
    if (!answer.ok) {
      refuse(answer.error)
      return
    }
    api.useSession(answer.data.token)
    refusal.value = null
    idleMs.value = answer.data.idleMs
    askedAtMs = clock.monotonic()
    gate.value = { kind: 'open' }
  }

  const unlock = (pin: string): Promise<void> => enter(api.request('session.unlock', { pin }))

  /** First start only. @param setupCode null where the host asks for none */
  const choosePin = (pin: string, setupCode: string | null): Promise<void> =>
    enter(api.request('session.setPin', { pin, setupCode }))

  const ask: DisplayApi['request'] = async (route, input) => {
    askedAtMs = clock.monotonic()
    const answer = await api.request(route, input)
    if (!answer.ok && answer.error.code === 'forbidden' && gate.value.kind === 'open') {
      api.useSession(null)
      refusal.value = null
      gate.value = { kind: 'enterPin', hasExpired: true }
    }
    return answer
  }

  /** Somebody is working here: whoever only types must not be thrown out. */
  function touch(): void {
    if (gate.value.kind === 'open' && clock.monotonic() - askedAtMs > idleMs.value / 3)
      void ask('session.touch', {})
  }

  /** Leaves the settings: the core forgets the session, and so does this screen. */
  async function end(): Promise<void> {
    cancelTick()
    const wasOpen = gate.value.kind === 'open'
    gate.value = { kind: 'asking' }
    refusal.value = null
    // Sent before the session is dropped, and so still under it.
    const locked = wasOpen ? api.request('session.lock', {}) : null
    api.useSession(null)
    await locked
  }

  return { gate, refusal, waitMs, isBusy, idleMs, look, unlock, choosePin, ask, touch, end }
})
