/**
 * Chromium cannot be taught a scheme from outside, so pages of `app://panel/…` are shown under
 * `http://panel.app.localhost/…`: a secure context with an origin of its own, for which 'self' in a content policy means
 * the same. Only the test sees that address; the app is told its own.
 */
const SUFFIX = '.localhost'

/** @returns where Chromium shows a page of the app; other addresses stay as they are */
export function shownAddress(appUrl: string): string {
  const { protocol, host, pathname, search, hash } = new URL(appUrl)
  if (protocol === 'http:' || protocol === 'https:' || protocol === 'about:') return appUrl
  return `http://${host}.${protocol.slice(0, -1)}${SUFFIX}${pathname}${search}${hash}`
}

/** The other way round: what the app is told of a page's address. */
export function appAddress(shown: string): string {
  if (!URL.canParse(shown)) return shown
  const { protocol, hostname, port, pathname, search, hash } = new URL(shown)
  const [, host, scheme] = /^([^.]+)\.([^.]+)\.localhost$/.exec(hostname) ?? []
  if (protocol !== 'http:' || port !== '' || host === undefined || scheme === undefined) return shown
  return `${scheme}://${host}${pathname}${search}${hash}`
}

/** Whether an address is a page of the app in its disguise. */
export const isShownApp = (address: string): boolean => appAddress(address) !== address
