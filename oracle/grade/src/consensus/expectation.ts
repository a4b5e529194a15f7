/** The expectation step of the Dawid–Skene model: what each item probably is, by its votes and what is known of its labelers. */

import { exponential } from '../arithmetic/exp.ts'
import { naturalLog } from '../arithmetic/log.ts'

/** No probability is smaller: one vote alone proves nothing impossible. */
export const SMALLEST = 1e-10

/** What a fit reads and writes, of `n` votes about `items` with so many `labels`; the step is the same where the numbers are and whoever does it. */
export interface Fitting {
  readonly items: number
  readonly labels: number
  /** As `Votes` has it, length `items + 1`. */
  readonly first: Int32Array
  /** As `Rows` has it, length `n`. */
  readonly at: Int32Array
  /** Label of each item that is known, -1 for the others. */
  readonly known: Int32Array | undefined
  /** Length `labels`, with their logarithms. */
  readonly priors: Float64Array
  readonly logPriors: Float64Array
  /** A row of `labels` for each row of `Rows`: the probability that it is said of an item that is each label; with their logarithms. */
  readonly errors: Float64Array
  readonly logErrors: Float64Array
  /** Row-major, `items` × `labels`. */
  readonly probabilities: Float64Array
  /** As long as `errors`: how often each row's label was said of items that are each label, weighed by how probable that is. */
  readonly counts: Float64Array
  /** Of each label, the sum of its probabilities. */
  readonly shares: Float64Array
}

/** The loops over all votes: here in JavaScript, in `oracle/grade/kernel/src/expectation.rs` in WebAssembly, with the same bits. */
export interface Loops {
  /**
   * From `priors` and `errors` to `probabilities`, `counts` and `shares`; the last two are 0 before. Items of more than `most` votes go by
   * logarithms. Returns the logarithms of all weights, and what the entropy of the smallest is more.
   */
  expect(most: number): number
  /** From `probabilities` to `counts`, which are 0 before. */
  count(): void
}

/**
 * Posterior of each item: the prior times what each of its labelers would say; and `counts` of them, while the rows of an item are at hand.
 * Returns the entropy of the posteriors, none of them taken for smaller than `SMALLEST`; a known item has none beyond that.
 *
 * −Σ p ln p over an item's labels is ln w − Σ p ln wₗ, of weights wₗ that add up to w. A weight's logarithm is the sum of those of its
 * factors, so that the second sum over all items is one over what was counted, and an item takes one logarithm instead of one a label.
 */
export function expect({ logPriors, logErrors, counts, shares }: Fitting, loops: Loops): number {
  counts.fill(0)
  shares.fill(0)
  let sum = loops.expect(mostFactors(logPriors, logErrors))
  for (let label = 0; label < shares.length; label++) sum -= shares[label]! * logPriors[label]!
  for (let i = 0; i < counts.length; i++) sum -= counts[i]! * logErrors[i]!
  return sum
}

/** How many errors a prior can be multiplied by with nothing lost: the least product is above 1e-290. */
function mostFactors(logPriors: Float64Array, logErrors: Float64Array): number {
  const least = leastOf(logErrors)
  return least < 0 ? Math.floor((667 + leastOf(logPriors)) / -least) : Number.POSITIVE_INFINITY
}

/** The least number, or 0 where all are larger. */
function leastOf(values: Float64Array): number {
  let least = 0
  for (let i = 0; i < values.length; i++) if (values[i]! < least) least = values[i]!
  return least
}

/** The loops in JavaScript. */
export const plainLoops = (fitting: Fitting): Loops => ({
  expect: (most) => estimate(fitting, most),
  count: () => scatter(fitting, { from: 0, to: fitting.items }),
})

function estimate(fitting: Fitting, most: number): number {
  const { first, items, labels } = fitting
  const shift = new Float64Array(BLOCK_ITEMS)
  const sums = new Float64Array(labels)
  let logWeights = 0
  // Each step is a loop of its own over a few items: all in one is more than an engine turns into its best code.
  for (let from = 0; from < items; from += BLOCK_ITEMS) {
    const block = { from, to: Math.min(from + BLOCK_ITEMS, items) }
    multiply(fitting, block)
    shift.fill(0)
    for (let item = block.from; item < block.to; item++) {
      if (first[item + 1]! - first[item]! <= most) continue
      shift[item - from] = weighByLogarithms(fitting, item, sums)
    }
    logWeights = normalize(fitting, block, shift, logWeights)
    scatter(fitting, block)
  }
  return logWeights
}

/** Items that each step is done for before the next one: few enough for the processor's nearest memory. */
const BLOCK_ITEMS = 128

/** Items from `from` to before `to`. */
type Block = { from: number; to: number }

/** The weight of each label of each item: its prior times what is in the rows of the item's votes. */
function multiply(
  { errors, at, first, priors, probabilities: weights, labels: count }: Fitting,
  { from, to }: Block,
): void {
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
  { logErrors, logPriors, known, at, first, probabilities: weights }: Fitting,
  item: number,
  sums: Float64Array,
): number {
  sums.set(logPriors)
  for (let vote = first[item]!; vote < first[item + 1]!; vote++)
    for (let label = 0; label < sums.length; label++) sums[label]! += logErrors[at[vote]! + label]!
  const right = known === undefined ? -1 : known[item]!
  const one = right < 0 ? sums.reduce((most, sum) => Math.max(most, sum)) : sums[right]!
  for (let label = 0; label < sums.length; label++)
    weights[item * sums.length + label] = exponential(Math.min(0, sums[label]! - one))
  return one
}

/**
 * Divides the weights of each item by their sum, or sets what is known, and adds them to `shares`. Adds to `logWeights`, and returns, the
 * logarithm of each sum, of what is known that of its weight, and what the entropy of the smallest is more. Sums are multiplied as long as
 * the product is far from the ends of a number's range, so that many items take one logarithm.
 */
function normalize(
  { probabilities: weights, known, shares, labels: count }: Fitting,
  { from, to }: Block,
  shift: Float64Array,
  logWeights: number,
): number {
  let sum = logWeights
  let product = 1
  for (let item = from; item < to; item++) {
    const begin = item * count
    const right = known === undefined ? -1 : known[item]!
    let all = 0
    for (let label = 0; label < count; label++) all += weights[begin + label]!
    const weight = right < 0 ? all : weights[begin + right]!
    const next = product * weight
    if (next > LEAST_PRODUCT && next < 1 / LEAST_PRODUCT) product = next
    else {
      sum += naturalLog(product)
      product = weight
    }
    sum += shift[item - from]!
    for (let label = 0; label < count; label++) {
      const p = right < 0 ? weights[begin + label]! / all : label === right ? 1 : 0
      if (p < SMALLEST) sum += SMALLEST_ENTROPY - entropyOf(p)
      weights[begin + label] = p
      shares[label]! += p
    }
  }
  return sum + naturalLog(product)
}

/** The least number is 1e-308; the least weight, 1e-290, begins a product of its own. */
const LEAST_PRODUCT = 1e-250

/** −p ln p of a probability that is not 1, and 0 where nothing of it is left beside that of `SMALLEST`. */
const entropyOf = (p: number): number => (p < NEGLIGIBLE ? 0 : -p * naturalLog(p))
const NEGLIGIBLE = 1e-27
const SMALLEST_ENTROPY = entropyOf(SMALLEST)

/** Adds the probabilities of each item to the rows of its votes. */
function scatter({ probabilities, at, first, counts, labels: count }: Fitting, { from, to }: Block): void {
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
