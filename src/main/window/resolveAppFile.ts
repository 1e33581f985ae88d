import { isAbsolute, relative, resolve, sep } from 'node:path'

/** Scheme and host of the panel's own pages; together its origin. */
export const APP_SCHEME = 'app'
/** See {@link APP_SCHEME}. */
const APP_HOST = 'panel'
/** The only origin the main process trusts. */
export const APP_ORIGIN = `${APP_SCHEME}://${APP_HOST}`

/** Whether an address is one of the panel's own pages: parsed, never compared by its beginning. */
export function isAppUrl(address: string): boolean {
  if (!URL.canParse(address)) return false
  const { protocol, host, username, password } = new URL(address)
  return protocol === `${APP_SCHEME}:` && host === APP_HOST && username === '' && password === ''
}

function decode(pathname: string): string | null {
  try {
    return decodeURIComponent(pathname)
  } catch {
    return null
  }
}

/**
 * The file an address of the panel stands for, or null when it names none inside `root`. Pure: whether the file exists
 * is the reader's business.
 * @param root absolute path of the built pages
 */
export function resolveAppFile(root: string, address: string): string | null {
  if (!isAppUrl(address)) return null
  const path = decode(new URL(address).pathname)
  // Backslash, NUL and drive colons mean something to a file system and nothing to a page.
  if (path === null || /[\\\0:]/.test(path)) return null
  const file = resolve(root, `.${path === '/' ? '/index.html' : path}`)
  const inside = relative(root, file)
  if (inside === '' || inside === '..' || inside.startsWith(`..${sep}`) || isAbsolute(inside)) return null
  return file
}
