/**
 * Small documents the product writes by itself (last snapshots, call counters, journal), one per key.
 * Writes are atomic and private to the host's user; a full disk must not stop the panel.
 */
export interface StateStore {
  /** @returns the parsed JSON, or undefined when it is missing or damaged (a damaged one is set aside, not wiped) */
  read(key: string): Promise<unknown>
  /** @throws when the value could not be made durable */
  write(key: string, value: unknown): Promise<void>
}
