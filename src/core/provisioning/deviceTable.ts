import { z } from 'zod'
import type { FieldIssue } from '../../shared/api/refusal.ts'
import type { Settings } from '../../shared/settings/schema.ts'
import { isFillerSerial } from '../machine/DeviceIdentity.ts'
import { parseSettings } from '../settings/parseSettings.ts'

/** One tablet of a fleet: what it is known by, its room, and what it does differently. */
export const deviceSchema = z
  .strictObject({
    /** Without a domain it means the machine of that name in any domain. */
    hostName: z.string().trim().min(1).max(253).optional(),
    serial: z
      .string()
      .trim()
      .min(1)
      .max(64)
      .refine((text) => !isFillerSerial(text), 'is what many machines carry instead of a serial number')
      .optional(),
    room: z.string(),
    /** Laid over `display` of the settings, field by field. */
    display: z.record(z.string(), z.unknown()).optional(),
    /** Laid over `kiosk` of the settings, field by field. */
    kiosk: z.record(z.string(), z.unknown()).optional(),
  })
  .refine(({ hostName, serial }) => (hostName === undefined) !== (serial === undefined), {
    error: 'needs either hostName or serial, and not both',
    when: () => true,
  })

/** See {@link deviceSchema}. */
export type DeviceEntry = z.infer<typeof deviceSchema>

/** The parts of valid settings that a line of the table changes, as the operator wrote them. */
const changedParts = z.looseObject({
  account: z.looseObject({}),
  rooms: z.array(z.looseObject({ id: z.string() })),
  display: z.looseObject({}).optional(),
  kiosk: z.looseObject({}).optional(),
})

/** Settings that are valid, and how the file has them: defaults stay defaults. */
export interface WrittenSettings {
  readonly written: unknown
  readonly settings: Settings
}

/**
 * The settings of one line: its room alone, so that a tablet spends no calls on the others, and its own display and kiosk.
 * Where the file does not say how many panels share the platform's calls, as many do as the table has lines.
 */
export function settingsOfEntry(
  { written, settings }: WrittenSettings,
  { room, display, kiosk }: DeviceEntry,
  panels: number,
): unknown {
  const { defaultRoomId: _common, account, rooms, ...rest } = changedParts.parse(written)
  const isShared = 'sharedByPanels' in settings.account
  return {
    ...rest,
    account: isShared ? { sharedByPanels: panels, ...account } : account,
    rooms: rooms.filter(({ id }) => id === room),
    ...(display ? { display: { ...rest.display, ...display } } : {}),
    ...(kiosk ? { kiosk: { ...rest.kiosk, ...kiosk } } : {}),
  }
}

const nameOf = ({ hostName, serial }: DeviceEntry): string =>
  hostName === undefined ? `serial ${serial?.toLowerCase()}` : `host ${hostName.toLowerCase()}`

function entryIssues(common: WrittenSettings, entry: DeviceEntry, panels: number): readonly FieldIssue[] {
  if (!common.settings.rooms.some(({ id }) => id === entry.room)) {
    return [{ path: 'room', message: 'names a room that is not in rooms of the settings' }]
  }
  const parsed = parseSettings(settingsOfEntry(common, entry, panels))
  return parsed.ok ? [] : parsed.issues
}

/** Everything in the table that would go wrong on some tablet, so that it is found before the walk from door to door. */
export function tableIssues(common: WrittenSettings, devices: readonly DeviceEntry[]): readonly FieldIssue[] {
  const seen = new Set<string>()
  return devices.flatMap((entry, index) => {
    const issues = entryIssues(common, entry, devices.length)
    const isTwice = seen.has(nameOf(entry))
    seen.add(nameOf(entry))
    const field = entry.hostName === undefined ? 'serial' : 'hostName'
    const twice = isTwice ? [{ path: field, message: 'stands twice: a device has one room' }] : []
    return [...twice, ...issues].map(({ path, message }) => ({ path: `devices.${index}.${path}`, message }))
  })
}
