/** Majority votes: every labeler counts the same, or as much as a weight says, or as much as it agrees with the majority. */

import { GradeError } from '../errors.ts'
import { agreementWith, type Consensus, mostProbable, normalizeRows } from './consensus.ts'
import type { Votes } from './votes.ts'

/**
 * The share of votes (or of weight) that each label got. `weights`: one finite number ≥ 0 a labeler; an item whose voters weigh nothing
 * has probabilities of 0 and its first label. `quality` is the share of a labeler's votes that agree with the result.
 * Equal to crowd-kit's `MajorityVote`. Throws `GradeError` `params_invalid` for other weights.
 */
export function majorityVote(votes: Votes, weights?: Float64Array): Consensus {
  if (weights && weights.length !== votes.labelers.length) {
    throw new GradeError('params_invalid', `There are ${weights.length} weights for ${votes.labelers.length} labelers.`)
  }
  const strange = weights?.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY)) ?? -1
  if (strange >= 0) {
    throw new GradeError(
      'params_invalid',
      `The weight of ${votes.labelers[strange]} is ${weights![strange]}; it must be a number from 0 on.`,
    )
  }
  const probabilities = shareOfVotes(votes, weights)
  const chosen = mostProbable(probabilities, votes)
  return { probabilities, labelOf: chosen, quality: agreementWith(chosen, votes) }
}

/** The probabilities of `majorityVote` alone, written where there are zeros. */
export function shareOfVotes(
  votes: Votes,
  weights?: Float64Array,
  probabilities: Float64Array = new Float64Array(votes.items.length * votes.labels.length),
): Float64Array {
  const { items, labels, first, labelerOf, labelOf } = votes
  const count = labels.length
  if (!weights) {
    for (let item = 0; item < items.length; item++) {
      const row = item * count
      const begin = first[item]!
      const end = first[item + 1]!
      if (begin === end) continue
      for (let vote = begin; vote < end; vote++) probabilities[row + labelOf[vote]!]!++
      for (let label = row; label < row + count; label++) probabilities[label]! /= end - begin
    }
    return probabilities
  }
  for (let item = 0; item < items.length; item++) {
    for (let vote = first[item]!; vote < first[item + 1]!; vote++) {
      probabilities[item * count + labelOf[vote]!]! += weights[labelerOf[vote]!]!
    }
  }
  normalizeRows(probabilities, count)
  return probabilities
}

/**
 * Worker agreement with aggregate: a majority vote in which each labeler weighs as much as it agrees with the plain majority. `quality`
 * is that agreement. Equal to crowd-kit's `Wawa`; described by Appen (https://success.appen.com/hc/en-us/articles/202703205).
 */
export function wawa(votes: Votes): Consensus {
  const quality = majorityVote(votes).quality
  const { probabilities, labelOf } = majorityVote(votes, quality)
  return { probabilities, labelOf, quality }
}
