import { onMounted, onUnmounted, shallowRef } from 'vue'
import type { ShallowRef } from 'vue'
import type { DisplayApi } from '../../../shared/api/DisplayApi.ts'
import type { ApiError } from '../../../shared/api/errors.ts'
import type { CarriedOffers, TakeOutcome } from '../../../shared/api/provisioning.ts'
import type { InputOf } from '../../../shared/api/routes.ts'
import type { Clock } from '../time/Clock.ts'

/** Where the content comes from, as the core is asked for it. */
export type CarriedSource = InputOf<'provisioning.take'>['source']

/** How the taking over stands. */
export type TakeState =
  | { readonly kind: 'idle' }
  | { readonly kind: 'taking' }
  | { readonly kind: 'failed'; readonly error: ApiError }
  | TakeOutcome

/** What somebody carried to a panel that is not set up yet. */
export interface CarriedSetUp {
  readonly found: Readonly<ShallowRef<CarriedOffers | null>>
  readonly state: Readonly<ShallowRef<TakeState>>
  readonly take: (source: CarriedSource, isInsisting: boolean) => Promise<void>
  readonly forget: () => void
}

const LOOK_EVERY_MS = 3000

/** Looks for sticks for as long as the component that uses it stands, and takes over what is pressed. */
export function useCarriedSetUp(api: Pick<DisplayApi, 'request'>, clock: Clock): CarriedSetUp {
  const found = shallowRef<CarriedOffers | null>(null)
  const state = shallowRef<TakeState>({ kind: 'idle' })
  let cancel = (): void => undefined
  let isGone = false

  async function look(): Promise<void> {
    // What is being taken, or was, is no longer on offer.
    if (state.value.kind !== 'taking' && state.value.kind !== 'saved') {
      const answer = await api.request('provisioning.look', {})
      found.value = answer.ok ? answer.data : null
    }
    if (!isGone) cancel = clock.schedule(LOOK_EVERY_MS, () => void look())
  }

  async function take(source: CarriedSource, isInsisting: boolean): Promise<void> {
    if (state.value.kind === 'taking') return
    state.value = { kind: 'taking' }
    const answer = await api.request('provisioning.take', { source, isInsisting })
    state.value = answer.ok ? answer.data : { kind: 'failed', error: answer.error }
  }

  onMounted(() => void look())
  onUnmounted(() => {
    isGone = true
    cancel()
  })
  return {
    found,
    state,
    take,
    forget() {
      state.value = { kind: 'idle' }
    },
  }
}
