import { z } from 'zod'
import type { Settings } from '../../shared/settings/schema.ts'
import { parseSettings } from './parseSettings.ts'

/** What is left out may bring new faults to light, e.g. a field that is missed now. */
const MOST_ROUNDS = 5

const branch = z.union([z.record(z.string(), z.unknown()), z.array(z.unknown())])

function entryOf(parent: unknown, key: string): unknown {
  const parsed = branch.safeParse(parent)
  return parsed.success ? new Map(Object.entries(parsed.data)).get(key) : undefined
}

/** A copy with one entry set, or left out where `value` is undefined; what is no object or list stays as it is. */
function withEntry(parent: unknown, key: string, value: unknown): unknown {
  const parsed = branch.safeParse(parent)
  if (!parsed.success) return parent
  if (Array.isArray(parsed.data))
    return parsed.data.flatMap((one, at) => {
      if (String(at) !== key) return [one]
      return value === undefined ? [] : [value]
    })
  const others = Object.entries(parsed.data).filter(([name]) => name !== key)
  return Object.fromEntries(value === undefined ? others : [...others, [key, value]])
}

/** Where a display has a fault, nobody knows what it was to hide: then it hides everything. */
function without(parent: unknown, [key, ...rest]: readonly string[]): unknown {
  if (key === undefined) return parent
  const inner = rest.length === 0 ? undefined : without(entryOf(parent, key), rest)
  if (key !== 'display') return withEntry(parent, key, inner)
  return withEntry(parent, key, withEntry(inner ?? {}, 'privacy', 'busy'))
}

/**
 * What still makes sense of settings that do not, to be put right by an admin: every faulty field is left out.
 * @returns null where nothing that could run is left
 */
export function salvageSettings(raw: unknown): Settings | null {
  let rest = raw
  for (let round = 0; round < MOST_ROUNDS; round += 1) {
    const parsed = parseSettings(rest)
    if (parsed.ok) return parsed.settings
    // From the last to the first, so that an entry left out of a list does not move those that are still to go.
    rest = [...parsed.issues].reverse().reduce((left, { path }) => without(left, path.split('.')), rest)
  }
  return null
}
