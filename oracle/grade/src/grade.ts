/** Grades one submission: the same input gives the same result on every machine. */

import { contentHash, hashForm } from './canonical/canonical.ts'
import { writeFile } from './canonical/canonicalfile.ts'
import type { Sink } from './canonical/canonicalwriter.ts'
import type { CreateHash } from './canonical/sha256.ts'
import { GradeError, ScoreStopped } from './errors.ts'
import type { Direction, Metric, MetricId, MetricParams } from './metrics/metric.ts'
import { pickTruth, prepareScorer } from './metrics/prepared.ts'
import { checkTruthPairs, exceedsPairs } from './metrics/textpairs.ts'
import { addProblem, createProblems, type Problem, type Problems } from './problems.ts'
import type { ReasonName } from './reasons.ts'
import { scoreUnits } from './score.ts'
import { LIMITS, type SubmissionShape, type TruthShape } from './shape.ts'
import { readSubmission } from './submission.ts'
import { type Column, moveRows, pickRows } from './table/columns.ts'
import { checkTask } from './task.ts'
import { type Part, type PreparedTruth, partRows, prepareTruth } from './truth.ts'

export interface GradeInput {
  metric: MetricId
  /** In the place of `metric`, where a maker brings an evaluator. */
  evaluator?: Metric | undefined
  params?: MetricParams
  /** Prepared, or the bytes of the file with `truthShape`. */
  truth: PreparedTruth | Uint8Array
  /** Needed where `truth` is bytes. */
  truthShape?: TruthShape
  submission: Uint8Array
  shape: SubmissionShape
  /** 32 bytes, part of the truth. */
  salt: Uint8Array
  /** Which rows are scored; all if absent. The file must have all rows in any case, and all count for the content hash. */
  part?: Part
  /** Binds the content hash to a labeler's address. */
  labeler?: string
  /** A faster SHA-256 than the built-in one. */
  createHash?: CreateHash
  /** Receives the canonical form of a submission that is graded, for the hash that its commitment is made of. */
  form?: Sink
  /** How many problems of a rejected file are told in full, 10 if absent. With 1, reading stops at the first and none is counted behind it. */
  maxProblems?: number
}

export interface Graded {
  readonly status: 'graded'
  readonly metric: MetricId
  /** Version of the metric. */
  readonly version: number
  readonly direction: Direction
  readonly part: Part
  readonly score: number
  /** `score` in units of 1e-7, not yet rounded to the challenge's step. */
  readonly scoreUnits: bigint
  /** Rows of the submission. */
  readonly rows: number
  /** Rows that were scored. */
  readonly scoredRows: number
  readonly publicRows: number
  readonly privateRows: number
  /** 64 hexadecimal digits. */
  readonly contentHash: string
}

export interface Rejected {
  readonly status: 'rejected'
  /** Reason number to post on-chain: that of the first problem. */
  readonly code: number
  readonly reason: ReasonName
  /** A sentence for people, of the first problem. */
  readonly message: string
  /** Why the maker's evaluator refuses it, in a text of its own source; of other reasons absent. */
  readonly says?: string
  /** The first few problems; without any value of the truth or the submission, so that they can be published. */
  readonly problems: readonly Problem[]
  /** How many problems there are in all. */
  readonly problemCount: number
  readonly metric: MetricId
  readonly version: number
}

export type GradeResult = Graded | Rejected

/**
 * Validates and scores a submission. What is wrong with the submission is a `Rejected` result; what is wrong with the truth, the
 * parameters, the shape or the salt is the maker's fault and throws `GradeError`.
 *
 * @example
 * const truth = prepareTruth(truthCsv, { idColumn: 'id', valueColumn: 'label', type: 'label' })
 * const shape = { idColumn: 'id', columns: [{ name: 'label', type: 'label' }] }
 * const result = grade({ metric: 'f1_macro', truth, submission: csv, shape, salt })
 */
export const grade = (input: GradeInput): GradeResult => submissionGrader(input)(input.part ?? 'all')

/** Grades any part of one submission, which is read once. */
export function submissionGrader(input: GradeInput): PartGrader {
  const truth = preparedTruth(input)
  return partGrader(input, truth, (metric) => readColumns(input, truth, metric))
}

/** The same of columns that were made, in the order of the truth's rows. */
export const columnsGrader = (
  input: Omit<GradeInput, 'submission'>,
  truth: PreparedTruth,
  columns: readonly Column[],
): PartGrader => partGrader({ ...input, submission: new Uint8Array() }, truth, () => columns)

export type PartGrader = (part: Part) => GradeResult

/** Grades what `read` gives, once, where it is needed: columns in the order of the truth's rows, or why there are none. */
export function partGrader(
  input: Omit<GradeInput, 'truth' | 'truthShape'>,
  truth: PreparedTruth,
  read: (metric: Metric) => readonly Column[] | Rejected,
): PartGrader {
  const { params = {}, shape } = input
  const metric = checkTask(input.evaluator ?? input.metric, params, shape, truth.shape)
  checkTruthPairs(metric, truth.column)
  let columns: readonly Column[] | Rejected | undefined
  let hash: string | undefined
  return (part) => {
    const rows = partRows(truth, part)
    const score = prepareScorer(metric, rows ? pickTruth(truth, rows) : truth, params, shape.columns)
    columns ??= read(metric)
    if ('status' in columns) return columns
    const all = columns
    if (exceedsPairs(metric, truth.column, all[0]!, LIMITS.maxTextPairs))
      return rejection(problemOf('too_much_text', shape.columns[0]!.name), metric)
    const value = scoreOr(() => score(rows ? all.map((column) => pickRows(column, rows)) : all))
    if (typeof value !== 'number') {
      const says = value.reason === 'evaluator_refused' && value.detail
      return { ...rejection(problemOf(value.reason, null, value.detail), metric), ...(says && { says }) }
    }
    const units = scoreUnits(value)
    if (units === undefined)
      return rejection(problemOf(Number.isFinite(value) ? 'score_out_of_range' : 'score_undefined', null), metric)
    hash ??= hashOf(input, all)
    return {
      status: 'graded',
      metric: metric.id,
      version: metric.version,
      direction: metric.direction,
      part,
      score: value,
      scoreUnits: units,
      rows: truth.rows,
      scoredRows: rows ? rows.length : truth.rows,
      publicRows: truth.publicRows,
      privateRows: truth.privateRows,
      contentHash: hash,
    }
  }
}

/** The columns of a file, in the order of the truth's rows. */
function readColumns(
  { submission, shape, maxProblems = 10 }: Omit<GradeInput, 'truth'>,
  truth: PreparedTruth,
  metric: Metric,
): readonly Column[] | Rejected {
  const most = Math.max(1, maxProblems)
  const problems = createProblems(most, { firstOnly: most === 1 })
  const known = truth.column.kind === 'label' ? { labels: truth.column.labels } : {}
  const { index, seed, modelRows } = truth
  const context = { index, seed, ...known, ...(modelRows && { rows: modelRows }) }
  const table = readSubmission(submission, shape, context, problems)
  if (!table || problems.total > 0) return rejection(problems, metric)
  return table.columns.map((column) => moveRows(column, table.ranks, table.rows))
}

function hashOf(
  { shape, labeler, salt, submission, createHash, form }: Omit<GradeInput, 'truth'>,
  columns: readonly Column[],
): string {
  if (shape.model) return hashForm(salt, (sink) => writeFile([submission], sink), createHash, form)
  const canonical = { shape: shape.columns, columns, ...(labeler !== undefined && { labeler }) }
  return contentHash(salt, canonical, createHash, form)
}

function problemOf(reason: ReasonName, column: string | null, detail = ''): Problems {
  const problems = createProblems(1)
  addProblem(problems, reason, null, column, detail)
  return problems
}

/** The score, or why there is none. */
function scoreOr(score: () => number): number | ScoreStopped {
  try {
    return score()
  } catch (error) {
    if (error instanceof ScoreStopped) return error
    throw error
  }
}

function preparedTruth({ truth, truthShape }: GradeInput): PreparedTruth {
  if (!(truth instanceof Uint8Array)) return truth
  if (!truthShape) throw new GradeError('shape_invalid', 'The bytes of a truth need truthShape.')
  return prepareTruth(truth, truthShape)
}

export function rejection(problems: Problems, { id, version }: Metric): Rejected {
  const { code, reason, message } = problems.list[0]!
  return {
    status: 'rejected',
    code,
    reason,
    message,
    problems: problems.list,
    problemCount: problems.total,
    metric: id,
    version,
  }
}
