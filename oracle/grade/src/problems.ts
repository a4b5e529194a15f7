/** Collects what is wrong with a file: the first few problems in full, all of them as counts. */

import { REASONS, type ReasonName, reasonName } from './reasons.ts'

/** One thing wrong with a file. It never holds a value of the file, because reports are public. */
export interface Problem {
  /** Reason number of `REASONS`. */
  code: number
  reason: ReasonName
  /** Counted from 1 as a spreadsheet does, the header being row 1; null if it is about the whole file. */
  row: number | null
  /** Name of the column as the challenge names it, `#3` for one that it does not name, null if it is about no column. */
  column: string | null
  /** A sentence for people, with row and column in it. */
  message: string
}

export interface Problems {
  /** The first problems, in the order in which they were found. */
  readonly list: Problem[]
  /** How many there are in all. */
  total: number
  /** How many of each reason. */
  readonly counts: Map<ReasonName, number>
  readonly max: number
  /** Nobody counts: reading may stop at the first problem. */
  readonly firstOnly: boolean
}

export const createProblems = (max = 10, { firstOnly = false } = {}): Problems => ({
  ...{ list: [], total: 0, counts: new Map(), max, firstOnly },
})

/** Whether reading on could tell nothing more that anybody asked for. */
export const isEnough = ({ firstOnly, total }: Problems): boolean => firstOnly && total > 0

/** Notes a problem. `detail` is appended to the reason's sentence and must not quote the file. */
export function addProblem(
  problems: Problems,
  reason: ReasonName,
  row: number | null,
  column: string | null,
  detail = '',
): void {
  problems.total++
  problems.counts.set(reason, (problems.counts.get(reason) ?? 0) + 1)
  if (problems.list.length >= problems.max) return
  const place = [row === null ? '' : `Row ${row}`, column === null ? '' : `column ${column}`].filter(Boolean).join(', ')
  const { code, text } = REASONS[reason]
  const sentence = detail ? `${text} ${detail}` : text
  problems.list.push({ code, reason, row, column, message: place ? `${place}: ${sentence}` : sentence })
}

/** Same as `addProblem` for a reason number. */
export function addProblemCode(problems: Problems, code: number, row: number | null, column: string | null): void {
  addProblem(problems, reasonName(code) ?? 'not_text', row, column)
}
