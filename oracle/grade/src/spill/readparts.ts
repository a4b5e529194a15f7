/** Reads all parts and puts them together: the truth and the columns of a submission, or its first problem. */

import { GradeError } from '../errors.ts'
import { addProblem, createProblems, type Problem, type Problems } from '../problems.ts'
import type { SubmissionShape, TruthShape } from '../shape.ts'
import type { Column } from '../table/columns.ts'
import type { PreparedTruth } from '../truth.ts'
import { createJoiner } from './join.ts'
import { readPart } from './part.ts'
import type { Scratch } from './scratch.ts'
import { type Bounds, firstRow, partName, type Source, type Split } from './split.ts'

export interface Files {
  /** Where the parts are. */
  readonly scratch: Scratch
  readonly truth: Source
  readonly submission: Source
  readonly bounds: Bounds
  /** Of the truth, in each part. */
  readonly rows: Float64Array
  readonly submitted: Split
}

export interface Joined {
  readonly truth: PreparedTruth
  /** Of use if there are no problems. */
  readonly columns: readonly Column[]
  readonly problems: Problems
}

export function readParts(shapes: { shape: SubmissionShape; truthShape: TruthShape }, files: Files): Joined {
  const { shape, truthShape } = shapes
  const { scratch, truth, bounds, rows, submitted } = files
  const total = rows.reduce((sum, count) => sum + count, 0)
  const joiner = createJoiner(total, shape.columns.length)
  const usage = truthShape.usageColumn === undefined ? undefined : new Uint8Array(total)
  const found = new Map<number, Problem>()
  let missing = 0
  for (let part = 0, from = 0; part < rows.length; from += rows[part++]!) {
    const read = readPart({
      truth: scratch.read(partName('truth', part)),
      truthShape,
      submission: submitted.rows[part]! > 0 ? scratch.read(partName('submission', part)) : undefined,
      shape,
    })
    if ('reason' in read) {
      const { row } = firstRow(truth, bounds, new Map([[part, read.row!]]))
      throw truthInvalid(inRow(read, row))
    }
    joiner.add(read.truth, read.columns)
    for (const row of read.publicRows ?? []) usage![from + row] = PUBLIC
    for (const row of read.privateRows ?? []) usage![from + row] = PRIVATE
    missing += read.missing
    if (read.problem) found.set(part, read.problem)
  }
  const joined = joiner.finish()
  return {
    truth: joinedTruth(truthShape, joined.truth, total, usage),
    columns: joined.columns,
    problems: firstOf(files, found, missing, total),
  }
}

/** The first problem of the whole file. */
function firstOf(
  { submission, bounds, submitted }: Files,
  found: ReadonlyMap<number, Problem>,
  missing: number,
  total: number,
): Problems {
  const problems = createProblems(1, { firstOnly: true })
  const rows = new Map(Array.from(found, ([part, { row }]) => [part, row!]))
  const { idColumn } = submission
  if (rows.size > 0) {
    const { part, row } = firstRow(submission, bounds, rows)
    problems.list.push(inRow(found.get(part)!, row))
    problems.total = 1
  } else if (submitted.problems.total > 0) {
    return submitted.problems
  } else if (submitted.rows.every((count) => count === 0)) {
    addProblem(problems, 'no_rows', null, null)
  } else if (missing > 0) {
    addProblem(problems, 'missing_id', null, idColumn, `${missing} of ${total} are missing.`)
  }
  return problems
}

/** The same problem in a row of the whole file. */
const inRow = (problem: Problem, row: number): Problem => ({
  ...problem,
  row,
  message: problem.message.replace(`Row ${problem.row}`, `Row ${row}`),
})

export const truthInvalid = (problem: Problem): GradeError =>
  new GradeError('truth_invalid', `The truth file has a problem. ${problem.message}`, [problem])

const PUBLIC = 1
const PRIVATE = 2

/** A truth without ids: metrics of numbers and labels read none. */
function joinedTruth(shape: TruthShape, column: Column, rows: number, usage: Uint8Array | undefined): PreparedTruth {
  const parts = usage && { public: rowsOf(usage, PUBLIC), private: rowsOf(usage, PRIVATE) }
  return {
    ...{ shape, rows, column, columns: [column], parts, weights: undefined, groups: undefined, modelRows: undefined },
    publicRows: parts ? parts.public.length : rows,
    privateRows: parts ? parts.private.length : rows,
    index: { kind: 'decimal', size: rows, ranks: new Int32Array(0), used: new Uint8Array(0) },
    ids: () => [],
    seed: 0,
  }
}

function rowsOf(usage: Uint8Array, part: number): Int32Array {
  let count = 0
  for (let row = 0; row < usage.length; row++) if (usage[row] === part) count++
  const rows = new Int32Array(count)
  for (let row = 0, at = 0; row < usage.length; row++) if (usage[row] === part) rows[at++] = row
  return rows
}
