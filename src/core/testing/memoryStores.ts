import type { SecretReading, SecretStore } from '../ports/SecretStore.ts'
import type { SettingsStore } from '../ports/SettingsStore.ts'
import type { StateStore } from '../ports/StateStore.ts'

/** State in memory; `files` is the disk. Set `isFull` to make writes fail. */
export function createMemoryState(files = new Map<string, string>()) {
  const store: StateStore & { files: Map<string, string>; isFull: boolean } = {
    files,
    isFull: false,
    read(key) {
      const text = files.get(key)
      return Promise.resolve(text === undefined ? undefined : (JSON.parse(text) as unknown))
    },
    write(key, value) {
      if (store.isFull) return Promise.reject(new Error('ENOSPC'))
      files.set(key, JSON.stringify(value))
      return Promise.resolve()
    },
  }
  return store
}

/** Settings in memory. */
export function createMemorySettings(initial?: unknown): SettingsStore & { value: unknown } {
  const store = {
    value: initial,
    isWritable: true,
    load: () => Promise.resolve(store.value),
    save: (settings: unknown) => {
      store.value = settings
      return Promise.resolve()
    },
  }
  return store
}

/** Secrets in memory. */
export function createMemorySecrets(initial: Record<string, string> = {}): SecretStore {
  const values = new Map(Object.entries(initial))
  return {
    read: (name) => {
      const value = values.get(name)
      const reading: SecretReading = value === undefined ? { kind: 'missing' } : { kind: 'found', value }
      return Promise.resolve(reading)
    },
    write: (name, value) => {
      values.set(name, value)
      return Promise.resolve()
    },
    remove: (name) => {
      values.delete(name)
      return Promise.resolve()
    },
    strength: () => Promise.resolve('fileOnly'),
  }
}
