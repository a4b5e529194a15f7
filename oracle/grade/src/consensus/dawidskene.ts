/**
 * The Dawid–Skene model: each labeler has a confusion matrix, each item a hidden label, and both are estimated in turn.
 *
 * A. P. Dawid and A. M. Skene, Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm, Applied Statistics 28 (1979).
 * The one-coin form has one probability a labeler: Y. Zhang et al., Spectral Methods Meet EM, JMLR 17 (2016).
 */

import { GradeError } from '../errors.ts'
import { exponential } from '../exp.ts'
import { naturalLog } from '../log.ts'
import { agreementWith, type Consensus, mostProbable } from './consensus.ts'
import { majorityVote } from './majority.ts'
import type { Votes } from './votes.ts'

/** No probability is smaller: one vote alone proves nothing impossible. */
const SMALLEST = 1e-10

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

/**
 * One row for each pair of a labeler and a label that it gave, sorted by both; other pairs are never looked up, so that a million
 * labelers with two labels each take no more room than their votes.
 */
interface Rows {
  /** Row of each vote. */
  readonly of: Int32Array
  readonly labelerOf: Int32Array
  readonly saidOf: Int32Array
}

function confusionRows({ labelers, labelerOf, labelOf, labels }: Votes): Rows {
  const count = labels.length
  const keys = new Float64Array(labelerOf.length)
  for (let vote = 0; vote < keys.length; vote++) keys[vote] = labelerOf[vote]! * count + labelOf[vote]!
  const { pairs, of } =
    labelers.length * count <= MOST_OF_VOTES * keys.length ? marked(keys, labelers.length * count) : sorted(keys)
  return {
    of,
    labelerOf: Int32Array.from(pairs, (key) => Math.floor(key / count)),
    saidOf: Int32Array.from(pairs, (key) => key % count),
  }
}

/** Where all pairs that could be take no more room than so many times the votes, each has a place. */
const MOST_OF_VOTES = 8

type Pairs = { pairs: Float64Array; of: Int32Array }

function marked(keys: Float64Array, all: number): Pairs {
  const place = new Int32Array(all)
  for (let vote = 0; vote < keys.length; vote++) place[keys[vote]!] = 1
  let found = 0
  const pairs = new Float64Array(keys.length)
  for (let key = 0; key < all; key++) {
    if (place[key] === 0) continue
    place[key] = found
    pairs[found++] = key
  }
  const of = new Int32Array(keys.length)
  for (let vote = 0; vote < keys.length; vote++) of[vote] = place[keys[vote]!]!
  return { pairs: pairs.slice(0, found), of }
}

function sorted(keys: Float64Array): Pairs {
  const inOrder = keys.toSorted()
  const pairs = inOrder.filter((key, at) => at === 0 || key !== inOrder[at - 1])
  return { pairs, of: Int32Array.from(keys, (key) => firstNotBelow(pairs, key)) }
}

/** From how often each row's label was said of items that are each label, weighed by how probable that is, to the probability of saying it. */
type Maximize = (counts: Float64Array, errors: Float64Array) => void

function expectationMaximization(votes: Votes, options: DawidSkeneOptions, rows: Rows, maximize: Maximize): DawidSkene {
  const { maxIterations = 100, tolerance = 1e-5, known } = options
  const { items, labels } = votes
  checkKnown(votes, known)
  const probabilities = majorityVote(votes).probabilities
  if (known) fix(probabilities, known, labels.length)
  let priors = meanRow(probabilities, items.length, labels.length)
  const counts = new Float64Array(rows.labelerOf.length * labels.length)
  const errors = new Float64Array(counts.length)
  countErrors(votes, rows, probabilities, counts)
  maximize(counts, errors)
  const bounds: number[] = []
  let bound = Number.NEGATIVE_INFINITY
  while (bounds.length < maxIterations && items.length > 0) {
    const entropy = expect(votes, rows, { priors, errors, known }, probabilities, counts)
    priors = meanRow(probabilities, items.length, labels.length)
    maximize(counts, errors)
    const next = (logLikelihood(counts, errors, priors) + entropy) / votes.labelOf.length
    bounds.push(next)
    if (next - bound < tolerance) break
    bound = next
  }
  const labelOf = mostProbable(probabilities, votes)
  const matrices = { votes, rows, errors }
  const quality = votes.labelers.map((_, labeler) => accuracyOf(confusionOf(matrices, labeler), priors))
  return {
    ...{ probabilities, labelOf, priors, bounds, iterations: bounds.length },
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

function meanRow(values: Float64Array, rows: number, columns: number): Float64Array {
  const mean = new Float64Array(columns)
  for (let row = 0, i = 0; row < rows; row++)
    for (let column = 0; column < columns; column++) mean[column]! += values[i++]!
  return mean.map((sum) => Math.max(SMALLEST, sum / rows))
}

interface Model {
  readonly priors: Float64Array
  readonly errors: Float64Array
  readonly known: Int32Array | undefined
}

/**
 * Posterior of each item: the priors times what each of its labelers would say, in logarithms, shifted so that the largest is 0; and
 * `counts` of them, as `countErrors` has them, while the rows of an item are at hand. Returns the entropy of the posteriors, none of them
 * taken for smaller than `SMALLEST`; a known item has none beyond that.
 */
function expect(
  votes: Votes,
  rows: Rows,
  { priors, errors, known }: Model,
  into: Float64Array,
  counts: Float64Array,
): number {
  const { first, items } = votes
  const count = votes.labels.length
  const logErrors = errors.map(naturalLog)
  const logPriors = priors.map(naturalLog)
  const sums = new Float64Array(count)
  const found = new Float64Array(count)
  const rowOf = rows.of
  let entropy = 0
  counts.fill(0)
  for (let item = 0, size = items.length; item < size; item++) {
    const begin = first[item]!
    const end = first[item + 1]!
    for (let label = 0; label < count; label++) sums[label] = logPriors[label]!
    for (let vote = begin; vote < end; vote++) {
      const row = rowOf[vote]! * count
      for (let label = 0; label < count; label++) sums[label]! += logErrors[row + label]!
    }
    let largest = sums[0]!
    for (let label = 1; label < count; label++) if (sums[label]! > largest) largest = sums[label]!
    let all = 0
    for (let label = 0; label < count; label++) {
      const below = sums[label]! - largest
      const weight = below === 0 ? 1 : exponential(below)
      found[label] = weight
      all += weight
    }
    const logAll = naturalLog(all) + largest
    const right = known === undefined ? -1 : known[item]!
    const at = item * count
    for (let label = 0; label < count; label++) {
      const p = found[label]! / all
      if (right < 0) entropy += p < SMALLEST ? SMALLEST_ENTROPY : -p * (sums[label]! - logAll)
      else if (label !== right) entropy += SMALLEST_ENTROPY
      found[label] = right < 0 ? p : label === right ? 1 : 0
      into[at + label] = found[label]!
    }
    for (let vote = begin; vote < end; vote++) {
      const row = rowOf[vote]! * count
      for (let label = 0; label < count; label++) counts[row + label]! += found[label]!
    }
  }
  return entropy
}

/** −p ln p of the smallest probability. */
const SMALLEST_ENTROPY = -SMALLEST * naturalLog(SMALLEST)

/** How often each labeler said a label of items that are each label, weighed by how probable that is. */
function countErrors(votes: Votes, rows: Rows, probabilities: Float64Array, into: Float64Array): void {
  const { first, items } = votes
  const count = votes.labels.length
  const rowOf = rows.of
  into.fill(0)
  for (let item = 0; item < items.length; item++) {
    const at = item * count
    for (let vote = first[item]!, end = first[item + 1]!; vote < end; vote++) {
      const row = rowOf[vote]! * count
      for (let label = 0; label < count; label++) into[row + label]! += probabilities[at + label]!
    }
  }
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
function logLikelihood(counts: Float64Array, errors: Float64Array, priors: Float64Array): number {
  const logPriors = priors.map(naturalLog)
  let sum = 0
  for (let i = 0; i < counts.length; i++) {
    if (counts[i] !== 0) sum += counts[i]! * (naturalLog(errors[i]!) + logPriors[i % priors.length]!)
  }
  return sum
}

function confusionOf(
  { votes, rows, errors }: { votes: Votes; rows: Rows; errors: Float64Array },
  labeler: number,
): Float64Array {
  const count = votes.labels.length
  const matrix = new Float64Array(count * count)
  for (let row = firstNotBelow(rows.labelerOf, labeler); rows.labelerOf[row] === labeler; row++) {
    for (let label = 0; label < count; label++) matrix[label * count + rows.saidOf[row]!] = errors[row * count + label]!
  }
  return matrix
}

/** Where the first number that is not below stands in a sorted list, by bisection. */
function firstNotBelow(sorted: Int32Array | Float64Array, wanted: number): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (sorted[middle]! < wanted) low = middle + 1
    else high = middle
  }
  return low
}

function accuracyOf(confusion: Float64Array, priors: Float64Array): number {
  return priors.reduce((sum, prior, label) => sum + prior * confusion[label * priors.length + label]!, 0)
}
