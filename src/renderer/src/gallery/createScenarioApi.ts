import { createFakeApi } from '../api/fakeApi.ts'
import type { FakeApi } from '../api/fakeApi.ts'
import { GALLERY_NOW_MS } from './scenarios.ts'
import type { Scenario } from './scenarios.ts'

/** A core that is in the given situation for ever. */
export function createScenarioApi({ config, snapshot, refusal }: Scenario): FakeApi {
  return createFakeApi({
    'panel.open': () =>
      refusal === undefined
        ? {
            ok: true,
            data: { config, published: snapshot && { snapshot, sentAtMs: GALLERY_NOW_MS } },
          }
        : { ok: false, error: { code: refusal } },
    'room.refresh': () => ({ ok: true, data: { outcome: 'fresh' } }),
  })
}
