import { WEST_LAKE } from '../e2e/fixtures/panelSettings.ts'
import { readHistory, watchStatuses } from '../e2e/pages/statusHistory.ts'
import type { StatusChange } from '../e2e/pages/statusHistory.ts'
import { median } from './Figure.ts'
import type { Figure } from './Figure.ts'
import { openWorkbench } from './Workbench.ts'

const MEETINGS = 6
const LENGTH_MS = 2000
const SPACING_MS = 4000
/** Far enough ahead for the panel to have read them all by itself. */
const LEAD_MS = 16_000

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms))

/** How late each boundary was shown; a boundary that was not shown counts as a whole meeting late. */
function delaysOf(
  boundaries: readonly number[],
  history: readonly StatusChange[],
  status: string,
): readonly number[] {
  return boundaries.map((atMs) => {
    const shown = history.find((one) => one.status === status && Math.abs(one.atMs - atMs) < LENGTH_MS)
    return shown ? Math.abs(shown.atMs - atMs) : LENGTH_MS
  })
}

/** Meetings that begin and end while we look: what the door says must change on the second, with no call made for it. */
export async function measureStarts(executablePath: string): Promise<readonly Figure[]> {
  const bench = await openWorkbench(executablePath, 'empty', {
    polling: { intervalSeconds: 10 },
    display: { soonMinutes: 0 },
  })
  try {
    const context = await bench.browser.newContext({ viewport: { width: 1280, height: 800 } })
    await watchStatuses(context)
    const page = await context.newPage()
    await page.goto(bench.url)
    await page.locator('[data-status="free"]').waitFor()
    const firstMs = Math.ceil((Date.now() + LEAD_MS) / 1000) * 1000
    const starts = Array.from({ length: MEETINGS }, (_item, index) => firstMs + index * SPACING_MS)
    for (const startMs of starts) {
      await bench.simulator.addBooking({ room: WEST_LAKE.officeRoomId, startMs, endMs: startMs + LENGTH_MS })
    }
    const ends = starts.map((startMs) => startMs + LENGTH_MS)
    await pause((ends.at(-1) ?? firstMs) - Date.now() + LENGTH_MS)
    const history = await readHistory(page)
    const delays = [...delaysOf(starts, history, 'busy'), ...delaysOf(ends, history, 'free')]
    return [
      {
        name: 'meeting starts or ends: on the door after',
        unit: 'ms',
        ours: Math.max(...delays),
        target: 250,
        peer: 30_000,
        detail: `slowest of ${delays.length}, no call; median ${Math.round(median(delays))}`,
      },
    ]
  } finally {
    await bench.close()
  }
}
