import { readFile, readdir } from 'node:fs/promises'
import { extname, join, relative, sep } from 'node:path'
import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply } from 'fastify'
import { errorCode } from '../../core/storage/StorageFs.ts'
import { HostFailure, failureCodes } from '../HostFailure.ts'

/** One file of the screen, ready to send. */
export interface ScreenFile {
  readonly content: Buffer
  /** Null where compressing would not help. */
  readonly compressed: Buffer | null
  readonly contentType: string
  readonly cacheControl: string
}

/** Every file of the screen by its address path. What is not in here cannot be asked for, however the path is written. */
export type ScreenFiles = ReadonlyMap<string, ScreenFile>

const contentTypes: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.json': 'application/json; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.jpg': 'image/jpeg',
  '.webp': 'image/webp',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
}

/** Below it the headers weigh more than what compressing saves. */
const SMALLEST_COMPRESSED_BYTES = 1024
const compressible = /^(?:text\/|application\/json|image\/svg)/
const INDEX = '/index.html'
const compress = promisify(gzip)

/** The build puts a hash of the content into the names below `assets`, and nowhere else. */
const cacheControlOf = (path: string): string =>
  path.startsWith('/assets/') ? 'public, max-age=31536000, immutable' : 'no-store'

async function loadFile(file: string, path: string): Promise<ScreenFile> {
  const content = await readFile(file)
  const contentType = contentTypes[extname(path)] ?? 'application/octet-stream'
  const isWorthIt = compressible.test(contentType) && content.length >= SMALLEST_COMPRESSED_BYTES
  return {
    content,
    compressed: isWorthIt ? await compress(content) : null,
    contentType,
    cacheControl: cacheControlOf(path),
  }
}

async function listFiles(directory: string): Promise<readonly string[]> {
  try {
    const entries = await readdir(directory, { recursive: true, withFileTypes: true })
    // Links are left out: they could lead outside.
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  } catch (error: unknown) {
    if (errorCode(error) === 'ENOENT') return []
    throw error
  }
}

/**
 * Reads the built screen into memory, once: a few hundred kilobytes.
 * @throws HostFailure when the directory holds no screen
 */
export async function loadScreenFiles(directory: string): Promise<ScreenFiles> {
  const files = new Map<string, ScreenFile>()
  for (const file of await listFiles(directory)) {
    const path = `/${relative(directory, file).split(sep).join('/')}`
    files.set(path, await loadFile(file, path))
  }
  if (!files.has(INDEX)) {
    throw new HostFailure(failureCodes.failed, [
      `${directory}: holds no built screen. Run "npm run build", or name its folder with --screen.`,
    ])
  }
  return files
}

/** Whether any of the encodings the browser offers is gzip; `gzip;q=0` refuses it. */
const takesGzip = (accepted = ''): boolean =>
  /(?:^|,)\s*gzip\s*(?:,|$|;(?!\s*q=0(?:\.0*)?\s*(?:,|$)))/i.test(accepted)

const ROOMS = '/rooms'

/**
 * `/` and every room's own address are the same page; the page reads its address. It names its files relative to
 * itself, so they are found below `/rooms` too.
 */
function fileFor(files: ScreenFiles, url: string): ScreenFile | undefined {
  const path = url.split('?', 1)[0] ?? ''
  if (path === '/') return files.get(INDEX)
  if (!path.startsWith(`${ROOMS}/`)) return files.get(path)
  const isRoom = /^\/rooms\/[^/]+$/.test(path)
  return files.get(path.slice(ROOMS.length)) ?? (isRoom ? files.get(INDEX) : undefined)
}

/** Serves the screen and answers 404 to everything else. */
export function addStaticFiles(app: FastifyInstance, files: ScreenFiles): void {
  app.get('/*', (request, reply): FastifyReply => {
    const file = fileFor(files, request.url)
    if (!file) return reply.code(404).type('text/plain; charset=utf-8').send('There is nothing here.\n')
    const { content, compressed } = file
    void reply.type(file.contentType).header('cache-control', file.cacheControl)
    if (compressed === null) return reply.send(content)
    void reply.header('vary', 'accept-encoding')
    if (!takesGzip(request.headers['accept-encoding'])) return reply.send(content)
    return reply.header('content-encoding', 'gzip').send(compressed)
  })
}
