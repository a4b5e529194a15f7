/** The oracles' records as a short table for the terminal. */
import type { Conduct } from './story.ts'

type Row = Omit<Conduct, 'part'> & { part: string }

const COLUMNS: readonly [title: string, (row: Row) => string][] = [
  ['oracle', ({ part }) => part],
  ['address', ({ address }) => `${address.slice(0, 4)}…${address.slice(-4)}`],
  ['votes', ({ votes }) => String(votes)],
  ['agreed', ({ agreed }) => String(agreed)],
  ['disagreed', ({ disagreed }) => String(disagreed)],
  ['unavailable', ({ unavailable }) => String(unavailable)],
  ['missing', ({ missing }) => String(missing)],
  ['fees', ({ fees }) => fees],
]

/** One line a row, the titles first; numbers are right-aligned. */
export function conductTable(rows: readonly Row[]): string[] {
  const table = [COLUMNS.map(([title]) => title), ...rows.map((row) => COLUMNS.map(([, cell]) => cell(row)))]
  const widths = COLUMNS.map((_, at) => Math.max(...table.map((line) => line[at]!.length)))
  const align = (text: string, at: number) => (at < 2 ? text.padEnd(widths[at]!) : text.padStart(widths[at]!))
  return table.map((line) => line.map(align).join('  ').trimEnd())
}
