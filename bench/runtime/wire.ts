import { z } from 'zod'

/** What a benchmark asks of the probe inside a measured app. */
export type ProbeOrder =
  | { readonly do: 'heap' }
  | { readonly do: 'advance'; readonly ms: number }
  /** Sends the last snapshot so many times more, as an event of its own each, and reports once the page has taken all. */
  | { readonly do: 'repeat'; readonly times: number }

/** What the probe tells. Moments are the machine's wall time, epoch milliseconds. */
export const probeReportSchema = z.discriminatedUnion('event', [
  z.object({ event: z.literal('window'), atMs: z.number() }),
  z.object({ event: z.literal('shown'), atMs: z.number() }),
  /** So many snapshots went to the page by now. */
  z.object({ event: z.literal('sent'), count: z.number() }),
  z.object({ event: z.literal('repeated') }),
  /** Used after two forced collections each; `loads` counts the pages' loads since the start. */
  z.object({ event: z.literal('heap'), mainBytes: z.number(), pageBytes: z.number(), loads: z.number() }),
])

/** See {@link probeReportSchema}. */
export type ProbeReport = z.infer<typeof probeReportSchema>
