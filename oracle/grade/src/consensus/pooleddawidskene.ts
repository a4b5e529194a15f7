/**
 * Dawid–Skene where labelers have few votes each: a labeler's confusion matrix is drawn towards that of all labelers together, so that nine
 * votes need not tell a hundred probabilities. Each row of a matrix begins with one vote, shared out as all labelers say of such items.
 *
 * That is a Dirichlet prior of weight one whose mean is estimated from the same votes (empirical Bayes). Partial pooling of labelers:
 * B. Carpenter, Multilevel Bayesian Models of Categorical Data Annotation (2008); S. Paun et al., Comparing Bayesian Models of Annotation,
 * TACL 6 (2018).
 */

import { confusionRows, firstNotBelow } from './confusionrows.ts'
import { agreementWith } from './consensus.ts'
import { type DawidSkene, type DawidSkeneOptions, expectationMaximization } from './dawidskene.ts'
import { SMALLEST } from './expectation.ts'
import type { Votes } from './votes.ts'

/** Votes that each row of a matrix begins with. */
const WEIGHT = 1

/**
 * As `dawidSkene`, with matrices drawn towards that of all labelers. `confusion` of a label that a labeler never had to judge is that of
 * all labelers. Throws `GradeError` `params_invalid` for known labels that do not fit.
 */
export function pooledDawidSkene(votes: Votes, options: DawidSkeneOptions = {}): DawidSkene {
  const rows = confusionRows(votes)
  const count = votes.labels.length
  const pooled = new Float64Array(count * count)
  let counted: Float64Array = new Float64Array(0)

  /** Where the rows of the labeler of this one end. */
  const endOf = (begin: number) => {
    let end = begin + 1
    while (end < rows.labelerOf.length && rows.labelerOf[end] === rows.labelerOf[begin]) end++
    return end
  }

  const found = expectationMaximization(votes, options, rows, (counts, errors) => {
    counted = counts
    poolOf(rows.saidOf, counts, pooled, count)
    for (let begin = 0; begin < rows.labelerOf.length; ) {
      const end = endOf(begin)
      for (let label = 0; label < count; label++) {
        let sum = WEIGHT
        for (let row = begin; row < end; row++) sum += counts[row * count + label]!
        for (let row = begin; row < end; row++) {
          const more = WEIGHT * pooled[label * count + rows.saidOf[row]!]!
          errors[row * count + label] = Math.max(SMALLEST, (counts[row * count + label]! + more) / sum)
        }
      }
      begin = end
    }
  })
  // A copy: what it was counted in can be all of a kernel's memory.
  counted = counted.slice()

  const confusion = (labeler: number) => {
    const matrix = pooled.map((p) => WEIGHT * p)
    const begin = firstNotBelow(rows.labelerOf, labeler)
    const end = rows.labelerOf[begin] === labeler ? endOf(begin) : begin
    for (let label = 0; label < count; label++) {
      let sum = WEIGHT
      for (let row = begin; row < end; row++) {
        sum += counted[row * count + label]!
        matrix[label * count + rows.saidOf[row]!]! += counted[row * count + label]!
      }
      for (let said = 0; said < count; said++) matrix[label * count + said]! /= sum
    }
    return matrix
  }
  const rightly = (labeler: number) => {
    const matrix = confusion(labeler)
    return found.priors.reduce((sum, prior, label) => sum + prior * matrix[label * count + label]!, 0)
  }
  const quality =
    found.iterations === 0
      ? agreementWith(found.labelOf, votes)
      : Float64Array.from(votes.labelers, (_, labeler) => rightly(labeler))
  return { ...found, quality, confusion }
}

/** What all labelers say of items that are each label. One more vote, shared out evenly, keeps anything from being impossible. */
function poolOf(saidOf: Int32Array, counts: Float64Array, pooled: Float64Array, count: number): void {
  pooled.fill(1 / count)
  for (let row = 0; row < saidOf.length; row++)
    for (let label = 0; label < count; label++) pooled[label * count + saidOf[row]!]! += counts[row * count + label]!
  for (let label = 0; label < count; label++) {
    let sum = 0
    for (let said = 0; said < count; said++) sum += pooled[label * count + said]!
    for (let said = 0; said < count; said++) pooled[label * count + said]! /= sum
  }
}
