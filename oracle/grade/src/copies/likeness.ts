/**
 * The rule of near-copies: how far two files resemble each other, and from where on that is shown. It decides nothing: it is shown to people,
 * who look closer. What everybody gets right says nothing, so what is compared is where and how two files go wrong.
 */

import { entryText } from '../table/bytetable.ts'
import type { Column, NumberColumn } from '../table/columns.ts'

/**
 * - `errors`: how far two files give the same wrong labels, beyond what chance would give (1 is always, 0 is by chance)
 * - `residuals`: the rank correlation of what two files are off by
 * - `cells`: the share of equal cells, of texts, lists and masks
 */
export type Likeness = 'errors' | 'residuals' | 'cells'

export interface Alike {
  readonly measure: Likeness
  /** At most 1. */
  readonly value: number
}

/** From which value on a pair is shown. Models that are fitted to the same data come near, and seldom there. */
const SHOWN: Readonly<Record<Likeness, number>> = { errors: 0.8, residuals: 0.995, cells: 0.9 }

/** So that the cost is bounded whatever is submitted: cells of each file. */
const MOST = { cells: 20_000 }

/**
 * Errors of two files together below which nothing is said of them, and below which only files that go wrong in exactly the same way are
 * told of: honest models meet in the few rows that are hard for all (`oracle/grade/vectors/near_copies.py` counts how often).
 */
const LEAST = { errors: 10, equalErrors: 7 }

export type Traits =
  | { measure: 'residuals'; vector: Float64Array }
  /** The wrong answers by their cell; of how many cells. */
  | { measure: 'errors'; wrong: ReadonlyMap<number, string>; cells: number }
  | { measure: 'cells'; texts: readonly string[] }

/** How a file goes wrong in these rows, by the truth's columns; undefined where nothing can be said of it. */
export function traitsOf(columns: readonly Column[], truth: readonly Column[], rows: Int32Array): Traits | undefined {
  if (columns.every((column) => column.kind === 'number')) {
    const vector = residuals(columns, truth, rows)
    return vector && { measure: 'residuals', vector }
  }
  const same = columns.length === truth.length && truth.every((column) => column.kind === 'label')
  const texts = columns.flatMap((column) => textsOf(column, rows))
  if (!same) return { measure: 'cells', texts }
  const right = truth.flatMap((column) => textsOf(column, rows))
  const wrong = new Map(texts.flatMap((text, cell) => (text === right[cell] ? [] : [[cell, text] as const])))
  return { measure: 'errors', wrong, cells: texts.length }
}

/** Which of so many rows are looked at: with equal distances between them, the same for all files. */
export function sampledRows(rows: number, columns: number): Int32Array {
  const count = Math.min(rows, Math.max(1, Math.floor(MOST.cells / columns)))
  return Int32Array.from({ length: count }, (_, i) => Math.floor((i * rows) / count))
}

function textsOf(column: Column, rows: Int32Array): string[] {
  if (column.kind === 'number') return Array.from(rows, (row) => String(column.values[row]))
  const known = new Map<number, string>()
  return Array.from(rows, (row) => {
    const code = column.codes[row]!
    const text = known.get(code) ?? entryText(column.labels, code)
    known.set(code, text)
    return text
  })
}

/** The ranks of what each column is off by, of mean 0 and length 1 all together. */
function residuals(columns: readonly Column[], truth: readonly Column[], rows: Int32Array): Float64Array | undefined {
  const vector = new Float64Array(columns.length * rows.length)
  for (const [i, column] of (columns as NumberColumn[]).entries()) {
    const values = Float64Array.from(rows, (row) => column.values[row]!)
    const right = truth[truth.length === columns.length ? i : 0]!
    const off =
      right.kind === 'number'
        ? ranksOf(values.map((value, at) => value - right.values[rows[at]!]!))
        : withoutMeans(ranksOf(values), (at) => right.codes[rows[at]!]!)
    vector.set(
      withoutMeans(off, () => 0),
      i * rows.length,
    )
  }
  const length = Math.sqrt(vector.reduce((sum, value) => sum + value * value, 0))
  return length > 0 ? vector.map((value) => value / length) : undefined
}

/** Ties have the mean of their ranks. */
function ranksOf(values: Float64Array): Float64Array {
  const order = Int32Array.from(values, (_, i) => i).sort((a, b) => values[a]! - values[b]! || a - b)
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + to - 1) / 2
    from = to
  }
  return ranks
}

/** What is known of a row by its class, which everyone who is good has in common, is taken away. */
function withoutMeans(values: Float64Array, groupOf: (at: number) => number): Float64Array {
  const sums = new Map<number, { sum: number; count: number }>()
  for (const [at, value] of values.entries()) {
    const group = sums.get(groupOf(at)) ?? { sum: 0, count: 0 }
    sums.set(groupOf(at), { sum: group.sum + value, count: group.count + 1 })
  }
  return values.map((value, at) => {
    const { sum, count } = sums.get(groupOf(at))!
    return value - sum / count
  })
}

/** Undefined where two files cannot be compared, or do not come near enough to be shown. */
export function likenessOf(one: Traits | undefined, other: Traits | undefined): Alike | undefined {
  const found = alike(one, other)
  return found && found.value >= SHOWN[found.measure] ? found : undefined
}

function alike(one: Traits | undefined, other: Traits | undefined): Alike | undefined {
  if (one?.measure === 'residuals' && other?.measure === 'residuals') {
    let value = 0
    for (let i = 0; i < one.vector.length; i++) value += one.vector[i]! * other.vector[i]!
    return { measure: 'residuals', value: rounded(value) }
  }
  if (one?.measure === 'cells' && other?.measure === 'cells') {
    // Where nothing was found, honest files agree as well.
    const told = one.texts.flatMap((text, i) => (text === '' && other.texts[i] === '' ? [] : [text === other.texts[i]]))
    if (told.length < LEAST.errors) return undefined
    return { measure: 'cells', value: rounded(told.filter(Boolean).length / told.length) }
  }
  if (one?.measure !== 'errors' || other?.measure !== 'errors') return undefined
  const both = [...one.wrong].filter(([cell]) => other.wrong.has(cell))
  const either = one.wrong.size + other.wrong.size - both.length
  if (either < LEAST.equalErrors) return undefined
  const same = both.filter(([cell, text]) => other.wrong.get(cell) === text).length / either
  if (either < LEAST.errors && same < 1) return undefined
  const shared = (one.wrong.size * other.wrong.size) / one.cells
  const chance = shared / (one.wrong.size + other.wrong.size - shared)
  return chance >= 1 ? undefined : { measure: 'errors', value: rounded((same - chance) / (1 - chance)) }
}

/** Enough to be read, and the same on every machine. */
const rounded = (value: number): number => Math.min(1, Math.round(value * 10_000) / 10_000)
