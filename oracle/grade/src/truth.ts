/** A truth file, read once and used for many submissions. */

import { GradeError } from './errors.ts'
import { createProblems } from './problems.ts'
import type { ModelRows } from './program/rows.ts'
import { readTable } from './read/read.ts'
import { type ColumnShape, LIMITS, type TruthShape } from './shape.ts'
import { findText, PROCESS_SEED } from './table/bytetable.ts'
import { type Column, columnLength, type LabelColumn, moveRows, type NumberColumn } from './table/columns.ts'
import { type IdIndex, idTexts } from './table/ids.ts'

/** Which rows are graded: all, or those that the usage column calls public or private. */
export type Part = 'all' | 'public' | 'private'

/** Holds no reference to the file's bytes. Never changed by grading. */
export interface PreparedTruth {
  readonly shape: TruthShape
  readonly rows: number
  readonly publicRows: number
  readonly privateRows: number
  readonly index: IdIndex
  /** Rows are in the order of the ids' UTF-8 bytes. */
  readonly column: Column
  /** All value columns, the first of them being `column`. */
  readonly columns: readonly Column[]
  /** Weight of each row, where the truth has them. */
  readonly weights: Float64Array | undefined
  /** Group of each row, where the truth has them. */
  readonly groups: LabelColumn | undefined
  /** Of each row. */
  ids(): readonly string[]
  /** What models get of each row; undefined where predictions are submitted. */
  readonly modelRows: ModelRows | undefined
  /** The rows of each part; undefined where the truth has no usage column. */
  readonly parts: { readonly public: Int32Array; readonly private: Int32Array } | undefined
  /** Seed of label hashes, which nobody who writes a file can know. */
  readonly seed: number
}

/** Reads a truth. Throws `GradeError` `truth_invalid` with its problems. */
export function prepareTruth(bytes: Uint8Array, shape: TruthShape): PreparedTruth {
  const columns: ColumnShape[] = [{ name: shape.valueColumn, type: shape.type }, ...(shape.moreColumns ?? [])]
  const values = columns.length
  const { inputs = [] } = shape
  columns.push(...inputs)
  const { weightColumn, groupColumn } = shape
  if (weightColumn !== undefined) columns.push({ name: weightColumn, type: 'number', min: 0 })
  if (groupColumn !== undefined) columns.push({ name: groupColumn, type: 'label' })
  if (shape.usageColumn !== undefined) {
    columns.push({ name: shape.usageColumn, type: 'label', labels: ['public', 'private'] })
  }
  const seed = PROCESS_SEED
  const problems = createProblems()
  const plan = {
    idColumn: shape.idColumn,
    columns,
    extraColumns: shape.extraColumns ?? 'refuse',
    maxBytes: shape.maxBytes ?? LIMITS.maxBytes,
    seed,
    ordered: true,
    independent: true,
  }
  const table = readTable(bytes, plan, problems)
  if (!table || problems.total > 0) {
    const first = problems.list[0]!.message
    const count = problems.total === 1 ? 'a problem' : `${problems.total} problems`
    throw new GradeError('truth_invalid', `The truth file has ${count}. ${first}`, problems.list)
  }
  const { ranks, rows } = table
  const moved = table.columns.map((column) => moveRows(column, ranks, rows))
  const named = (name: string | undefined): Column | undefined =>
    name === undefined ? undefined : moved[columns.findIndex((column) => column.name === name)]
  const usage = named(shape.usageColumn) as LabelColumn | undefined
  const parts = usage && { public: rowsOf(usage, 'public'), private: rowsOf(usage, 'private') }
  return {
    shape,
    rows,
    publicRows: parts ? parts.public.length : rows,
    privateRows: parts ? parts.private.length : rows,
    index: table.index,
    column: moved[0]!,
    columns: moved.slice(0, values),
    modelRows: inputs.length > 0 ? modelRows(table.index, moved.slice(values, values + inputs.length)) : undefined,
    weights: (named(weightColumn) as NumberColumn | undefined)?.values,
    groups: named(groupColumn) as LabelColumn | undefined,
    ids: () => idTexts(table.index, () => true, rows),
    parts,
    seed,
  }
}

function modelRows(index: IdIndex, inputs: readonly Column[]): ModelRows {
  let ids: readonly string[] | undefined
  return { inputs, ids: () => (ids ??= idTexts(index, () => true, columnLength(inputs[0]!))) }
}

function rowsOf(usage: LabelColumn, part: string): Int32Array {
  const code = findText(usage.labels, part)
  const rows: number[] = []
  for (let row = 0; row < usage.codes.length; row++) if (usage.codes[row] === code) rows.push(row)
  return Int32Array.from(rows)
}

/** The rows of a part, undefined for all of them. Throws `truth_part_empty`. */
export function partRows(truth: PreparedTruth, part: Part): Int32Array | undefined {
  if (part === 'all') return undefined
  if (!truth.parts) throw new GradeError('truth_part_empty', 'The truth has no usage column, so it has no parts.')
  const rows = truth.parts[part]
  if (rows.length === 0) throw new GradeError('truth_part_empty', `No row of the truth is ${part}.`)
  return rows
}
