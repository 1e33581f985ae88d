import type { ActionOutcome } from '../../../shared/domain/action.ts'
import { createFakeApi } from '../api/fakeApi.ts'
import type { FakeApi } from '../api/fakeApi.ts'
import { GALLERY_NOW_MS, at } from './gallerySnapshot.ts'
import type { Scenario } from './scenarios.ts'

/** What the calendar would say of a press, were there one. */
function done(startMs: number | null, minutes: number | null): { ok: true; data: ActionOutcome } {
  const fromMs = startMs ?? GALLERY_NOW_MS
  const meeting = { id: 'booked', startMs: fromMs, endMs: fromMs + (minutes ?? 30) * 60_000 }
  return { ok: true, data: { kind: 'done', meeting } }
}

/** A core that is in the given situation for ever. */
export function createScenarioApi({ config, snapshot, refusal, outcome }: Scenario): FakeApi {
  const always = outcome && ({ ok: true, data: outcome } as const)
  return createFakeApi({
    'panel.open': () =>
      refusal === undefined
        ? {
            ok: true,
            data: { config, published: snapshot && { snapshot, sentAtMs: GALLERY_NOW_MS } },
          }
        : { ok: false, error: { code: refusal } },
    'meeting.checkIn': () => always ?? done(null, 41),
    'room.book': ({ startMs, minutes }) => always ?? done(startMs, minutes),
    'meeting.extend': ({ minutes }) => always ?? done(at(10), 60 + minutes),
    'meeting.end': () => always ?? { ok: true, data: { kind: 'done', meeting: null } },
    'checkIn.noteShown': () => ({ ok: true, data: { isDone: true } }),
    'room.refresh': () => ({ ok: true, data: { outcome: 'fresh' } }),
  })
}
