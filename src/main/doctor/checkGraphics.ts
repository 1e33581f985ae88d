import { found } from '../../core/doctor/Finding.ts'
import type { Finding } from '../../core/doctor/Finding.ts'
import { gpuMemorySchema } from '../healing/gpuPolicy.ts'
import { readJson } from '../../core/settings/readJson.ts'

/** What the check of the graphics looks at. */
export interface GraphicsFacts {
  /** Chromium's word for how pages are put together; null without a screen. */
  readonly compositing: string | null
  /** What the panel remembers of its graphics, as it lies on the disk; null when there is nothing. */
  readonly memory: { readonly file: string; readonly text: string } | null
}

/** Whether the hardware draws, and whether the panel lets it. Pure. */
export function checkGraphics({ compositing, memory }: GraphicsFacts): Finding {
  const json = memory === null ? null : readJson(memory.text)
  const known = json?.ok ? gpuMemorySchema.safeParse(json.value).data : undefined
  if (memory !== null && known !== undefined && known.mode !== 'hardware') {
    return found('warn', 'gpuGivenUp', { file: memory.file })
  }
  if (compositing === null) return found('unknown', 'needsScreen')
  return compositing.startsWith('enabled') ? found('ok', 'gpuHardware') : found('warn', 'gpuSoftware')
}
