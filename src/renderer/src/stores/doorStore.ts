import { defineStore } from 'pinia'
import { ref, shallowRef } from 'vue'
import type { OpenSheet } from '../display/OpenSheet.ts'
import type { Told } from '../display/Told.ts'
import { clockKey, injectRequired } from '../injection.ts'

/** What somebody at the door is in the middle of: where the day was tapped, the sheet over the panel, what they are told. */
export const useDoorStore = defineStore('door', () => {
  const clock = injectRequired(clockKey)

  /** Where the day was tapped, epoch milliseconds; null once that is dealt with. */
  const pickedMs = ref<number | null>(null)
  const sheet = shallowRef<OpenSheet | null>(null)
  const told = shallowRef<Told | null>(null)
  let cancel = (): void => undefined

  function pick(atMs: number): void {
    pickedMs.value = atMs
  }

  /** @returns where the day was tapped, once */
  function takePick(): number | null {
    const atMs = pickedMs.value
    pickedMs.value = null
    return atMs
  }

  /** One sheet at a time: whatever was open makes room. */
  function openSheet(next: OpenSheet): void {
    sheet.value = next
  }

  /** @param kind closes only a sheet of this kind; any without it */
  function closeSheet(kind?: OpenSheet['kind']): void {
    if (kind === undefined || sheet.value?.kind === kind) sheet.value = null
  }

  function dismiss(): void {
    cancel()
    told.value = null
  }

  /** @param forMs how long it stands there; without it, until something else is told */
  function tell(next: Told, forMs?: number): void {
    cancel()
    told.value = next
    if (forMs !== undefined) cancel = clock.schedule(forMs, dismiss)
  }

  /** The display goes: nothing of this belongs to the next one. */
  function leave(): void {
    takePick()
    closeSheet()
    dismiss()
  }

  return { pickedMs, sheet, told, pick, takePick, openSheet, closeSheet, tell, dismiss, leave }
})
