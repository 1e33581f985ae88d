import type { StorageFs } from '../storage/StorageFs.ts'

/** A file somebody carried here. */
export interface CarriedFile {
  readonly path: string
  readonly text: string
}

/** Provisioning files on removable media. */
export interface CarriedFiles {
  /** Looks now. Never rejects; a medium that cannot be read holds nothing. */
  find(): Promise<readonly CarriedFile[]>
  /** To take the secrets off it again. */
  readonly fs: StorageFs
}
