import { hasInjectionContext, inject } from 'vue'
import type { InjectionKey } from 'vue'
import type { DisplayApi } from '../../shared/api/DisplayApi.ts'
import type { RoomId } from '../../shared/domain/room.ts'
import type { Clock } from './time/Clock.ts'

/** The way to the core. */
export const apiKey: InjectionKey<DisplayApi> = Symbol('api')
/** Time of this page. */
export const clockKey: InjectionKey<Clock> = Symbol('clock')
/** The room the page's address asks for; null for the default one. */
export const addressKey: InjectionKey<{ readonly roomId: RoomId | null }> = Symbol('address')

/**
 * What `mountDisplay` provided.
 * @throws Error outside of an application that provides it: a mistake in our wiring
 */
export function injectRequired<T extends object>(key: InjectionKey<T>): T {
  const value = hasInjectionContext() ? inject(key) : undefined
  if (value === undefined) throw new Error(`${String(key.description)} is not provided`)
  return value
}
