/** Masks as run lengths: areas and overlaps by the runs, which are never unpacked. */

import { compensatedSum, weightedMean } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { entryBytes } from '../table/bytetable.ts'
import type { Column, LabelColumn } from '../table/columns.ts'
import type { Metric, MetricParams } from './metric.ts'
import type { ParamSpec } from './paramspec.ts'

/** First pixel of each run and the one behind its last, ascending. */
export type Runs = Float64Array

const SPACE = 32

/** The runs of a cell, which was checked when it was read. */
export function runsOf(bytes: Uint8Array): Runs {
  const numbers: number[] = []
  for (let at = 0; at < bytes.length; at++) {
    let value = 0
    for (; at < bytes.length && bytes[at] !== SPACE; at++) value = value * 10 + bytes[at]! - 48
    numbers.push(value)
  }
  for (let i = 1; i < numbers.length; i += 2) numbers[i]! += numbers[i - 1]!
  return Float64Array.from(numbers)
}

export const masksOf = (column: Column): ((row: number) => Runs) => {
  const { codes, labels } = column as LabelColumn
  return (row) => runsOf(entryBytes(labels, codes[row]!))
}

export function areaOf(runs: Runs): number {
  let area = 0
  for (let i = 0; i < runs.length; i += 2) area += runs[i + 1]! - runs[i]!
  return area
}

/** Pixels that two masks share. */
export function overlapOf(a: Runs, b: Runs): number {
  let [i, j, shared] = [0, 0, 0]
  while (i < a.length && j < b.length) {
    const end = Math.min(a[i + 1]!, b[j + 1]!)
    shared += Math.max(0, end - Math.max(a[i]!, b[j]!))
    if (a[i + 1]! === end) i += 2
    if (b[j + 1]! === end) j += 2
  }
  return shared
}

export const EMPTY: ParamSpec = {
  kind: 'choice',
  choices: ['one', 'zero'],
  default: 'one',
  words: 'What a row counts whose true and predicted masks are both empty.',
}

export const ofMasks = {
  version: 1,
  family: 'images',
  direction: 'maximize',
  range: [0, 1],
  best: 1,
  truthTypes: ['rle'],
  truthColumns: 'one',
  columnTypes: ['rle'],
  maxColumns: 1,
  weights: true,
  params: { empty: EMPTY },
} as const satisfies Partial<Metric>

/** The mean over rows of a ratio of areas: shared, true and predicted pixels. */
export const meanOfMasks =
  (ratio: (shared: number, truth: number, predicted: number) => number): Metric['prepare'] =>
  (truth, { empty }: MetricParams) => {
    const actual = masksOf(truth.columns[0]!)
    const rows = (truth.columns[0] as LabelColumn).codes.length
    return (predictions) => {
      const guess = masksOf(predictions[0]!)
      return weightedMean(rows, truth.weights, (i) => {
        const [a, b] = [actual(i), guess(i)]
        if (a.length === 0 && b.length === 0) return empty === 'one' ? 1 : 0
        return ratio(overlapOf(a, b), areaOf(a), areaOf(b))
      })
    }
  }

/** A ratio of the pixels of all masks together: shared, true and predicted ones. Throws `truth_degenerate` for a truth without a pixel. */
export const ofAllMasks =
  (metric: string, ratio: (shared: number, truth: number, predicted: number) => number): Metric['prepare'] =>
  (truth) => {
    const actual = masksOf(truth.columns[0]!)
    const rows = (truth.columns[0] as LabelColumn).codes.length
    const weight = (i: number): number => (truth.weights ? truth.weights[i]! : 1)
    const area = compensatedSum(rows, (i) => weight(i) * areaOf(actual(i)))
    if (!(area > 0)) throw new GradeError('truth_degenerate', `${metric} needs a mask with pixels.`)
    return (predictions) => {
      const guess = masksOf(predictions[0]!)
      const shared = compensatedSum(rows, (i) => weight(i) * overlapOf(actual(i), guess(i)))
      return ratio(
        shared,
        area,
        compensatedSum(rows, (i) => weight(i) * areaOf(guess(i))),
      )
    }
  }
