/**
 * The Dawid–Skene model: each labeler has a confusion matrix, each item a hidden label, and both are estimated in turn.
 *
 * A. P. Dawid and A. M. Skene, Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm, Applied Statistics 28 (1979).
 * The one-coin form has one probability a labeler: Y. Zhang et al., Spectral Methods Meet EM, JMLR 17 (2016).
 */

import { naturalLog } from '../arithmetic/log.ts'
import { GradeError } from '../errors.ts'
import { confusionRows, firstNotBelow, type Rows } from './confusionrows.ts'
import { agreementWith, type Consensus, mostProbable } from './consensus.ts'
import { expect, type Fitting, SMALLEST } from './expectation.ts'
import { createFitting, keep } from './fitting.ts'
import { shareOfVotes } from './majority.ts'
import type { Votes } from './votes.ts'

export interface EmOptions {
  /** Rounds at most; 100 unless said otherwise. */
  readonly maxIterations?: number
  /** Ends when the evidence lower bound per vote rises by less; 1e-5 unless said otherwise. A negative one never ends early. */
  readonly tolerance?: number
}

export interface DawidSkeneOptions extends EmOptions {
  /** Label of each item that is known, -1 for the others; length `items.length`. */
  readonly known?: Int32Array
}

export interface DawidSkene extends Consensus {
  /** Share of each label among the items, length `labels.length`. */
  readonly priors: Float64Array
  /**
   * Row-major, `labelers.length` × `labels.length` (what it is) × `labels.length` (what the labeler says): the probability that it says
   * so. Rows of a label that the labeler never had to judge follow the smallest probability.
   */
  readonly confusion: (labeler: number) => Float64Array
  readonly iterations: number
  /** Evidence lower bound per vote after each round. */
  readonly bounds: readonly number[]
}

/**
 * Estimates labels and confusion matrices by expectation–maximization, beginning with the majority. `quality` of a labeler is the
 * probability that it says the right label, by its confusion matrix and the priors. Equal to crowd-kit's `DawidSkene` (same rounds,
 * within 1e-9). Throws `GradeError` `params_invalid` for known labels that do not fit.
 */
export function dawidSkene(votes: Votes, options: DawidSkeneOptions = {}): DawidSkene {
  const rows = confusionRows(votes)
  return expectationMaximization(votes, options, rows, (counts, errors) => {
    errors.set(counts)
    normalizeErrors(rows, errors, votes.labels.length)
  })
}

/**
 * The same with one number a labeler, the probability that it is right; a wrong answer is any other label alike. Needs fewer votes.
 * Equal to crowd-kit's `OneCoinDawidSkene`. Throws `GradeError` `params_invalid` where there are fewer than two labels.
 */
export function oneCoinDawidSkene(votes: Votes, options: DawidSkeneOptions = {}): DawidSkene {
  const count = votes.labels.length
  if (count < 2) throw new GradeError('params_invalid', 'The one-coin model needs at least two labels.')
  const rows = confusionRows(votes)
  return expectationMaximization(votes, options, rows, (counts, errors) => {
    const skill = expectedAccuracy(votes, rows, counts)
    rows.labelerOf.forEach((labeler, row) => {
      for (let label = 0; label < count; label++) {
        const p = label === rows.saidOf[row] ? skill[labeler]! : (1 - skill[labeler]!) / (count - 1)
        errors[row * count + label] = Math.min(1 - SMALLEST, Math.max(SMALLEST, p))
      }
    })
  })
}

/** From how often each row's label was said of items that are each label, weighed by how probable that is, to the probability of saying it. */
export type Maximize = (counts: Float64Array, errors: Float64Array) => void

export function expectationMaximization(
  votes: Votes,
  options: DawidSkeneOptions,
  rows: Rows,
  maximize: Maximize,
): DawidSkene {
  const { maxIterations = 100, tolerance = 1e-5, known } = options
  const { items, labels } = votes
  checkKnown(votes, known)
  const { fitting, loops } = createFitting(votes, rows, known)
  const { priors, logPriors, errors, logErrors, probabilities, counts, shares } = fitting
  shareOfVotes(votes, undefined, probabilities)
  if (known) fix(probabilities, known, labels.length)
  sumRows(probabilities, shares)
  loops.count()
  const estimateModel = () => {
    maximize(counts, errors)
    for (let label = 0; label < priors.length; label++)
      priors[label] = Math.max(SMALLEST, shares[label]! / items.length)
    writeLogarithms(priors, logPriors)
    writeLogarithms(errors, logErrors)
  }
  estimateModel()
  const bounds: number[] = []
  let bound = Number.NEGATIVE_INFINITY
  while (bounds.length < maxIterations && items.length > 0) {
    const entropy = expect(fitting, loops)
    estimateModel()
    const next = (logLikelihood(fitting) + entropy) / votes.labelOf.length
    bounds.push(next)
    if (next - bound < tolerance) break
    bound = next
  }
  const found = keep(fitting)
  const labelOf = mostProbable(found.probabilities, votes)
  const matrices = { count: labels.length, labelerOf: rows.labelerOf, saidOf: rows.saidOf, errors: found.errors }
  const quality = votes.labelers.map((_, labeler) => accuracyOf(confusionOf(matrices, labeler), found.priors))
  return {
    ...{ probabilities: found.probabilities, labelOf, priors: found.priors, bounds, iterations: bounds.length },
    quality: bounds.length === 0 ? agreementWith(labelOf, votes) : Float64Array.from(quality),
    confusion: (labeler) => confusionOf(matrices, labeler),
  }
}

function checkKnown({ items, labels }: Votes, known: Int32Array | undefined): void {
  if (!known) return
  if (known.length !== items.length) {
    throw new GradeError(
      'params_invalid',
      `There are ${known.length} known labels for ${items.length} items; an unknown one is -1.`,
    )
  }
  const strange = known.findIndex((label) => label < -1 || label >= labels.length)
  if (strange >= 0) {
    throw new GradeError(
      'params_invalid',
      `The known label ${known[strange]} of item "${items[strange]}" is none of ${labels.length}.`,
    )
  }
}

function fix(probabilities: Float64Array, known: Int32Array, labels: number): void {
  known.forEach((label, item) => {
    if (label >= 0) probabilities.fill(0, item * labels, (item + 1) * labels)[item * labels + label] = 1
  })
}

function sumRows(values: Float64Array, sums: Float64Array): void {
  const columns = sums.length
  for (let i = 0; i < values.length; ) for (let column = 0; column < columns; column++) sums[column]! += values[i++]!
}

/** In a loop, which engines make better code of than of `map`. */
function writeLogarithms(values: Float64Array, logs: Float64Array): void {
  for (let i = 0; i < values.length; i++) logs[i] = naturalLog(values[i]!)
}

/** Divides by the sum over what the labeler said, for each label that it could be. */
function normalizeErrors(rows: Rows, errors: Float64Array, count: number): void {
  for (let i = 0; i < errors.length; i++) errors[i] = Math.max(SMALLEST, errors[i]!)
  for (let begin = 0; begin < rows.labelerOf.length; ) {
    let end = begin + 1
    while (end < rows.labelerOf.length && rows.labelerOf[end] === rows.labelerOf[begin]) end++
    for (let label = 0; label < count; label++) {
      let sum = 0
      for (let row = begin; row < end; row++) sum += errors[row * count + label]!
      for (let row = begin; row < end; row++) errors[row * count + label]! /= sum
    }
    begin = end
  }
}

/** The share of each labeler's votes that are right, as far as the posteriors know. */
function expectedAccuracy({ labelers, labels }: Votes, rows: Rows, counts: Float64Array): Float64Array {
  const right = new Float64Array(labelers.length)
  const all = new Float64Array(labelers.length)
  rows.labelerOf.forEach((labeler, row) => {
    for (let label = 0; label < labels.length; label++) all[labeler]! += counts[row * labels.length + label]!
    right[labeler]! += counts[row * labels.length + rows.saidOf[row]!]!
  })
  return right.map((sum, labeler) => sum / all[labeler]!)
}

/** Expected joint log likelihood, the prior counted once a vote as crowd-kit does. Σ over votes is Σ over rows of what was counted there. */
function logLikelihood({ counts, logErrors, logPriors }: Fitting): number {
  const labels = logPriors.length
  let sum = 0
  for (let row = 0; row < counts.length; row += labels)
    for (let label = 0; label < labels; label++) {
      const counted = counts[row + label]!
      if (counted !== 0) sum += counted * (logErrors[row + label]! + logPriors[label]!)
    }
  return sum
}

/** What of a fit tells confusion matrices. */
type Matrices = { count: number; labelerOf: Int32Array; saidOf: Int32Array; errors: Float64Array }

function confusionOf({ count, labelerOf, saidOf, errors }: Matrices, labeler: number): Float64Array {
  const matrix = new Float64Array(count * count)
  for (let row = firstNotBelow(labelerOf, labeler); labelerOf[row] === labeler; row++) {
    for (let label = 0; label < count; label++) matrix[label * count + saidOf[row]!] = errors[row * count + label]!
  }
  return matrix
}

function accuracyOf(confusion: Float64Array, priors: Float64Array): number {
  return priors.reduce((sum, prior, label) => sum + prior * confusion[label * priors.length + label]!, 0)
}
