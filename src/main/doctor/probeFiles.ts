import { readFile, readlink, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { readAccount } from '../../core/doctor/readAccount.ts'
import type { FileText, ReadAccount } from '../../core/doctor/readAccount.ts'
import { errorCode } from '../../core/storage/StorageFs.ts'

/** A file's text, or why there is none. Never rejects. */
export async function readFileText(path: string): Promise<FileText> {
  try {
    return { kind: 'text', text: await readFile(path, 'utf8') }
  } catch (error: unknown) {
    const code = errorCode(error)
    return code === 'ENOENT' || code === 'ENOTDIR' ? { kind: 'absent' } : { kind: 'unreadable', code }
  }
}

/** @returns null when it cannot be read */
export async function readTextOrNull(path: string): Promise<string | null> {
  const read = await readFileText(path)
  return read.kind === 'text' ? read.text : null
}

/** Who a file belongs to, and what may be done with it; null when there is none. */
export function findOwner(path: string): Promise<{ userId: number; mode: number } | null> {
  return stat(path).then(
    ({ uid, mode }) => ({ userId: uid, mode }),
    () => null,
  )
}

/** Where a link points; null when there is none. */
export function readLink(path: string): Promise<string | null> {
  return readlink(path).catch(() => null)
}

/** See `InstanceDeps.programOf`; Linux only. */
export async function programOf(pid: number): Promise<string | null> {
  try {
    return await readlink(`/proc/${pid}/exe`)
  } catch (error: unknown) {
    return errorCode(error) === 'ENOENT' ? null : ''
  }
}

/** The settings a panel would start with from this folder. */
export async function readPanelAccount(folder: string): Promise<ReadAccount> {
  const file = join(folder, 'settings.json')
  return readAccount(file, folder, await readFileText(file))
}
