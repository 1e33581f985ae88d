import { isKept, rounded } from './Figure.ts'
import type { Figure } from './Figure.ts'

const text = (value: number | null): string => (value === null ? '–' : String(rounded(value)))

/** Figures as a table for a terminal, with their details below. */
export function printTable(figures: readonly Figure[], write: (line: string) => void): void {
  const rows = [
    ['figure', 'unit', 'ours', 'target', 'best other', ''],
    ...figures.map((figure) => [
      figure.name,
      figure.unit,
      text(figure.ours),
      figure.target === null ? '–' : `≤ ${text(figure.target)}`,
      text(figure.peer),
      isKept(figure) ? '' : 'MISSED',
    ]),
  ]
  const widths = (rows[0] ?? []).map((_cell, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const isNumber = (column: number): boolean => column >= 2 && column <= 4
  for (const [index, row] of rows.entries()) {
    const cells = row.map((cell, column) =>
      isNumber(column) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
    )
    write(cells.join('  ').trimEnd())
    if (index === 0) write(widths.map((width) => '─'.repeat(width)).join('  '))
  }
  write('')
  for (const { name, detail } of figures) if (detail !== '') write(`${name}: ${detail}`)
}
