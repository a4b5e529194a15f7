/** Cohen's kappa: agreement beyond chance, with unequal disagreements counted alike, by distance, or by its square. */

import { compensatedSum, Sums } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import type { Column } from '../table/columns.ts'
import { classesOf, truthClasses } from './classes.ts'
import type { MetricParams, MetricTruth, Scorer } from './metric.ts'

/** How much each pair of places disagrees, and the sum of it over all pairs by chance. */
type Weighting = 'none' | 'linear' | 'quadratic'

/**
 * The classes stand in the order of `labels`, or of their texts' bytes or values; a class's place in it is what distances are between.
 * With `labels` every class must be among them: a truth with another is refused, a prediction with another has no score.
 */
export function prepareKappa(truth: MetricTruth, params: MetricParams, weighting: Weighting): Scorer {
  const labels = params.labels?.map(String)
  if (labels && (labels.length < 2 || new Set(labels).size < labels.length))
    throw new GradeError('params_invalid', 'labels must name at least two classes, and each only once.')
  const { texts } = truthClasses(truth.columns[0]!)
  if (labels && texts.some((text) => !labels.includes(text)))
    throw new GradeError('truth_degenerate', 'The truth has a class that labels does not name.')
  if (texts.length < 2) throw new GradeError('truth_degenerate', 'Kappa needs a truth with at least two classes.')
  return (predictions) => {
    const placed = placesOf(truth.columns[0]!, predictions[0]!, labels)
    return placed ? kappa(placed, truth.weights, weighting) : Number.NaN
  }
}

interface Placed {
  readonly truth: Int32Array
  readonly predicted: Int32Array
  readonly count: number
}

function placesOf(actual: Column, guess: Column, labels: readonly string[] | undefined): Placed | undefined {
  const { truth, predicted, count, order, text } = classesOf(actual, guess)
  const present = new Uint8Array(count)
  for (let i = 0; i < truth.length; i++) {
    present[truth[i]!] = 1
    present[predicted[i]!] = 1
  }
  const used = order().filter((code) => present[code] === 1)
  const placeOf = new Int32Array(count)
  const places = labels && new Map(labels.map((label, place) => [label, place]))
  for (const [i, code] of used.entries()) {
    const place = places ? places.get(text(code)) : i
    if (place === undefined) return undefined
    placeOf[code] = place
  }
  return {
    truth: Int32Array.from(truth, (code) => placeOf[code]!),
    predicted: Int32Array.from(predicted, (code) => placeOf[code]!),
    count: labels?.length ?? used.length,
  }
}

/** 1 − (disagreement that is there) ÷ (disagreement by chance). */
function kappa({ truth, predicted, count }: Placed, weights: Float64Array | undefined, weighting: Weighting): number {
  const rowsOf = { truth: new Sums(count), predicted: new Sums(count) }
  for (let i = 0; i < truth.length; i++) {
    const weight = weights ? weights[i]! : 1
    rowsOf.truth.add(truth[i]!, weight)
    rowsOf.predicted.add(predicted[i]!, weight)
  }
  const t = rowsOf.truth.values()
  const p = rowsOf.predicted.values()
  const sum = (term: (place: number) => number): number => compensatedSum(count, term)
  const rows = sum((place) => t[place]!)
  const distance = (i: number): number => {
    const d = Math.abs(truth[i]! - predicted[i]!)
    return weighting === 'none' ? Math.min(d, 1) : weighting === 'linear' ? d : d * d
  }
  const observed = compensatedSum(truth.length, (i) => (weights ? weights[i]! : 1) * distance(i))
  const expected = chance(t, p, rows, weighting) / rows
  return 1 - observed / expected
}

/** Σ over pairs of places of their disagreement × true rows × predicted rows. */
function chance(t: Float64Array, p: Float64Array, rows: number, weighting: Weighting): number {
  const sum = (term: (place: number) => number): number => compensatedSum(t.length, term)
  if (weighting === 'none') return rows * rows - sum((place) => t[place]! * p[place]!)
  if (weighting === 'quadratic') {
    const square = (of: Float64Array): number => sum((place) => place * place * of[place]!)
    const mean = (of: Float64Array): number => sum((place) => place * of[place]!)
    return rows * (square(t) + square(p)) - 2 * mean(t) * mean(p)
  }
  // |i − j| is the number of borders between i and j, and a border is crossed by what lies on both sides of it.
  let [tBelow, pBelow] = [0, 0]
  return sum((place) => {
    tBelow += t[place]!
    pBelow += p[place]!
    return tBelow * (rows - pBelow) + pBelow * (rows - tBelow)
  })
}
