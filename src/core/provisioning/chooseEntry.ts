import type { DeviceNames } from '../machine/DeviceIdentity.ts'
import type { DeviceEntry } from './deviceTable.ts'

/** Which line of the table speaks of a device. */
export type EntryChoice =
  | { readonly kind: 'one'; readonly index: number }
  | { readonly kind: 'none' }
  | { readonly kind: 'several'; readonly indices: readonly number[] }

const fold = (text: string): string => text.trim().toLowerCase()

/** A name without a domain means the machine of that name in any domain. */
function isHost(wanted: string, hostName: string): boolean {
  const [entry, device] = [fold(wanted), fold(hostName)]
  return entry === device || (!entry.includes('.') && entry === device.split('.', 1)[0])
}

function speaksOf({ hostName, serial }: DeviceEntry, device: DeviceNames): boolean {
  if (hostName !== undefined) return isHost(hostName, device.hostName)
  return serial !== undefined && device.serials.some((one) => fold(one) === fold(serial))
}

/** Finds a device in the table. Two lines for one device are no choice: the wrong room would be worse than none. Pure. */
export function chooseEntry(devices: readonly DeviceEntry[], device: DeviceNames): EntryChoice {
  const indices = devices.flatMap((entry, index) => (speaksOf(entry, device) ? [index] : []))
  const [index] = indices
  if (index === undefined) return { kind: 'none' }
  return indices.length === 1 ? { kind: 'one', index } : { kind: 'several', indices }
}
