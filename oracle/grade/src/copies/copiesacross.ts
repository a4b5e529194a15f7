/** Near-copies between two challenges, by the rule that holds within one: see `likeness.ts`. */

import type { ColumnShape, ColumnType } from '../shape.ts'
import { type CommonRows, commonRows } from './commonrows.ts'
import { likenessOf, sampledRows } from './likeness.ts'
import {
  type ComparedCount,
  type ComparedEntry,
  type Measured,
  MOST_COMPARED,
  measure,
  mostAlike,
  type NearCopy,
} from './nearcopies.ts'

/** What two challenges have in common, by which their submissions can be compared. */
export interface Common {
  readonly rows: CommonRows
  /** Where each column of the one is among those of the other. */
  readonly columns: readonly number[]
}

/** Why their submissions cannot be compared: other columns to predict, or too few ids that both have. */
export type Misfit = { readonly misfit: 'columns' } | { readonly misfit: 'ids'; readonly shared: number }

export interface CopiesAcross {
  /** Ids that both challenges have, and how many of them were looked at. */
  readonly shared: number
  readonly rows: number
  readonly one: ComparedCount
  readonly other: ComparedCount
  /** The most alike first; the first number is of the one challenge, the second of the other. */
  readonly pairs: readonly NearCopy[]
  /** Pairs that are not among them, for there are too many. */
  readonly morePairs: number
}

/** With fewer rows, what honest models have in common looks like a copy. */
export const LEAST_SHARED = 30

/** Columns fit by name and kind, in any order, where the truths are of one kind as well: both are measured alike then. */
export function commonOf(one: Measured, other: Measured): Common | Misfit {
  const columns = columnsOf(one, other)
  if (!columns) return { misfit: 'columns' }
  const rows = commonRows(one.truth.index, other.truth.index)
  return rows.one.length < LEAST_SHARED ? { misfit: 'ids', shared: rows.one.length } : { rows, columns }
}

function columnsOf(one: Measured, other: Measured): readonly number[] | undefined {
  const theirs = other.task.shape.columns
  const columns = one.task.shape.columns.map((mine) => theirs.findIndex((column) => isSame(mine, column)))
  const fields = [one, other].map(({ task }) => JSON.stringify(task.shape.long?.fields))
  const kinds = [one, other].map(({ truth }) =>
    truth.columns
      .map(({ kind }) => kind)
      .toSorted()
      .join(),
  )
  const fit = columns.length === theirs.length && !columns.includes(-1)
  return fit && fields[0] === fields[1] && kinds[0] === kinds[1] ? columns : undefined
}

const isSame = (one: ColumnShape, other: ColumnShape): boolean =>
  one.name === other.name && kindOf(one.type) === kindOf(other.type)

const kindOf = (type: ColumnType): ColumnType => (type === 'integer' || type === 'probability' ? 'number' : type)

type Side = Measured & { readonly entries: readonly ComparedEntry[] }

/**
 * Pairs of different solvers, one submission of each challenge.
 * @param steps that all models of both together may take, each challenge half of them
 */
export function copiesAcross(
  one: Side,
  other: Side,
  { rows, columns }: Common,
  steps: number = MOST_COMPARED.steps,
): CopiesAcross {
  const sample = sampledRows(rows.one.length, columns.length)
  const half = Math.floor(steps / 2)
  const mine = measure(one, one.entries, { rows: sample.map((at) => rows.one[at]!), steps: half })
  const theirs = measure(other, other.entries, { rows: sample.map((at) => rows.other[at]!), steps: half, columns })
  const pairs: NearCopy[] = []
  for (const left of mine.measured)
    for (const right of theirs.measured) {
      if (left.solver === right.solver) continue
      const found = likenessOf(left.traits, right.traits)
      if (found) pairs.push({ numbers: [left.number, right.number], ...found })
    }
  const told = mostAlike(pairs)
  return {
    ...{ shared: rows.one.length, rows: sample.length, pairs: told, morePairs: pairs.length - told.length },
    one: { compared: mine.compared, leftOut: mine.leftOut },
    other: { compared: theirs.compared, leftOut: theirs.leftOut },
  }
}
