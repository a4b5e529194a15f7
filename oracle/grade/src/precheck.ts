/** What the browser and the command line can say about a submission before an attempt is spent: everything but the score. */

import { hasBit } from './arithmetic/bits.ts'
import { createProblems, type Problem, type ProblemKind } from './problems.ts'
import { sampleRows } from './program/sample.ts'
import type { ReadTable } from './read/read.ts'
import type { ReasonName } from './reasons.ts'
import type { SubmissionShape } from './shape.ts'
import { readSubmission } from './submission.ts'
import { type ColumnSummary, summarize } from './summary.ts'
import { columnLength } from './table/columns.ts'
import { type IdIndex, idTexts, indexIds } from './table/ids.ts'
import { checkShape } from './task.ts'

/** A shape with the ids that a submission must have, where they are public: a list of texts, or an index made once. */
export interface PrecheckShape extends SubmissionShape {
  ids?: IdIndex | readonly string[]
}

export interface Precheck {
  /** True if an oracle will accept the file, as far as that can be told without the truth. */
  readonly ok: boolean
  /** Rows below the header. */
  readonly rows: number
  /** The first problems; the first one is the reason that an oracle would give. */
  readonly problems: readonly Problem[]
  readonly problemCount: number
  /** The first ten kinds of problems, each with its first place, how often it occurs and, where one is known, a hint. */
  readonly kinds: readonly ProblemKind[]
  /** How many problems there are of each reason. */
  readonly counts: Readonly<Partial<Record<ReasonName, number>>>
  /** Where the ids are known. `missingExamples` holds the first few. */
  readonly ids:
    | {
        readonly expected: number
        readonly matched: number
        readonly missing: number
        readonly missingExamples: readonly string[]
      }
    | undefined
  /** What the values look like; empty if the header cannot be used. */
  readonly summaries: readonly ColumnSummary[]
}

export interface PrecheckOptions {
  maxProblems?: number
  /** Of a challenge that takes models: a published CSV with the columns that they get, to run this one on. */
  sample?: Uint8Array | undefined
}

/** Checks a submission by its shape, with the very code that the oracle runs. Throws `GradeError` `shape_invalid`. */
export function precheck(bytes: Uint8Array, shape: PrecheckShape, options: PrecheckOptions = {}): Precheck {
  checkShape(shape)
  const problems = createProblems(options.maxProblems ?? 10)
  const index = shape.ids && (isIndex(shape.ids) ? shape.ids : indexIds(shape.ids))
  const sample = shape.model && options.sample && sampleRows(options.sample, shape.idColumn, shape.model)
  const context = shape.model ? (sample ?? {}) : index ? { index } : {}
  const table = readSubmission(bytes, shape, context, problems)
  return {
    ok: problems.total === 0,
    rows: table?.rows ?? 0,
    problems: problems.list,
    problemCount: problems.total,
    kinds: problems.kinds,
    counts: Object.fromEntries(problems.counts),
    ids: index && !shape.model ? idSummary(index, table) : undefined,
    summaries: table ? summariesOf(table, shape, 'index' in context, problems.total === 0) : [],
  }
}

const isIndex = (ids: IdIndex | readonly string[]): ids is IdIndex => 'kind' in ids

function idSummary(index: IdIndex, table: ReadTable | undefined) {
  const matched = table?.matched ?? 0
  const missingExamples = idTexts(index, (slot) => !table || !hasBit(table.seen, slot), 5)
  return { expected: index.size, matched, missing: index.size - matched, missingExamples }
}

function summariesOf(table: ReadTable, { columns }: PrecheckShape, given: boolean, right: boolean): ColumnSummary[] {
  const rows = right && !given ? undefined : rightRows(table, given)
  return table.columns.map((column, i) => summarize(column, columns[i]!, rows))
}

/** Rows without a problem, where ids are given those that were found; undefined for all. */
function rightRows({ columns, invalid, seen }: ReadTable, given: boolean): Int32Array | undefined {
  if (!given && !invalid.some((bits) => bits !== 0)) return undefined
  const rows = new Int32Array(columns[0] ? columnLength(columns[0]) : 0)
  let count = 0
  for (let row = 0; row < rows.length; row++)
    if (!hasBit(invalid, row) && (!given || hasBit(seen, row))) rows[count++] = row
  return rows.subarray(0, count)
}
