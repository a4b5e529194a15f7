/**
 * Multi-annotator competence estimation: a labeler either knows the label or, with a probability of its own, draws one from a habit of its
 * own. D. Hovy et al., Learning Whom to Trust with MACE, NAACL-HLT (2013).
 */

import { digamma } from '../arithmetic/digamma.ts'
import { exponential } from '../arithmetic/exp.ts'
import { naturalLog } from '../arithmetic/log.ts'
import { compensatedSum } from '../arithmetic/sum.ts'
import { GradeError } from '../errors.ts'
import { type Consensus, mostProbable, normalizeRows } from './consensus.ts'
import { itemOfVote, type Votes } from './votes.ts'

/** Where estimation begins: row-major, `labelers.length` × 2 (guesses, knows) and `labelers.length` × `labels.length` (habit). */
export interface MaceStart {
  readonly spamming: Float64Array
  readonly habits: Float64Array
}

export interface MaceOptions {
  /** Rounds from each start; 50 unless said otherwise. */
  readonly iterations?: number
  /** `vb`: variational Bayes with priors (½, ½) on knowing and 10 on each label of a habit; `em`: counts smoothed by 0.01 ÷ labels. */
  readonly method?: 'vb' | 'em'
  /** The best of these is kept; without them ten that are drawn from a fixed seed, so that the result is the same everywhere. */
  readonly starts?: readonly MaceStart[]
}

export interface Mace extends Consensus {
  /** Σ ln of the probability of each item's votes. */
  readonly logLikelihood: number
}

/** `quality` is the probability that a labeler knows. Equal to crowd-kit's `MACE` from the same starts (within 1e-9). */
export function mace(votes: Votes, options: MaceOptions = {}): Mace {
  const { iterations = 50, method = 'vb', starts = fixedStarts(votes, 10) } = options
  if (starts.length === 0) throw new GradeError('params_invalid', 'MACE needs at least one start.')
  const itemOf = itemOfVote(votes)
  const maximize = method === 'vb' ? variational(votes) : smoothed(votes)
  let best: { model: MaceStart; logLikelihood: number } | undefined
  for (const start of starts) {
    let model = start
    let counts = expect(votes, itemOf, model)
    for (let round = 0; round < iterations; round++) {
      model = maximize(counts)
      counts = expect(votes, itemOf, model)
    }
    if (!best || counts.logLikelihood > best.logLikelihood) best = { model, logLikelihood: counts.logLikelihood }
  }
  const { model, logLikelihood } = best!
  const probabilities = expect(votes, itemOf, model).marginals
  normalizeRows(probabilities, votes.labels.length)
  const quality = Float64Array.from(votes.labelers, (_, labeler) => model.spamming[2 * labeler + 1]!)
  return { probabilities, labelOf: mostProbable(probabilities, votes), quality, logLikelihood }
}

interface Expected {
  /** Row-major, items × labels: the probability of the votes of an item together with its label. */
  readonly marginals: Float64Array
  /** labelers × labels: votes that were guesses. */
  readonly guessed: Float64Array
  /** labelers × 2: votes that were guesses, votes that were known. */
  readonly known: Float64Array
  readonly logLikelihood: number
}

function expect(votes: Votes, itemOf: Int32Array, { spamming, habits }: MaceStart): Expected {
  const { labelOf, labelerOf, labels, items } = votes
  const count = labels.length
  const marginals = new Float64Array(items.length * count).fill(1)
  const guess = new Float64Array(labelOf.length)
  for (let vote = 0; vote < labelOf.length; vote++) {
    const labeler = labelerOf[vote]!
    guess[vote] = spamming[2 * labeler]! * habits[labeler * count + labelOf[vote]!]!
    const at = itemOf[vote]! * count
    for (let label = 0; label < count; label++) {
      marginals[at + label]! *= guess[vote]! + (label === labelOf[vote] ? spamming[2 * labeler + 1]! : 0)
    }
  }
  for (let i = 0; i < marginals.length; i++) marginals[i]! /= count
  const ofItem = new Float64Array(items.length)
  for (let i = 0; i < marginals.length; i++) ofItem[Math.floor(i / count)]! += marginals[i]!
  const guessed = new Float64Array(votes.labelers.length * count)
  const known = new Float64Array(votes.labelers.length * 2)
  for (let vote = 0; vote < labelOf.length; vote++) {
    const labeler = labelerOf[vote]!
    const knows = spamming[2 * labeler + 1]!
    const at = itemOf[vote]! * count
    let share = 0
    for (let label = 0; label < count; label++) {
      share += marginals[at + label]! / (guess[vote]! + (label === labelOf[vote] ? knows : 0))
    }
    const strategy = (share * guess[vote]!) / ofItem[itemOf[vote]!]!
    guessed[labeler * count + labelOf[vote]!]! += strategy
    known[2 * labeler]! += strategy
    known[2 * labeler + 1]! +=
      (marginals[at + labelOf[vote]!]! * knows) / (guess[vote]! + knows) / ofItem[itemOf[vote]!]!
  }
  const logLikelihood = compensatedSum(items.length, (item) => naturalLog(ofItem[item]! + 1e-8))
  return { marginals, guessed, known, logLikelihood }
}

/** Counts plus a little, divided by their sum. */
function smoothed({ labels }: Votes): (expected: Expected) => MaceStart {
  const smoothing = 0.01 / labels.length
  const shares = (counts: Float64Array, columns: number): Float64Array => {
    const values = counts.map((count) => count + smoothing)
    normalizeRows(values, columns)
    return values
  }
  return ({ known, guessed }) => ({ spamming: shares(known, 2), habits: shares(guessed, labels.length) })
}

/** exp ψ of the counts with their priors, divided by exp ψ of their sum: the mean-field update. Rows do not add up to 1. */
function variational({ labels }: Votes): (expected: Expected) => MaceStart {
  const shares = (counts: Float64Array, columns: number, prior: number): Float64Array => {
    const values = new Float64Array(counts.length)
    for (let row = 0; row < counts.length; row += columns) {
      let sum = 0
      for (let i = row; i < row + columns; i++) sum += counts[i]! + prior
      const all = exponential(digamma(sum))
      for (let i = row; i < row + columns; i++) values[i] = exponential(digamma(counts[i]! + prior)) / all
    }
    return values
  }
  return ({ known, guessed }) => ({ spamming: shares(known, 2, 0.5), habits: shares(guessed, labels.length, 10) })
}

/** Near-even shares, different in each start. Numbers of xorshift32: nothing hangs on their quality, all on their being the same everywhere. */
function fixedStarts({ labelers, labels }: Votes, count: number): MaceStart[] {
  let state = 0x9e3779b9
  const next = (): number => {
    state ^= state << 13
    state ^= state >>> 17
    state ^= state << 5
    return 1 + (state >>> 0) / 2 ** 33
  }
  const drawn = (rows: number, columns: number): Float64Array => {
    const values = Float64Array.from({ length: rows * columns }, next)
    normalizeRows(values, columns)
    return values
  }
  return Array.from({ length: count }, () => ({
    spamming: drawn(labelers.length, 2),
    habits: drawn(labelers.length, labels.length),
  }))
}
