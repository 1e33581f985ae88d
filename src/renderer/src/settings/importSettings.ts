import type { Settings } from '../../../shared/settings/schema.ts'
import type { FieldKind, PlatformForm } from '../components/settings/platforms/PlatformForm.ts'
import { blankSettings } from './blankSettings.ts'

/** What must be known of the platforms this screen has a form for. */
/** The form of the settings' own platform, or none. */
type Forms = readonly Pick<PlatformForm, 'blankAccount' | 'accountFields' | 'blankSource' | 'sourceFields'>[]

/** What became of a text that should be exported settings. */
export type Imported =
  | { readonly kind: 'read'; readonly settings: Settings }
  | { readonly kind: 'notJson' }
  /** Fields that do not belong there or have the wrong type. */
  | { readonly kind: 'refused'; readonly paths: readonly string[] }

/** A shape a value must have; `?` after a field's name lets it be absent. */
type Shape =
  | 'text'
  | 'number'
  | 'flag'
  | 'numberOrNull'
  | 'account'
  | 'source'
  | { readonly oneOf: readonly unknown[] }
  | { readonly listOf: Shape }
  | { readonly fields: Readonly<Record<string, Shape>> }

const access: Shape = { oneOf: ['anyone', 'pin', 'off'] }

const shape: Shape = {
  fields: {
    version: { oneOf: [1] },
    'timeZone?': 'text',
    account: 'account',
    rooms: {
      listOf: {
        fields: {
          id: 'text',
          'name?': 'text',
          source: 'source',
        },
      },
    },
    'defaultRoomId?': 'text',
    'display?': {
      fields: {
        'language?': { oneOf: ['zh-CN', 'en-US'] },
        'theme?': { oneOf: ['auto', 'light', 'dark'] },
        'hourCycle?': { oneOf: ['24', '12'] },
        'privacy?': { oneOf: ['full', 'organizer', 'busy'] },
        'soonMinutes?': 'number',
      },
    },
    'checkIn?': {
      fields: {
        'mode?': { oneOf: ['off', 'platform', 'local'] },
        'opensBeforeMinutes?': 'number',
        'closesAfterMinutes?': 'number',
        'isReleaseOn?': 'flag',
      },
    },
    'actions?': {
      fields: { 'checkIn?': access, 'book?': access, 'extend?': access, 'end?': access, 'title?': 'text' },
    },
    'officeHours?': { fields: { 'days?': { listOf: 'number' }, 'from?': 'text', 'until?': 'text' } },
    'polling?': {
      fields: {
        'intervalSeconds?': 'number',
        'quietIntervalSeconds?': 'number',
        'unknownAfterMinutes?': 'number',
      },
    },
    'kiosk?': {
      fields: {
        'displayNumber?': 'numberOrNull',
        'isAlwaysOnTop?': 'flag',
        'isAutostarted?': 'flag',
        'isRestartedNightly?': 'flag',
      },
    },
  },
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** Paths at which a value has not its shape. Ranges are the core's business: it refuses them field by field on saving. */
function misfits(value: unknown, expected: Shape, path: string, forms: Forms): readonly string[] {
  const unless = (fits: boolean): readonly string[] => (fits ? [] : [path])
  if (expected === 'text') return unless(typeof value === 'string')
  if (expected === 'flag') return unless(typeof value === 'boolean')
  if (expected === 'number') return unless(typeof value === 'number')
  if (expected === 'numberOrNull') return unless(value === null || typeof value === 'number')
  if (expected === 'source') return sourceMisfits(value, path, forms)
  if (expected === 'account') return accountMisfits(value, path, forms)
  if ('oneOf' in expected) return unless(expected.oneOf.includes(value))
  if ('listOf' in expected) {
    if (!Array.isArray(value)) return [path]
    return value.flatMap((item, index) => misfits(item, expected.listOf, `${path}.${index}`, forms))
  }
  return objectMisfits(value, expected.fields, path, forms)
}

function objectMisfits(
  value: unknown,
  fields: Readonly<Record<string, Shape>>,
  path: string,
  forms: Forms,
): readonly string[] {
  if (!isObject(value)) return [path]
  const below = (name: string): string => (path === '' ? name : `${path}.${name}`)
  const known = new Map(Object.entries(fields).map(([name, expected]) => [name.replace('?', ''), expected]))
  const strange = Object.keys(value).filter((name) => !known.has(name))
  const missing = Object.keys(fields).filter((name) => !name.endsWith('?') && value[name] === undefined)
  const wrong = [...known].flatMap(([name, expected]) =>
    value[name] === undefined ? [] : misfits(value[name], expected, below(name), forms),
  )
  return [...strange.map(below), ...missing.map(below), ...wrong]
}

const optional = (fields: Readonly<Record<string, FieldKind>>): Readonly<Record<string, Shape>> =>
  Object.fromEntries(Object.entries(fields).map(([name, kind]) => [`${name}?`, kind]))

function accountMisfits(value: unknown, path: string, [form, ...rest]: Forms): readonly string[] {
  if (!isObject(value)) return [path]
  return form
    ? objectMisfits(value, optional(form.accountFields), path, [form, ...rest])
    : [`${path}.platform`]
}

function sourceMisfits(value: unknown, path: string, [form, ...rest]: Forms): readonly string[] {
  if (!isObject(value)) return [path]
  // Without a platform the account is told to be wrong; its rooms cannot be judged.
  return form ? objectMisfits(value, optional(form.sourceFields), path, [form, ...rest]) : []
}

/** Fields a shape lets be absent come from the defaults. */
function complete(value: unknown, defaults: unknown): unknown {
  if (Array.isArray(value) && isObject(defaults))
    return value.map((item: unknown) => complete(item, defaults))
  // Null is a value: it stands for "no limit" where a limit is the default.
  if (!isObject(value) || !isObject(defaults)) return value === undefined ? defaults : value
  const names = new Set([...Object.keys(defaults), ...Object.keys(value)])
  return Object.fromEntries([...names].map((name) => [name, complete(value[name], defaults[name])]))
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/**
 * Reads settings that were exported from another panel. A secret among them is a stranger like any other unknown field
 * and is refused: secrets are typed, never carried in files.
 * @param forms the platforms this screen has a form for
 */
export function importSettings(text: string, forms: Forms): Imported {
  const raw = parse(text)
  if (!isObject(raw)) return { kind: 'notJson' }
  const { account } = raw
  const own = forms.filter(
    ({ blankAccount }) => isObject(account) && account['platform'] === blankAccount.platform,
  )
  const paths = misfits(raw, shape, '', own)
  const [blank] = own
  if (!blank || paths.length > 0) return { kind: 'refused', paths }
  const settings = complete(raw, {
    ...blankSettings(blank.blankAccount, 'zh-CN'),
    // The defaults of every room of the list.
    rooms: { source: blank.blankSource },
  })
  return isSettings(settings) ? { kind: 'read', settings } : { kind: 'refused', paths: [] }
}

/** The walk above is the proof; this only says it to the compiler. */
function isSettings(value: unknown): value is Settings {
  return isObject(value)
}
