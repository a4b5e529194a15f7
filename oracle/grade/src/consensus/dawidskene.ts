/**
 * The Dawid–Skene model: each labeler has a confusion matrix, each item a hidden label, and both are estimated in turn.
 *
 * A. P. Dawid and A. M. Skene, Maximum Likelihood Estimation of Observer Error-Rates Using the EM Algorithm, Applied Statistics 28 (1979).
 * The one-coin form has one probability a labeler: Y. Zhang et al., Spectral Methods Meet EM, JMLR 17 (2016).
 */

import { exponential } from '../arithmetic/exp.ts'
import { naturalLog } from '../arithmetic/log.ts'
import { GradeError } from '../errors.ts'
import { agreementWith, type Consensus, mostProbable } from './consensus.ts'
import { shareOfVotes } from './majority.ts'
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
  /** Where the row of each vote begins. */
  readonly at: Int32Array
  readonly labelerOf: Int32Array
  readonly saidOf: Int32Array
}

function confusionRows(votes: Votes): Rows {
  const count = votes.labels.length
  const all = votes.labelers.length * count
  const { pairs, at } = all <= MOST_OF_VOTES * votes.labelOf.length ? marked(votes, all) : sorted(votes)
  return {
    at,
    labelerOf: Int32Array.from(pairs, (key) => Math.floor(key / count)),
    saidOf: Int32Array.from(pairs, (key) => key % count),
  }
}

/** Where all pairs that could be take no more room than so many times the votes, each has a place. */
const MOST_OF_VOTES = 8

/** `at`: of each vote, its pair's place times the number of labels. */
type Pairs = { pairs: Float64Array; at: Int32Array }

function marked({ labelerOf, labelOf, labels }: Votes, all: number): Pairs {
  const count = labels.length
  const place = new Int32Array(all)
  for (let vote = 0; vote < labelOf.length; vote++) place[labelerOf[vote]! * count + labelOf[vote]!] = 1
  let found = 0
  const pairs = new Float64Array(Math.min(all, labelOf.length))
  for (let key = 0; key < all; key++) {
    if (place[key] === 0) continue
    place[key] = found * count
    pairs[found++] = key
  }
  const at = new Int32Array(labelOf.length)
  for (let vote = 0; vote < at.length; vote++) at[vote] = place[labelerOf[vote]! * count + labelOf[vote]!]!
  return { pairs: pairs.slice(0, found), at }
}

function sorted({ labelerOf, labelOf, labels }: Votes): Pairs {
  const count = labels.length
  const keys = Float64Array.from(labelerOf, (labeler, vote) => labeler * count + labelOf[vote]!)
  const inOrder = keys.toSorted()
  const pairs = inOrder.filter((key, nth) => nth === 0 || key !== inOrder[nth - 1])
  return { pairs, at: Int32Array.from(keys, (key) => firstNotBelow(pairs, key) * count) }
}

/** From how often each row's label was said of items that are each label, weighed by how probable that is, to the probability of saying it. */
type Maximize = (counts: Float64Array, errors: Float64Array) => void

function expectationMaximization(votes: Votes, options: DawidSkeneOptions, rows: Rows, maximize: Maximize): DawidSkene {
  const { maxIterations = 100, tolerance = 1e-5, known } = options
  const { items, labels } = votes
  checkKnown(votes, known)
  const probabilities = shareOfVotes(votes)
  if (known) fix(probabilities, known, labels.length)
  const begun = meanRow(probabilities, items.length, labels.length)
  const counts = new Float64Array(rows.labelerOf.length * labels.length)
  const errors = new Float64Array(counts.length)
  const shares = new Float64Array(labels.length)
  countErrors(votes, rows, probabilities, counts)
  maximize(counts, errors)
  const modelOf = (priors: Float64Array): Model => {
    return { priors, logPriors: logarithms(priors), errors, logErrors: logarithms(errors), known }
  }
  let model = modelOf(begun)
  const bounds: number[] = []
  let bound = Number.NEGATIVE_INFINITY
  while (bounds.length < maxIterations && items.length > 0) {
    const entropy = expect(votes, rows, model, { probabilities, counts, shares })
    maximize(counts, errors)
    model = modelOf(meanOf(shares, items.length))
    const next = (logLikelihood(counts, model) + entropy) / votes.labelOf.length
    bounds.push(next)
    if (next - bound < tolerance) break
    bound = next
  }
  const { priors } = model
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
  return meanOf(mean, rows)
}

const meanOf = (sums: Float64Array, rows: number): Float64Array => sums.map((sum) => Math.max(SMALLEST, sum / rows))

/** In a loop, which engines make better code of than of `map`. */
function logarithms(values: Float64Array): Float64Array {
  const logs = new Float64Array(values.length)
  for (let i = 0; i < values.length; i++) logs[i] = naturalLog(values[i]!)
  return logs
}

interface Model {
  readonly priors: Float64Array
  /** Their logarithms. */
  readonly logPriors: Float64Array
  readonly errors: Float64Array
  readonly logErrors: Float64Array
  readonly known: Int32Array | undefined
}

interface Posterior {
  readonly probabilities: Float64Array
  /** As `countErrors` has them. */
  readonly counts: Float64Array
  /** Of each label, the sum over all items. */
  readonly shares: Float64Array
}

/**
 * Posterior of each item: the prior times what each of its labelers would say; and `counts` of them, as `countErrors` has them, while the
 * rows of an item are at hand. Returns the entropy of the posteriors, none of them taken for smaller than `SMALLEST`; a known item has none
 * beyond that.
 *
 * −Σ p ln p over an item's labels is ln w − Σ p ln wₗ, of weights wₗ that add up to w. A weight's logarithm is the sum of those of its
 * factors, so that the second sum over all items is one over what was counted, and an item takes one logarithm instead of one a label.
 */
function expect(votes: Votes, rows: Rows, model: Model, { probabilities, counts, shares }: Posterior): number {
  const { priors, logPriors, errors, logErrors, known } = model
  const { first, items } = votes
  const most = mostFactors(logPriors, logErrors)
  const shift = new Float64Array(BLOCK_ITEMS)
  let logWeights = 0
  counts.fill(0)
  shares.fill(0)
  // Each step is a loop of its own over a few items: all in one is more than an engine turns into its best code.
  for (let from = 0; from < items.length; from += BLOCK_ITEMS) {
    const block = { from, to: Math.min(from + BLOCK_ITEMS, items.length) }
    multiply(errors, rows.at, first, block, priors, probabilities)
    shift.fill(0)
    for (let item = block.from; item < block.to; item++) {
      if (first[item + 1]! - first[item]! <= most) continue
      shift[item - from] = weighByLogarithms(model, rows.at, first, item, probabilities)
    }
    logWeights = normalize(probabilities, block, { known, shift, shares }, logWeights)
    scatter(probabilities, rows.at, first, block, counts, priors.length)
  }
  let sum = logWeights
  for (let label = 0; label < shares.length; label++) sum -= shares[label]! * logPriors[label]!
  for (let i = 0; i < counts.length; i++) sum -= counts[i]! * logErrors[i]!
  return sum
}

/** Items that each step is done for before the next one: few enough for the processor's nearest memory. */
const BLOCK_ITEMS = 128

/** Items from `from` to before `to`. */
type Block = { from: number; to: number }

/** How many errors a prior can be multiplied by with nothing lost: the least product is above 1e-290. */
function mostFactors(logPriors: Float64Array, logErrors: Float64Array): number {
  const least = logErrors.reduce((one, other) => Math.min(one, other), 0)
  const prior = logPriors.reduce((one, other) => Math.min(one, other), 0)
  return least < 0 ? Math.floor((667 + prior) / -least) : Number.POSITIVE_INFINITY
}

/** The weight of each label of each item: its prior times what is in the rows of the item's votes. */
function multiply(
  errors: Float64Array,
  at: Int32Array,
  first: Int32Array,
  { from, to }: Block,
  priors: Float64Array,
  weights: Float64Array,
): void {
  const count = priors.length
  for (let item = from; item < to; item++) {
    const begin = first[item]!
    const end = first[item + 1]!
    const into = item * count
    let label = 0
    // Four labels at once: their products need no memory.
    for (; label + 4 <= count; label += 4) {
      let a = priors[label]!
      let b = priors[label + 1]!
      let c = priors[label + 2]!
      let d = priors[label + 3]!
      for (let vote = begin; vote < end; vote++) {
        const row = at[vote]! + label
        a *= errors[row]!
        b *= errors[row + 1]!
        c *= errors[row + 2]!
        d *= errors[row + 3]!
      }
      weights[into + label] = a
      weights[into + label + 1] = b
      weights[into + label + 2] = c
      weights[into + label + 3] = d
    }
    for (; label < count; label++) {
      let product = priors[label]!
      for (let vote = begin; vote < end; vote++) product *= errors[at[vote]! + label]!
      weights[into + label] = product
    }
  }
}

/** The same for an item of so many votes that its products may be too small: the largest weight, or that of what is known, is 1, and its logarithm is returned. */
function weighByLogarithms(
  { logErrors, logPriors, known }: Model,
  at: Int32Array,
  first: Int32Array,
  item: number,
  weights: Float64Array,
): number {
  const sums = logPriors.slice()
  for (let vote = first[item]!; vote < first[item + 1]!; vote++)
    for (let label = 0; label < sums.length; label++) sums[label]! += logErrors[at[vote]! + label]!
  const right = known === undefined ? -1 : known[item]!
  const one = right < 0 ? sums.reduce((most, sum) => Math.max(most, sum)) : sums[right]!
  for (let label = 0; label < sums.length; label++)
    weights[item * sums.length + label] = exponential(Math.min(0, sums[label]! - one))
  return one
}

type Normalized = { known: Int32Array | undefined; shift: Float64Array; shares: Float64Array }

/**
 * Divides the weights of each item by their sum, or sets what is known, and adds them to `shares`. Adds to `logWeights`, and returns, the
 * logarithm of each sum, of what is known that of its weight, and what the entropy of the smallest is more.
 */
function normalize(
  weights: Float64Array,
  { from, to }: Block,
  { known, shift, shares }: Normalized,
  logWeights: number,
): number {
  const count = shares.length
  let sum = logWeights
  for (let item = from; item < to; item++) {
    const begin = item * count
    const right = known === undefined ? -1 : known[item]!
    let all = 0
    for (let label = 0; label < count; label++) all += weights[begin + label]!
    sum += naturalLog(right < 0 ? all : weights[begin + right]!) + shift[item - from]!
    for (let label = 0; label < count; label++) {
      const p = right < 0 ? weights[begin + label]! / all : label === right ? 1 : 0
      if (p < SMALLEST) sum += SMALLEST_ENTROPY - entropyOf(p)
      weights[begin + label] = p
      shares[label]! += p
    }
  }
  return sum
}

/** −p ln p of a probability that is not 1, and 0 where it is too small for its logarithm. */
const entropyOf = (p: number): number => (p < 1e-300 ? 0 : -p * naturalLog(p))
const SMALLEST_ENTROPY = entropyOf(SMALLEST)

/** Adds the probabilities of each item to the rows of its votes. */
function scatter(
  probabilities: Float64Array,
  at: Int32Array,
  first: Int32Array,
  { from, to }: Block,
  counts: Float64Array,
  count: number,
): void {
  for (let item = from; item < to; item++) {
    const begin = first[item]!
    const end = first[item + 1]!
    const of = item * count
    let label = 0
    for (; label + 4 <= count; label += 4) {
      const a = probabilities[of + label]!
      const b = probabilities[of + label + 1]!
      const c = probabilities[of + label + 2]!
      const d = probabilities[of + label + 3]!
      for (let vote = begin; vote < end; vote++) {
        const row = at[vote]! + label
        counts[row]! += a
        counts[row + 1]! += b
        counts[row + 2]! += c
        counts[row + 3]! += d
      }
    }
    for (; label < count; label++) {
      const p = probabilities[of + label]!
      for (let vote = begin; vote < end; vote++) counts[at[vote]! + label]! += p
    }
  }
}

/** How often each labeler said a label of items that are each label, weighed by how probable that is. */
function countErrors(
  { first, items, labels }: Votes,
  rows: Rows,
  probabilities: Float64Array,
  into: Float64Array,
): void {
  into.fill(0)
  scatter(probabilities, rows.at, first, { from: 0, to: items.length }, into, labels.length)
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
function logLikelihood(counts: Float64Array, { logErrors, logPriors }: Model): number {
  const labels = logPriors.length
  let sum = 0
  for (let row = 0; row < counts.length; row += labels)
    for (let label = 0; label < labels; label++) {
      const counted = counts[row + label]!
      if (counted !== 0) sum += counted * (logErrors[row + label]! + logPriors[label]!)
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
