import { z } from 'zod'

/** How the page is drawn, from fast to certain. */
const modes = ['hardware', 'software', 'softwareNoSandbox'] as const

/** What is remembered of the graphics across runs. */
export const gpuMemorySchema = z.strictObject({
  mode: z.enum(modes),
  /** Failures in this mode, epoch milliseconds, newest last. */
  failuresAtMs: z.array(z.number()).max(16),
  /** App and Electron together: a new one of either deserves a new try. */
  versions: z.string(),
})

/** See {@link gpuMemorySchema}. */
export type GpuMemory = z.infer<typeof gpuMemorySchema>

/** Failures within a day that end a mode. One now and then is a driver's hiccup that Chromium mends itself. */
const FAILURES_PER_MODE = 3
const WINDOW_MS = 86_400_000

/** The memory of a machine that never failed. */
export function freshGpuMemory(versions: string): GpuMemory {
  return { mode: 'hardware', failuresAtMs: [], versions }
}

/** What this run starts with. A new version of the app or of Electron tries the hardware again. Pure. */
export function gpuAtStart(memory: GpuMemory, versions: string): GpuMemory {
  return memory.versions === versions ? memory : freshGpuMemory(versions)
}

/**
 * Counts one death of the GPU process; the third within a day makes the next start draw in software, the third there also
 * leaves the GPU sandbox. Pure.
 * @param nowMs epoch milliseconds: the count outlives the process
 */
export function gpuAfterFailure(memory: GpuMemory, nowMs: number): GpuMemory {
  // A stamp from the future comes from a clock that was wrong then; it still was a failure.
  const recent = memory.failuresAtMs.filter((atMs) => atMs > nowMs - WINDOW_MS)
  const failuresAtMs = [...recent, nowMs].slice(-FAILURES_PER_MODE)
  if (failuresAtMs.length < FAILURES_PER_MODE) return { ...memory, failuresAtMs }
  const next = modes[modes.indexOf(memory.mode) + 1] ?? 'softwareNoSandbox'
  return { ...memory, mode: next, failuresAtMs: next === memory.mode ? failuresAtMs : [] }
}
