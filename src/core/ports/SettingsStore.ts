/**
 * Where a host keeps the settings. It moves raw values only: validation, migration and defaults are the core's.
 */
export interface SettingsStore {
  /** @returns the stored value, or undefined when nothing was ever stored. @throws when the store cannot be read */
  load(): Promise<unknown>
  /** Replaces the settings atomically: after a crash either the old or the new value is there. */
  save(settings: unknown): Promise<void>
  /** False where the settings come from a file the operator owns; saving then fails. */
  readonly isWritable: boolean
}
