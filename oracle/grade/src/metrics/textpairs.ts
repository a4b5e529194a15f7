/** How much work a comparison of texts is, counted before it begins: the pairs of an item of the true text and one of the predicted text. */

import { GradeError } from '../errors.ts'
import { LIMITS } from '../shape.ts'
import { entryText } from '../table/bytetable.ts'
import type { Column, LabelColumn } from '../table/columns.ts'
import type { Metric } from './metric.ts'

/**
 * Whether there are more than `most` pairs in all rows, whichever part of them is scored: the verdict must not depend on the part. Of a
 * metric that does not compare item by item there are none.
 */
export function exceedsPairs({ itemsOf }: Metric, truth: Column, predicted: Column, most: number): boolean {
  if (!itemsOf || truth.kind !== 'label' || predicted.kind !== 'label') return false
  const [a, b] = [lengths(truth, itemsOf), lengths(predicted, itemsOf)]
  let pairs = 0
  for (let row = 0; row < truth.codes.length; row++) pairs += a(row) * b(row)
  return pairs > most
}

/** Throws `truth_invalid` for a truth whose texts are so long that texts like them could not be compared with them. */
export function checkTruthPairs(metric: Metric, truth: Column): void {
  const most = LIMITS.maxTruthPairs
  if (!exceedsPairs(metric, truth, truth, most)) return
  const words = `The true texts are too long for ${metric.id}: the squares of their lengths add up to more than ${most}.`
  throw new GradeError('truth_invalid', `${words} Take fewer rows, or shorter texts.`)
}

/** Items of the text of a row; each different text is split once. */
function lengths({ codes, labels }: LabelColumn, itemsOf: NonNullable<Metric['itemsOf']>): (row: number) => number {
  const known = new Float64Array(labels.size).fill(-1)
  return (row) => {
    const code = codes[row]!
    if (known[code]! < 0) known[code] = itemsOf(entryText(labels, code)).length
    return known[code]!
  }
}
