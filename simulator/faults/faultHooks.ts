import { Readable } from 'node:stream'

import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

import { type Fields, isFields } from '../http/fields.ts'
import type { ErrorAnswer } from '../platforms/Platform.ts'
import type { Fault, FaultKind } from './fault.ts'
import type { FaultBook } from './faultBook.ts'
import { spoilAnswer } from './spoilAnswer.ts'

export interface FaultHooksDeps {
  readonly faults: FaultBook
  readonly pathOf: (request: FastifyRequest) => string
  /** Whether the path belongs to a simulated platform. */
  readonly isPlatformPath: (path: string) => boolean
  /** The envelope in which the path's platform reports an error. */
  readonly errorAnswer: (path: string, errcode: number | string, errmsg: string) => ErrorAnswer
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>
  /** Aborted when the simulator closes: nothing may wait on. */
  readonly closing: AbortSignal
}

const captivePortal =
  '<!doctype html><html><head><title>Sign in to the network</title></head><body><h1>Wi-Fi login</h1></body></html>'

/** An answer the reply is replaced by; null: the connection is cut instead. */
type Substitute = { readonly type: string; readonly body: string } | null

function substituteFor(
  fault: Fault,
  path: string,
  reply: FastifyReply,
  deps: FaultHooksDeps,
): Substitute | undefined {
  const json = (body: Fields) => ({ type: 'application/json; charset=utf-8', body: JSON.stringify(body) })
  switch (fault.kind) {
    case 'drop':
      return null
    case 'html':
      return { type: 'text/html; charset=utf-8', body: captivePortal }
    case 'emptyBody':
      return { type: 'application/json; charset=utf-8', body: '' }
    case 'errcode': {
      const { status, body } = deps.errorAnswer(path, fault.errcode, fault.errmsg)
      reply.code(fault.status ?? status)
      return json(body)
    }
    case 'status':
      reply.code(fault.status ?? 500)
      if (fault.retryAfter !== null) reply.header('retry-after', String(fault.retryAfter))
      return { type: 'text/plain; charset=utf-8', body: `simulated HTTP ${reply.statusCode}` }
    default:
      return undefined
  }
}

async function* inChunks(text: string, fault: Fault, deps: FaultHooksDeps): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; at += fault.bytes) {
    await deps.wait(fault.ms, deps.closing)
    yield bytes.subarray(at, at + fault.bytes)
  }
}

/** Good JSON followed by blanks: nothing but its length is wrong with it. */
function* withBlanks(text: string, bytes: number): Generator<Buffer> {
  yield Buffer.from(text)
  const blank = Buffer.alloc(64 * 1024, 0x20)
  for (let left = bytes; left > 0; left -= blank.length) yield blank.subarray(0, Math.min(left, blank.length))
}

/** Half of what the headers promise, then the connection is cut. */
async function* half(text: string, reply: FastifyReply, deps: FaultHooksDeps): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text)
  yield bytes.subarray(0, Math.ceil(bytes.length / 2))
  await deps.wait(1, deps.closing)
  reply.raw.destroy()
}

function damage(text: string, fault: Fault, reply: FastifyReply, deps: FaultHooksDeps): string | Readable {
  switch (fault.kind) {
    case 'corrupt':
      return `${text.slice(0, Math.ceil(text.length / 2))}}{"`
    case 'slowBody':
      return Readable.from(inChunks(text, fault, deps))
    case 'oversize':
      return Readable.from(withBlanks(text, fault.bytes))
    case 'truncate':
      reply.header('content-length', String(Buffer.byteLength(text)))
      return Readable.from(half(text, reply, deps))
    default: {
      const answer = parseJson(text)
      return isFields(answer) ? JSON.stringify(spoilAnswer(answer, fault)) : text
    }
  }
}

/** Undefined when it is no JSON: another fault was here first. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const byteKinds: readonly FaultKind[] = ['corrupt', 'oversize', 'truncate', 'slowBody']

/** What changes fields comes before what changes bytes, whatever order they were ordered in. */
const bytesLast = (faults: readonly Fault[]): readonly Fault[] =>
  [...faults].sort((one, other) => byteKinds.indexOf(one.kind) - byteKinds.indexOf(other.kind))

/** Makes the faults strike: some before the call takes effect, the others on its answer. */
export function addFaultHooks(server: FastifyInstance, deps: FaultHooksDeps): void {
  const struck = new WeakMap<FastifyRequest, readonly Fault[]>()
  /** Per repeatCursor fault and path: the first page, served again for ever. */
  const pages = new Map<string, string>()
  const firstPages = new WeakMap<FastifyRequest, string>()

  server.addHook('onRequest', async (request, reply) => {
    const path = deps.pathOf(request)
    if (!deps.isPlatformPath(path)) return
    const hits = deps.faults.strike(request.method, path)
    struck.set(request, hits)
    for (const fault of hits) {
      if (fault.kind === 'delay') await deps.wait(fault.ms, deps.closing).catch(() => undefined)
      const page = fault.kind === 'repeatCursor' ? pages.get(`${fault.id} ${path}`) : undefined
      if (page !== undefined) firstPages.set(request, page)
      if (fault.when === 'after') continue
      const substitute = substituteFor(fault, path, reply, deps)
      if (substitute === undefined) continue
      struck.delete(request)
      if (substitute !== null) return reply.type(substitute.type).send(substitute.body)
      reply.hijack()
      reply.raw.destroy()
      return
    }
  })

  server.addHook('onSend', async (request, reply, payload) => {
    let answer: unknown = firstPages.get(request) ?? payload
    const path = deps.pathOf(request)
    for (const fault of bytesLast(struck.get(request) ?? [])) {
      if (typeof answer !== 'string') return answer
      const substitute = fault.when === 'after' ? substituteFor(fault, path, reply, deps) : undefined
      if (substitute === null) {
        reply.raw.destroy()
        return answer
      }
      if (substitute !== undefined) {
        reply.type(substitute.type)
        answer = substitute.body
      } else if (fault.kind !== 'delay') answer = damage(answer, fault, reply, deps)
      if (fault.kind === 'repeatCursor' && typeof answer === 'string')
        pages.set(`${fault.id} ${path}`, answer)
    }
    return answer
  })
}
