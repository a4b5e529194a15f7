/** The table of true and predicted clusters: how many rows each pair has, and each cluster. */

import { naturalLog } from '../arithmetic/log.ts'
import { compensatedSum } from '../arithmetic/sum.ts'
import type { Column } from '../table/columns.ts'
import { classesOf } from './classes.ts'

export interface Contingency {
  readonly rows: number
  /** Rows of each true cluster, of each predicted one, and of each pair that occurs, with its two clusters. */
  readonly truth: readonly number[]
  readonly predicted: readonly number[]
  readonly pairs: readonly { readonly truth: number; readonly predicted: number; readonly count: number }[]
}

export function contingencyOf(actual: Column, guess: Column): Contingency {
  const { truth, predicted, count } = classesOf(actual, guess)
  const places = (codes: ArrayLike<number>) => {
    const placeOf = new Int32Array(count).fill(-1)
    const sizes: number[] = []
    for (let i = 0; i < codes.length; i++) {
      if (placeOf[codes[i]!]! < 0) placeOf[codes[i]!] = sizes.push(0) - 1
      sizes[placeOf[codes[i]!]!]!++
    }
    return { placeOf, sizes }
  }
  const [t, p] = [places(truth), places(predicted)]
  const pairs = new Map<number, { truth: number; predicted: number; count: number }>()
  for (let i = 0; i < truth.length; i++) {
    const [a, b] = [t.placeOf[truth[i]!]!, p.placeOf[predicted[i]!]!]
    const key = a * p.sizes.length + b
    const pair = pairs.get(key)
    if (pair) pair.count++
    else pairs.set(key, { truth: a, predicted: b, count: 1 })
  }
  return { rows: truth.length, truth: t.sizes, predicted: p.sizes, pairs: [...pairs.values()] }
}

/** Pairs of rows: in all, together in truth, in prediction, in both. Whole numbers below 2^53. */
export function pairsOfRows({ rows, truth, predicted, pairs }: Contingency) {
  const choose = (n: number): number => (n * (n - 1)) / 2
  const total = (sizes: readonly number[]): number => sizes.reduce((sum, n) => sum + choose(n), 0)
  return {
    all: choose(rows),
    truth: total(truth),
    predicted: total(predicted),
    both: total(pairs.map(({ count }) => count)),
  }
}

/** −Σ p·ln p over clusters. */
export const entropy = (sizes: readonly number[], rows: number): number =>
  sizes.length === 1 ? 0 : -compensatedSum(sizes.length, (i) => (sizes[i]! / rows) * naturalLog(sizes[i]! / rows))

/** How much truth and prediction say of each other, in nats; never below 0. */
export function mutualInformation({ rows, truth, predicted, pairs }: Contingency): number {
  const information = compensatedSum(pairs.length, (i) => {
    const { truth: a, predicted: b, count } = pairs[i]!
    return (count / rows) * naturalLog((count * rows) / (truth[a]! * predicted[b]!))
  })
  return Math.max(0, information)
}
