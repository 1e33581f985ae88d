import type { Fields } from '../http/fields.ts'
import { type Fault, readFault } from './fault.ts'

/** The faults ordered and not yet used up. */
export interface FaultBook {
  /** @throws FieldError when the order is not a valid one */
  add(order: Fields): Fault
  /** The faults that strike this call; each is counted as having struck. */
  strike(method: string, path: string): readonly Fault[]
  all(): readonly Fault[]
  remove(id: string): boolean
  clear(): void
}

export function createFaultBook(): FaultBook {
  const faults = new Map<string, Fault>()
  let counter = 0
  return {
    add: (order) => {
      counter += 1
      const fault = readFault(order, `fault-${counter}`)
      faults.set(fault.id, fault)
      return fault
    },
    strike: (method, path) => {
      const hits = [...faults.values()].filter(
        (fault) => path.includes(fault.route) && (fault.method ?? method) === method,
      )
      for (const fault of hits) {
        if (fault.timesLeft === null) continue
        if (fault.timesLeft <= 1) faults.delete(fault.id)
        else faults.set(fault.id, { ...fault, timesLeft: fault.timesLeft - 1 })
      }
      return hits
    },
    all: () => [...faults.values()],
    remove: (id) => faults.delete(id),
    clear: () => faults.clear(),
  }
}
