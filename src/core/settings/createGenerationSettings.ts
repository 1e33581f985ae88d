import { join } from 'node:path'
import { z } from 'zod'
import { createLane } from '../async/createLane.ts'
import type { Clock } from '../ports/Clock.ts'
import type { Logger } from '../ports/Logger.ts'
import type { SettingsStore } from '../ports/SettingsStore.ts'
import { SETTINGS_VERSION } from '../../shared/settings/schema.ts'
import { errorCode } from '../storage/StorageFs.ts'
import type { StorageFs } from '../storage/StorageFs.ts'
import { syncFolder } from '../storage/syncFolder.ts'
import { parseSettings } from './parseSettings.ts'

type SettingsObject = Record<string, unknown>

/** One settings file as conf and electron-store give it: reading parses, assigning replaces the file atomically. */
export interface SettingsFile {
  store: SettingsObject
}

/** Opens `<folder>/<name>.json`, mode 0600. @throws what `parse` throws on a damaged file */
export type OpenSettingsFile = (options: {
  readonly folder: string
  readonly name: string
  readonly parse: (text: string) => SettingsObject
}) => SettingsFile

/** What {@link createGenerationSettings} needs. */
export interface GenerationSettingsDeps {
  readonly folder: string
  readonly openFile: OpenSettingsFile
  readonly fs: StorageFs
  readonly clock: Clock
  readonly log: Logger
}

/** Settings were stored once and cannot be read now: neither generation. Nothing was changed on disk. */
export class SettingsUnreadableError extends Error {
  constructor(cause: unknown) {
    super('the settings cannot be read: neither the last nor the previous generation', { cause })
    this.name = 'SettingsUnreadableError'
  }
}

type Reading =
  | { readonly kind: 'found'; readonly settings: SettingsObject }
  | { readonly kind: 'missing' }
  | { readonly kind: 'damaged'; readonly cause: unknown }

const CURRENT = 'settings'
const PREVIOUS = 'settings.previous'

const settingsObject = z.record(z.string(), z.unknown())

/** The format a document says it is of; 0 where it says none. */
const formatOf = ({ version }: SettingsObject): number =>
  typeof version === 'number' && Number.isSafeInteger(version) ? version : 0

/** The last document of one format, kept when another format took its place. */
const keptOf = (format: number): string => `settings.v${format}`

/** Stricter than the store's own: a file that holds `null` or a list is damage, not empty settings. */
const parse = (text: string): SettingsObject => settingsObject.parse(JSON.parse(text))

/** The fields by which a document makes no sense as settings; null when it does. No values: they may be secrets. */
function refusedFields(settings: SettingsObject): string | null {
  const parsed = parseSettings(settings)
  if (parsed.ok) return null
  return parsed.issues
    .map(({ path }) => path)
    .join(' ')
    .slice(0, 200)
}

/**
 * Settings as two files, the last and the one before it. A damaged file is set aside under a dated name, one that makes no
 * sense stays where it is, and the other generation is used if it is good; nothing is ever wiped. After a version was taken
 * back, the file may be of a format that is still to come. Then the last one of our own format is used.
 */
export function createGenerationSettings(deps: GenerationSettingsDeps): SettingsStore {
  const { folder, openFile, fs, clock, log } = deps
  const pathOf = (name: string): string => join(folder, `${name}.json`)
  const open = (name: string): SettingsFile => openFile({ folder, name, parse })

  /** @throws when the disk itself refuses: that is neither missing nor damaged */
  async function read(name: string): Promise<Reading> {
    try {
      await fs.readFile(pathOf(name))
    } catch (error) {
      if (errorCode(error) === 'ENOENT') return { kind: 'missing' }
      throw new SettingsUnreadableError(error)
    }
    try {
      return { kind: 'found', settings: open(name).store }
    } catch (cause) {
      return { kind: 'damaged', cause }
    }
  }

  async function setAside(name: string): Promise<void> {
    const aside = `${name}.damaged-${clock.now()}`
    await fs.rename(pathOf(name), pathOf(aside))
    await syncFolder(fs, folder)
    log.error('a damaged settings file was set aside', { file: pathOf(aside) })
  }

  /** @returns what stood there before a later program wrote a format of its own; undefined where nothing is to be replaced */
  async function olderThan(newer: SettingsObject): Promise<SettingsObject | undefined> {
    if (formatOf(newer) <= SETTINGS_VERSION) return undefined
    for (const name of [keptOf(SETTINGS_VERSION), PREVIOUS]) {
      const reading = await read(name)
      if (reading.kind !== 'found' || formatOf(reading.settings) > SETTINGS_VERSION) continue
      log.warn('a later version wrote the settings; the last ones of this version are used', {
        format: formatOf(newer),
      })
      return reading.settings
    }
    return undefined
  }

  async function goodPrevious(): Promise<SettingsObject | null> {
    // A disk that refuses the older file is no reason to lose the newer one.
    const previous = await read(PREVIOUS).catch(() => null)
    return previous?.kind === 'found' && refusedFields(previous.settings) === null ? previous.settings : null
  }

  /** @returns the settings, or the previous ones where only those make sense */
  async function sensible(settings: SettingsObject): Promise<SettingsObject> {
    const fields = refusedFields(settings)
    const previous = fields === null ? null : await goodPrevious()
    if (fields === null || previous === null) return settings
    log.error('the settings make no sense, the previous ones are used; the file stays as it is', {
      file: pathOf(CURRENT),
      fields,
    })
    return previous
  }

  /** The store syncs its text but not the folder: a saved change would be undone by a power cut. */
  async function replace(name: string, settings: SettingsObject): Promise<void> {
    open(name).store = settings
    await syncFolder(fs, folder)
  }

  /** Two generations again: a second damaged file must not cost the settings. */
  async function restore(isDamaged: boolean, settings: SettingsObject): Promise<void> {
    if (isDamaged) await setAside(CURRENT)
    await replace(CURRENT, settings)
  }

  async function load(): Promise<unknown> {
    const current = await read(CURRENT)
    if (current.kind === 'found') {
      return (await olderThan(current.settings)) ?? (await sensible(current.settings))
    }
    const previous = await read(PREVIOUS)
    if (previous.kind === 'found') {
      log.warn('the previous settings are used', { because: current.kind })
      await restore(current.kind === 'damaged', previous.settings).catch(() => undefined)
      return previous.settings
    }
    if (current.kind === 'damaged') throw new SettingsUnreadableError(current.cause)
    if (previous.kind === 'damaged') throw new SettingsUnreadableError(previous.cause)
    return undefined
  }

  async function write(name: string, settings: SettingsObject): Promise<void> {
    if ((await read(name)).kind === 'damaged') await setAside(name)
    await replace(name, settings)
  }

  async function save(settings: unknown): Promise<void> {
    const next = settingsObject.parse(settings)
    const current = await read(CURRENT)
    if (current.kind === 'found') {
      // Whichever way the format changes, the other program finds its own again.
      const [was, becomes] = [formatOf(current.settings), formatOf(next)]
      if (was !== becomes && was !== 0) await write(keptOf(was), current.settings)
      const isRefused = was <= SETTINGS_VERSION && refusedFields(current.settings) !== null
      // What makes no sense must not take the place of what does.
      if (isRefused && (await goodPrevious()) !== null) await setAside(CURRENT)
      else await write(PREVIOUS, current.settings)
    }
    await write(CURRENT, next)
    // From the first save on there are two: a bad sector in one file must not cost the settings.
    if ((await read(PREVIOUS)).kind === 'missing') await write(PREVIOUS, next)
  }

  // A save between another's two files would mix generations.
  const inTurn = createLane()
  return { load: () => inTurn(load), save: (settings) => inTurn(() => save(settings)), isWritable: true }
}
