import { z } from 'zod'

/** The real runtime the `electron` project runs on, as `globalSetup.ts` prepared it. */
export interface Runtime {
  /** What is started: the executable, or a script that drops root first. */
  readonly command: string
  readonly version: string
  /** A copy of the built app that the runtime's user can read. */
  readonly appFolder: string
  /** What is loaded before the app: travelling time, and what the runtime lacks. */
  readonly preload: string
  /** Whose process it becomes; null where the tests' own user will do. */
  readonly userId: number | null
}

/** How the specs get to know it: workers share nothing but the environment. */
const VARIABLE = 'DOORPLATE_E2E_RUNTIME'

const runtimeSchema = z.strictObject({
  command: z.string(),
  version: z.string(),
  appFolder: z.string(),
  preload: z.string(),
  userId: z.number().nullable(),
})

/** The command that fetches a runtime for the tests, and runs the specs on it. */
export const electronCommand = 'npm run test:electron'

/** @param runtime null where none can be had */
export function announceRuntime(runtime: Runtime | null): void {
  if (runtime === null) Reflect.deleteProperty(process.env, VARIABLE)
  else process.env[VARIABLE] = JSON.stringify(runtime)
}

/** @returns null where no runtime was found before the specs began */
export function findRuntime(): Runtime | null {
  const text = process.env[VARIABLE]
  return text === undefined ? null : runtimeSchema.parse(JSON.parse(text))
}
