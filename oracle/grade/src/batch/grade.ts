/** Judges a batch of labels: the known items among the assigned ones decide whether all of it is accepted. */

import { contentHash } from '../canonical/canonical.ts'
import type { Sink } from '../canonical/canonicalwriter.ts'
import type { CreateHash } from '../canonical/sha256.ts'
import type { Rejected } from '../grade.ts'
import { classesOf } from '../metrics/classes.ts'
import { getMetric } from '../metrics/index.ts'
import { addProblem, createProblems, type Problems } from '../problems.ts'
import { scoreUnits } from '../score.ts'
import type { SubmissionShape } from '../shape.ts'
import { readSubmission } from '../submission.ts'
import { entryText } from '../table/bytetable.ts'
import { moveRows } from '../table/columns.ts'
import { idTexts, indexIds } from '../table/ids.ts'
import { checkTask } from '../task.ts'
import type { PreparedTruth } from '../truth.ts'
import type { AnswerRules } from './answers.ts'
import { assignedIds, type BatchName } from './assign.ts'

export interface BatchInput {
  /** The items whose label is known. */
  gold: PreparedTruth
  /** All items, as `itemIds` gives them. */
  items: readonly string[]
  /** Items of a full batch. */
  size: number
  /** What the batch is about, where a lease names it; else the ids that `assignedIds` gives its labeler. */
  ids?: readonly string[]
  /** The least share of known items that must be labeled right, above 0 up to 1. */
  minAccuracy: number
  shape: SubmissionShape
  /** Where the challenge has a labeling task; without, every label that the shape allows is one, and only equal ones are right. */
  answers?: AnswerRules | undefined
  batch: BatchName
  /** As declared on-chain. */
  units: number
  submission: Uint8Array
  salt: Uint8Array
  createHash?: CreateHash
  /** Receives the canonical form of a batch that is accepted, for the hash that its commitment is made of. */
  form?: Sink
  /** Receives the answers of a batch that can be read, and which of its known items are right, before the share of these decides. */
  onHeld?: ((held: Held) => void) | undefined
}

/** `ids` in the order of their bytes, `answers` in the same. */
export interface Held {
  readonly ids: readonly string[]
  readonly answers: readonly string[]
  readonly known: readonly { readonly id: string; readonly right: boolean }[]
}

export interface Accepted {
  readonly status: 'accepted'
  /** Share of the known items that are labeled right, in units of 1e-7; 1 where the batch has none. */
  readonly scoreUnits: bigint
  readonly rows: number
  /** Known items in the batch. */
  readonly goldRows: number
  /** 64 hexadecimal digits, over the ids and the labeler, too. */
  readonly contentHash: string
}

/** Throws `GradeError` for what is the maker's fault. */
export function gradeBatch(input: BatchInput): Accepted | Rejected {
  const { gold, items, size, minAccuracy, batch, units, submission, salt, createHash, form } = input
  const { rows: _, ...shape } = input.shape
  checkTask(METRIC, {}, shape, gold.shape)
  const problems = createProblems(1, { firstOnly: true })
  const rejected = (): Rejected => rejectedBatch(problems)
  const assigned = input.ids ?? assignedIds(items, batch, size, createHash)
  if (assigned.length === 0 || units !== assigned.length) {
    addProblem(problems, 'wrong_units', null, null, `${units} were declared, ${assigned.length} are assigned.`)
    return rejected()
  }
  const index = indexIds(assigned)
  const known = gold.column.kind === 'label' ? { labels: gold.column.labels } : {}
  const table = readSubmission(submission, shape, { index, seed: gold.seed, ...known }, problems)
  if (!table || problems.total > 0) return rejected()
  const columns = table.columns.map((column) => moveRows(column, table.ranks, table.rows))
  const ids = idTexts(index, () => true, table.rows)
  const [labels] = columns
  if (input.answers && !isAllowed(labels!, input.answers)) {
    addProblem(problems, 'bad_answer', null, input.shape.columns[0]!.name)
    return rejected()
  }
  const held = hold(ids, labels!, gold, input.answers)
  const goldRows = held.length
  const right = held.filter((one) => one.right).length
  input.onHeld?.({ ids, answers: ids.map((_, rank) => answerText(labels!, rank)), known: held })
  const accuracy = goldRows === 0 ? 1 : right / goldRows
  if (accuracy < minAccuracy) {
    addProblem(problems, 'below_accuracy', null, null)
    return rejected()
  }
  return {
    status: 'accepted',
    scoreUnits: scoreUnits(accuracy)!,
    rows: table.rows,
    goldRows,
    contentHash: contentHash(salt, { shape: shape.columns, columns, ids, labeler: batch.labeler }, createHash, form),
  }
}

const METRIC = 'accuracy'

/** By the first problem. */
export function rejectedBatch(problems: Problems): Rejected {
  const { code, reason, message } = problems.list[0]!
  const { id, version } = getMetric(METRIC)
  return {
    ...{ status: 'rejected', code, reason, message, problems: problems.list, problemCount: problems.total },
    ...{ metric: id, version },
  }
}

/** Each different answer is read once. */
function isAllowed(labels: PreparedTruth['column'], { allows }: AnswerRules): boolean {
  if (labels.kind !== 'label') return true
  for (const code of new Set(labels.codes)) if (!allows(entryText(labels.labels, code))) return false
  return true
}

/** A label as it was written; '' for what is none. */
const answerText = (labels: PreparedTruth['column'], rank: number): string =>
  labels.kind === 'label' ? entryText(labels.labels, labels.codes[rank]!) : ''

/** Compares the labels of the known items among these. */
function hold(
  ids: readonly string[],
  labels: PreparedTruth['column'],
  gold: PreparedTruth,
  answers: AnswerRules | undefined,
): { id: string; right: boolean }[] {
  const goldRanks = new Map(goldIds(gold).map((id, rank) => [id, rank]))
  const { truth, predicted } = classesOf(gold.column, labels)
  const { column } = gold
  const agrees = (rank: number, known: number): boolean =>
    answers !== undefined &&
    labels.kind === 'label' &&
    column.kind === 'label' &&
    answers.agrees(entryText(labels.labels, labels.codes[rank]!), entryText(column.labels, column.codes[known]!))
  return ids.flatMap((id, rank) => {
    const known = goldRanks.get(id)
    return known === undefined ? [] : [{ id, right: truth[known] === predicted[rank] || agrees(rank, known) }]
  })
}

/** The ids of the known items, in the order of their bytes. */
export function goldIds(gold: PreparedTruth): string[] {
  return idTexts(gold.index, () => true, gold.rows)
}
