/**
 * What is wrong with a file, told once for each kind: equal problems of a column are one line with a count, the rows, and the
 * values that are meant. The oracle's report never holds values of a file, for it is public; here the file is the person's own.
 */
import type { Problem } from '@stellartrain/oracle-grade'
import { formatBytes, formatCount } from '../words/format.ts'

export type ProblemGroup = {
  column: string | null
  sentence: string
  count: number
  /** The first rows it is in, as a spreadsheet counts them. */
  rows: number[]
  /** The first different values, as they are written in the file. */
  values: string[]
  /** What people who make this mistake mostly did, and what to do about it. */
  hint?: string
}

type Expected = { name: string; labels?: readonly string[] | undefined; type?: string }

const ROWS = 5
const VALUES = 3
const MOST_LABELS = 12

/** `records` is the file, its header first. */
export function groupProblems(
  problems: readonly Problem[],
  records: readonly (readonly string[])[],
  columns: readonly Expected[],
): ProblemGroup[] {
  const header = records[0] ?? []
  const groups = new Map<string, ProblemGroup>()
  for (const problem of problems) {
    const column = columnName(problem.column, header)
    const text = withoutPlace(problem.message)
    const key = `${problem.reason}\n${column}\n${text.replace(/\d+/g, '#')}`
    const group = groups.get(key) ?? {
      column,
      sentence: sentenceOf(problem, text, columns),
      count: 0,
      rows: [],
      values: [],
    }
    if (problem.hint !== undefined) group.hint ??= problem.hint
    groups.set(key, group)
    group.count += 1
    if (problem.row === null) continue
    if (group.rows.length < ROWS) group.rows.push(problem.row)
    const value = column === null ? undefined : records[problem.row - 1]?.[header.indexOf(column)]
    if (value !== undefined && problem.row > 1 && group.values.length < VALUES && !group.values.includes(value))
      group.values.push(value)
  }
  return [...groups.values()]
}

/** `#2` is the second column of the file, which the challenge does not name. */
function columnName(column: string | null, header: readonly string[]): string | null {
  const at = /^#(\d+)$/.exec(column ?? '')
  return at ? (header[Number(at[1]) - 1] ?? column) : column
}

const withoutPlace = (message: string): string => message.replace(/^(Row \d+)?(, )?(column [^:]+)?: /, '')

function sentenceOf(problem: Problem, text: string, columns: readonly Expected[]): string {
  const labels = columns.find((one) => one.name === problem.column)?.labels
  const allowed =
    problem.reason === 'unknown_label' && labels
      ? ` Allowed: ${labels.slice(0, MOST_LABELS).join(', ')}${labels.length > MOST_LABELS ? ', …' : ''}.`
      : ''
  return inUnits(text) + allowed
}

/** "It has 45000009 bytes, the limit is 20000." in units that people read. */
const inUnits = (text: string): string =>
  text.replace(
    /(\d{4,}) bytes, the limit is (\d+)\./,
    (_, has, most) => `${formatBytes(Number(has))}, the limit is ${formatBytes(Number(most))}.`,
  )

/** "rows 3, 5, 9 and 12 more" */
export function rowsInWords({ rows, count }: Pick<ProblemGroup, 'rows' | 'count'>): string {
  if (rows.length === 0) return 'the whole file'
  const more = count - rows.length
  return `${rows.length === 1 ? 'row' : 'rows'} ${rows.join(', ')}${more > 0 ? ` and ${formatCount(more, 'more', 'more')}` : ''}`
}
