import type { RoomId } from '../../../shared/domain/room.ts'

/** The part of the page's address that names a room. */
export interface PageAddress {
  readonly protocol: string
  readonly pathname: string
  readonly hash: string
}

const ROOM_PATH = /\/rooms\/([^/]+)\/?$/

function readRoom(path: string): RoomId | null {
  const name = ROOM_PATH.exec(path)?.[1]
  if (name === undefined) return null
  try {
    return decodeURIComponent(name)
  } catch {
    return null
  }
}

/**
 * The room the address asks for: `…/rooms/<id>` over HTTP, `…#/rooms/<id>` in Electron, whose pages have one path.
 * @returns null for the default room
 */
export function roomFromLocation({ protocol, pathname, hash }: PageAddress): RoomId | null {
  const isHttp = protocol === 'http:' || protocol === 'https:'
  return (isHttp ? readRoom(pathname) : null) ?? readRoom(hash.replace(/^#/, ''))
}

/** The application's root for a page's address, ending in a slash: the same for `/`, `/rooms/<id>` and a proxied sub-path. */
export function rootUrl(href: string): string {
  const url = new URL(href)
  const path = url.pathname.replace(ROOM_PATH, '/').replace(/[^/]*$/, '')
  return new URL(path, url.origin).href
}
