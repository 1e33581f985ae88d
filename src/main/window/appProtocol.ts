import type { CustomScheme } from 'electron'
import { readFile } from 'node:fs/promises'
import { extname, sep } from 'node:path'
import { APP_SCHEME, resolveAppFile } from './resolveAppFile.ts'

/** Registered once, before ready. Nothing here loosens the content policy. */
export const appScheme: CustomScheme = {
  scheme: APP_SCHEME,
  privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true },
}

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.webmanifest': 'application/manifest+json',
}

const contentPolicy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
  // Not `allow-modals`: print, alert and their kin would open a box of the system that stays on the door until someone comes.
  'sandbox allow-scripts allow-same-origin allow-forms',
].join('; ')

const guards = {
  'Content-Security-Policy': contentPolicy,
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Cross-Origin-Opener-Policy': 'same-origin',
  'Cross-Origin-Resource-Policy': 'same-origin',
}

const refusal = (status: number): Response =>
  new Response(null, { status, headers: { ...guards, 'Cache-Control': 'no-store' } })

/** Built assets carry a hash in their name and never change; a page must be asked for anew after an update. */
const cacheControl = (file: string): string =>
  file.includes(`${sep}assets${sep}`) ? 'public, max-age=31536000, immutable' : 'no-store'

/**
 * Answers requests to `app://panel/…` from the built pages and nothing else.
 * @param root absolute path of the built pages
 */
export function createAppProtocolHandler(root: string): (request: Request) => Promise<Response> {
  return async (request) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return refusal(405)
    const file = resolveAppFile(root, request.url)
    const contentType = file === null ? undefined : contentTypes[extname(file).toLowerCase()]
    if (file === null || contentType === undefined) return refusal(404)
    try {
      const bytes = await readFile(file)
      return new Response(request.method === 'HEAD' ? null : new Uint8Array(bytes), {
        headers: { ...guards, 'Content-Type': contentType, 'Cache-Control': cacheControl(file) },
      })
    } catch {
      return refusal(404)
    }
  }
}
