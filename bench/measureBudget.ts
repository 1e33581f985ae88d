import type { Platform } from '../src/shared/domain/platform.ts'
import { liveNaiveMonth, livePanelMonth } from '../tests/months/liveMonth.ts'
import type { Month } from '../tests/months/liveMonth.ts'
import type { Figure } from './Figure.ts'

const DAYS = 31
/** Without a quota every week is like the next, and reads every half minute take their time to simulate. */
const DAYS_WITHOUT_QUOTA = 7
const SIZES = [1, 5, 25]
const NAMES: Readonly<Record<Platform, string>> = { wecom: 'WeCom', dingtalk: 'DingTalk', feishu: 'Feishu' }

interface Row {
  readonly ours: Month
  readonly naive: Month
}

const monthly = ({ calls, days }: Month): number => Math.round((calls * DAYS) / days)
const roomsText = (count: number): string => (count === 1 ? '1 room' : `${count} rooms`)
const ageText = (seconds: number): string =>
  seconds < 90
    ? `${Math.round(seconds)} s`
    : seconds < 5_400
      ? `${(seconds / 60).toFixed(1)} min`
      : seconds < 172_800
        ? `${(seconds / 3_600).toFixed(1)} h`
        : `${(seconds / 86_400).toFixed(1)} d`
const blindText = ({ blindAfterDays }: Month): string =>
  blindAfterDays === null ? 'never' : `after ${blindAfterDays.toFixed(1)} d`

function rowCells({ ours, naive }: Row): readonly string[] {
  return [
    NAMES[ours.platform],
    String(ours.roomCount),
    ours.quota === null ? 'none' : String(ours.quota),
    String(monthly(ours)),
    ageText(ours.medianAgeS),
    ageText(ours.p99AgeS),
    blindText(ours),
    String(monthly(naive)),
    ageText(naive.medianAgeS),
    ageText(naive.p99AgeS),
    blindText(naive),
  ]
}

function printMonths(rows: readonly Row[], write: (line: string) => void): void {
  const cells = [
    ['platform', 'rooms', 'quota', 'calls', 'median', 'p99', 'blind', 'naive', 'median', 'p99', 'blind'],
    ...rows.map(rowCells),
  ]
  const widths = (cells[0] ?? []).map((_cell, column) =>
    Math.max(...cells.map((row) => row[column]?.length ?? 0)),
  )
  write(
    'A month of 31 days, 23 of them working: calls by the vendor\u2019s count, age of the data in office hours,',
  )
  write('beside a poll every 60 s. Wished interval 30 s; four to seven meetings a day and room.')
  for (const row of cells)
    write(
      row
        .map((cell, column) =>
          column === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[column] ?? 0),
        )
        .join('  '),
    )
  write('')
}

function figuresOf({ ours, naive }: Row): readonly Figure[] {
  const name = `month, ${NAMES[ours.platform]}, ${roomsText(ours.roomCount)}`
  const detail =
    ours.days === DAYS
      ? 'the whole month, by the simulator\u2019s own count'
      : `${ours.days} days of it, made a month`
  return [
    {
      name: `${name}: calls`,
      unit: '',
      ours: monthly(ours),
      target: ours.quota,
      peer: monthly(naive),
      detail,
    },
    {
      name: `${name}: age in office hours, median`,
      unit: 's',
      ours: ours.medianAgeS,
      target: null,
      peer: naive.medianAgeS,
      detail: `p99 ${ageText(ours.p99AgeS)}; blind ${blindText(ours)}; a naive poll: p99 ${ageText(naive.p99AgeS)}, blind ${blindText(naive)}`,
    },
  ]
}

/** The month of 1, 5 and 25 rooms on every platform, the real core and providers in virtual time. */
export async function measureBudget(): Promise<readonly Figure[]> {
  const rows: Row[] = []
  for (const platform of ['dingtalk', 'feishu', 'wecom'] as const) {
    for (const size of SIZES) {
      const ours = await livePanelMonth(platform, size, platform === 'wecom' ? DAYS_WITHOUT_QUOTA : DAYS)
      rows.push({ ours, naive: await liveNaiveMonth(platform, size, DAYS) })
      process.stderr.write(`  ${NAMES[platform]}, ${roomsText(size)}\n`)
    }
  }
  printMonths(rows, (line) => void process.stdout.write(`${line}\n`))
  return rows.flatMap(figuresOf)
}
