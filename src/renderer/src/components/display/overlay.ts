import type { InjectionKey, ShallowRef } from 'vue'

/** Where sheets are put, over the whole panel; the panel provides it to what stands in its slots. */
export const overlayKey: InjectionKey<Readonly<ShallowRef<HTMLElement | null>>> = Symbol('overlay')
