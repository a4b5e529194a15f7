/** Collects what is wrong with a file: the first few problems in full, all of them as counts. */

import { REASONS, type ReasonName, reasonName } from './reasons.ts'

/** What may be told of a problem beyond its reason: never a value of the file, never anything of a truth that is not public. */
export interface Explanation {
  /** What kinds of characters the value has, such as `digits, a comma, digits`. */
  found?: string | undefined
  /** What the challenge asks for there. */
  expected?: string | undefined
  /** What people who make this mistake mostly did, and what to do about it. A guess: it decides nothing. */
  hint?: string | undefined
}

/** One thing wrong with a file. It never holds a value of the file, because reports are public. */
export interface Problem extends Explanation {
  /** Reason number of `REASONS`. */
  code: number
  reason: ReasonName
  /** Counted from 1: of a CSV as a spreadsheet does, the header being row 1, else the first line or row; null if it is about the whole file. */
  row: number | null
  /** Name of the column as the challenge names it, `#3` for one that it does not name, null if it is about no column. */
  column: string | null
  /** A sentence for people, with row and column in it. */
  message: string
}

/** All problems of one reason in one column: the first of them, and how many there are. */
export interface ProblemKind extends Problem {
  count: number
}

export interface Problems {
  /** The kinds of problems, in the order in which they were found; of more than ten the first ten. */
  readonly kinds: ProblemKind[]
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
  ...{ kinds: [], list: [], total: 0, counts: new Map(), max, firstOnly },
})

/** Whether reading on could tell nothing more that anybody asked for. */
export const isEnough = ({ firstOnly, total }: Problems): boolean => firstOnly && total > 0

const MOST_KINDS = 10
/** Problems of a kind in which a hint is looked for. */
const MOST_TRIED = 100

/** Notes a problem. `detail` is appended to the reason's sentence and must not quote the file; `explain` is called only for what is told. */
export function addProblem(
  problems: Problems,
  reason: ReasonName,
  row: number | null,
  column: string | null,
  detail = '',
  explain?: () => Explanation,
): void {
  problems.total++
  problems.counts.set(reason, (problems.counts.get(reason) ?? 0) + 1)
  const { kinds, list, max } = problems
  const kind = kinds.find((one) => one.reason === reason && one.column === column)
  if (kind) kind.count++
  const listed = list.length < max
  const open = kind ? kind.hint === undefined && kind.count <= MOST_TRIED : kinds.length < MOST_KINDS
  if (!listed && !open) return
  const explanation = explain ? known(explain()) : {}
  if (kind && open && explanation.hint !== undefined) kind.hint = explanation.hint
  if (kind && !listed) return
  const problem = { code: REASONS[reason].code, reason, row, column, message: sentence(reason, row, column, detail) }
  if (listed) list.push({ ...problem, ...explanation })
  if (!kind && open) kinds.push({ ...problem, ...explanation, count: 1 })
}

function sentence(reason: ReasonName, row: number | null, column: string | null, detail: string): string {
  const place = [row === null ? '' : `Row ${row}`, column === null ? '' : `column ${column}`].filter(Boolean).join(', ')
  const { text } = REASONS[reason]
  const words = detail ? `${text} ${detail}` : text
  return place ? `${place}: ${words}` : words
}

/** Without what is not known. */
const known = (explanation: Explanation): Explanation =>
  Object.fromEntries(Object.entries(explanation).filter(([, value]) => value !== undefined))

/** Gives a hint to the first problem where it has none, for what is only known once more was read. */
export function hintFirst({ kinds, list }: Problems, hint: string | undefined): void {
  if (hint === undefined) return
  for (const first of [kinds[0], list[0]]) if (first) first.hint = hint
}

/** A problem in one line, with what was found and expected, for people at a terminal. */
export function problemLine({ message, found, expected, count = 1 }: Problem & { count?: number }): string {
  const shape = found === undefined ? '' : ` Found: ${found}.`
  const wanted = expected === undefined ? '' : ` Expected: ${expected}.`
  const more = count > 1 ? ` The same in ${count - 1} more ${count === 2 ? 'place' : 'places'}.` : ''
  return `${message}${shape}${wanted}${more}`
}

/** Same as `addProblem` for a reason number. */
export function addProblemCode(problems: Problems, code: number, row: number | null, column: string | null): void {
  addProblem(problems, reasonName(code) ?? 'not_text', row, column)
}
