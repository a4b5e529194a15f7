/**
 * GLAD: a label is right with a probability that grows with the labeler's ability and falls with the item's difficulty.
 *
 * J. Whitehill et al., Whose Vote Should Count More: Optimal Integration of Labels from Labelers of Unknown Expertise, NIPS (2009).
 */

import { exponential } from '../arithmetic/exp.ts'
import { naturalLog } from '../arithmetic/log.ts'
import { GradeError } from '../errors.ts'
import { climb } from './climb.ts'
import { type Consensus, mostProbable, normalizeRows } from './consensus.ts'
import type { EmOptions } from './dawidskene.ts'
import { itemOfVote, type Votes } from './votes.ts'

export interface GladOptions extends EmOptions {
  /** Steps of the ascent in each round; 25 unless said otherwise. */
  readonly ascentSteps?: number
  /** The ascent ends when no slope is larger; 0.01 unless said otherwise. */
  readonly slope?: number
}

export interface Glad extends Consensus {
  /** Of each labeler: above 0 it helps, at 0 it guesses, below 0 it misleads. */
  readonly abilities: Float64Array
  /** Of each item, the logarithm of how easy it is. */
  readonly ease: Float64Array
  readonly iterations: number
}

/**
 * A label is right with σ(ability · e^ease), any other label alike; normal priors with mean 1 and variance 1 on both. Expectation–
 * maximization as crowd-kit's `GLAD`, whose posteriors this has after the same rounds when both climb to the top in each (their ways up
 * differ). `quality` is σ(ability · e), the chance to be right about an item of the prior's mean ease. Throws `GradeError`
 * `params_invalid` where there are fewer than two labels.
 */
export function glad(votes: Votes, options: GladOptions = {}): Glad {
  const { maxIterations = 100, tolerance = 1e-5, ascentSteps = 25, slope = 1e-2 } = options
  const { labels, labelers, items } = votes
  if (labels.length < 2 && items.length > 0) throw new GradeError('params_invalid', 'GLAD needs at least two labels.')
  const itemOf = itemOfVote(votes)
  let point: Float64Array<ArrayBufferLike> = new Float64Array(labelers.length + items.length).fill(1)
  const probabilities = new Float64Array(items.length * labels.length)
  expect(votes, itemOf, point, probabilities)
  let last = expectation(votes, itemOf, probabilities, point)
  let iterations = 0
  while (iterations < maxIterations && items.length > 0) {
    expect(votes, itemOf, point, probabilities)
    point = climb({
      from: point,
      value: (at) => expectation(votes, itemOf, probabilities, at),
      slope: (at, into) => gradient(votes, itemOf, probabilities, at, into),
      ...{ steps: ascentSteps, tolerance: slope },
    })
    iterations++
    const next = expectation(votes, itemOf, probabilities, point) / (votes.labelOf.length * labels.length)
    if (next - last < tolerance) break
    last = next
  }
  const abilities = point.slice(0, labelers.length)
  return {
    ...{ probabilities, iterations, abilities, labelOf: mostProbable(probabilities, votes) },
    ease: point.slice(labelers.length),
    quality: abilities.map((ability) => sigmoid(ability * Math.E)),
  }
}

/** ability · e^ease for each vote in turn. */
function strength(votes: Votes, itemOf: Int32Array, point: Float64Array): (vote: number) => number {
  const easy = point.subarray(votes.labelers.length).map(exponential)
  return (vote) => point[votes.labelerOf[vote]!]! * easy[itemOf[vote]!]!
}

function expect(votes: Votes, itemOf: Int32Array, point: Float64Array, into: Float64Array): void {
  const count = votes.labels.length
  const of = strength(votes, itemOf, point)
  const others = naturalLog(Math.max(1, count - 1))
  into.fill(-naturalLog(Math.max(1, count)))
  for (let vote = 0; vote < votes.labelOf.length; vote++) {
    const x = of(vote)
    const [right, wrong] = [-softplus(-x), -softplus(x) - others]
    const at = itemOf[vote]! * count
    for (let label = 0; label < count; label++) into[at + label]! += label === votes.labelOf[vote] ? right : wrong
  }
  for (let at = 0; at < into.length; at += count) {
    let largest = into[at]!
    for (let i = at + 1; i < at + count; i++) if (into[i]! > largest) largest = into[i]!
    for (let i = at; i < at + count; i++) into[i] = exponential(into[i]! - largest)
  }
  normalizeRows(into, count)
}

/** Expected log likelihood of the votes and log density of the priors. */
function expectation(votes: Votes, itemOf: Int32Array, probabilities: Float64Array, point: Float64Array): number {
  const count = votes.labels.length
  const of = strength(votes, itemOf, point)
  const others = naturalLog(Math.max(1, count - 1))
  let sum = 0
  for (let vote = 0; vote < votes.labelOf.length; vote++) {
    const x = of(vote)
    const right = probabilities[itemOf[vote]! * count + votes.labelOf[vote]!]!
    sum += right * -softplus(-x) + (1 - right) * (-softplus(x) - others)
  }
  for (const value of point) sum -= ((value - 1) * (value - 1)) / 2 + HALF_LOG_TWO_PI
  return sum
}

const HALF_LOG_TWO_PI = 0.9189385332046728

function gradient(
  votes: Votes,
  itemOf: Int32Array,
  probabilities: Float64Array,
  point: Float64Array,
  into: Float64Array,
): void {
  const { labelers, labels, labelOf, labelerOf } = votes
  const easy = point.subarray(labelers.length).map(exponential)
  for (let i = 0; i < point.length; i++) into[i] = 1 - point[i]!
  for (let vote = 0; vote < labelOf.length; vote++) {
    const [labeler, item] = [labelerOf[vote]!, itemOf[vote]!]
    const x = point[labeler]! * easy[item]!
    const rest = probabilities[item * labels.length + labelOf[vote]!]! - sigmoid(x)
    into[labeler]! += rest * easy[item]!
    into[labelers.length + item]! += rest * x
  }
}

/** 1 ÷ (1 + e^−x). */
function sigmoid(x: number): number {
  const small = exponential(-Math.abs(x))
  return x < 0 ? small / (1 + small) : 1 / (1 + small)
}

/** ln(1 + e^x), exact for a small e^x, too: ln(1 + z) = ln u · z ÷ (u − 1) with u = 1 + z as rounded. */
function softplus(x: number): number {
  const z = exponential(-Math.abs(x))
  const u = 1 + z
  return Math.max(0, x) + (u === 1 ? z : (naturalLog(u) * z) / (u - 1))
}
