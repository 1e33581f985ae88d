import type { FeishuRoomSource } from '../../../../shared/settings/schema.ts'
import { transportFailure } from '../../testing/openSimulatedVendor.ts'
import { openStage } from '../../testing/openStage.ts'
import type { Stage } from '../../testing/openStage.ts'
import { openFeishuActionWorld } from './openFeishuActionWorld.ts'
import type { FeishuActionWorld } from './openFeishuActionWorld.ts'

/** A request that left the provider. */
export interface Sent {
  readonly method: string
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
}

/** What the action contract plays on, with every request at hand and Feishu's own ways to fail. */
export interface ActionStage extends Stage<FeishuRoomSource> {
  readonly feishu: FeishuActionWorld
  countOf(matches: (one: Sent) => boolean): number
  sent(matches: (one: Sent) => boolean): readonly Sent[]
  /** Requests that match break off before they leave, or after they were done; null: none does. */
  breakOff(matches: ((one: Sent) => boolean) | null, isDone?: boolean): void
  /** Changes something through the simulator's control API. */
  control(path: string, body: object): Promise<unknown>
  /** Presses without the checks all presses are held to. */
  book(from: number, until: number): Promise<unknown>
}

export const isDelete = ({ method }: Sent): boolean => method === 'DELETE'
export const isCreate = ({ method, path }: Sent): boolean => method === 'POST' && path.endsWith('/events')
export const isAsk = ({ method, path }: Sent): boolean => method === 'POST' && path.endsWith('/attendees')
export const isReply = ({ path }: Sent): boolean => path.endsWith('/instance/reply')

/** A stage in a fresh world; `check` and `feishu.close` end it. */
export async function openActionStage(): Promise<ActionStage> {
  const feishu = await openFeishuActionWorld()
  const requests: Sent[] = []
  let breaks: ((one: Sent) => boolean) | null = null
  let isDone = false
  const stage = await openStage<FeishuRoomSource>({
    ...feishu,
    provider: (wire) =>
      feishu.provider({
        async fetch(input, init) {
          const body = typeof init.body === 'string' ? (JSON.parse(init.body) as Sent['body']) : {}
          const one = { method: init.method?.toUpperCase() ?? 'GET', path: new URL(input).pathname, body }
          requests.push(one)
          if (!breaks?.(one)) return wire.fetch(input, init)
          if (isDone) await wire.fetch(input, init)
          throw transportFailure('ECONNRESET')
        },
      }),
  })
  const sent = (matches: (one: Sent) => boolean) => requests.filter(matches)
  return {
    ...stage,
    feishu,
    sent,
    countOf: (matches) => sent(matches).length,
    breakOff(matches, after = false) {
      breaks = matches
      isDone = after
    },
    control: (path, body) => feishu.inner.control('PATCH', path, body),
    async book(from, until) {
      const { actions } = stage.provider
      const span = { startMs: stage.at(from), endMs: stage.at(until) }
      const request = { ...span, title: feishu.title, pressId: stage.newPress() }
      return actions?.book(stage.room, request, new AbortController().signal)
    },
  }
}
