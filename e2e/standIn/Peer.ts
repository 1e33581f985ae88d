/** A message between the two halves of the stand-in: the process that runs the app and the test that owns the browser. */
export type Message =
  | { readonly kind: 'call'; readonly id: number; readonly method: string; readonly args: readonly unknown[] }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown }
  | { readonly kind: 'refusal'; readonly id: number; readonly message: string }

/** What one half lets the other call. */
export type Methods = Readonly<Record<string, (...args: never[]) => unknown>>

/** One end of the line. */
export interface Peer<Remote extends Methods> {
  /** @returns what the other half answered. @throws with the other half's message */
  call<M extends keyof Remote & string>(
    method: M,
    ...args: Parameters<Remote[M]>
  ): Promise<Awaited<ReturnType<Remote[M]>>>
  /** Hand every incoming message here. */
  receive(message: Message): void
  /** The line is cut: everything still asked fails. */
  close(reason: string): void
}

interface Pending {
  readonly resolve: (value: never) => void
  readonly reject: (error: Error) => void
}

/** @param send puts a message on the line; values must survive a structured clone */
export function createPeer<Remote extends Methods>(
  local: Methods,
  send: (message: Message) => void,
): Peer<Remote> {
  const pending = new Map<number, Pending>()
  let lastId = 0
  let closed: string | null = null

  async function run({ id, method, args }: Extract<Message, { kind: 'call' }>): Promise<void> {
    try {
      const target = local[method]
      if (!target) throw new Error(`nobody answers to ${method}`)
      const value = await target(...(args as never[]))
      if (closed === null) send({ kind: 'answer', id, value })
    } catch (error: unknown) {
      const message = error instanceof Error ? error.message : String(error)
      if (closed === null) send({ kind: 'refusal', id, message })
    }
  }

  return {
    call(method, ...args) {
      return new Promise((resolve, reject) => {
        if (closed !== null) {
          reject(new Error(`${method}: ${closed}`))
          return
        }
        const id = (lastId += 1)
        pending.set(id, { resolve, reject })
        send({ kind: 'call', id, method, args })
      })
    },
    receive(message) {
      if (message.kind === 'call') {
        void run(message)
        return
      }
      const waiting = pending.get(message.id)
      pending.delete(message.id)
      if (message.kind === 'answer') waiting?.resolve(message.value as never)
      else waiting?.reject(new Error(message.message))
    },
    close(reason) {
      closed = reason
      for (const { reject } of pending.values()) reject(new Error(reason))
      pending.clear()
    },
  }
}
