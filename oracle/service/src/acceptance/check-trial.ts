/** Whether a challenge can be graded and won as its maker says: pure rules over what the trial showed. */
import { roundToStep } from '@stellartrain/oracle-grade'
import type { TrialResult } from '../grading/grader.ts'
import type { Outcome } from '../grading/jobs.ts'
import type { Refusal } from '../refusal.ts'

export type TrialTerms = Readonly<{
  direction: 'maximize' | 'minimize'
  /** In units of 1e-7. */
  threshold: bigint
  step: bigint
  /** What the manifest says of its baseline, as a plain number; only checked where a baseline file was tried. */
  statedBaseline: number
  /** How many rows the manifest calls public and private. */
  statedParts?: { public: number; private: number } | undefined
}>

/** Undefined when everything is as it should be. */
export function checkTrial(trial: TrialResult, terms: TrialTerms): Refusal | undefined {
  const { direction, threshold, step, statedBaseline } = terms
  const { perfect, constant, baseline, parts } = trial
  const stated = terms.statedParts
  if (parts && (stated?.public !== parts.public || stated.private !== parts.private))
    return refusal('parts_differ', 'The truth has other numbers of public and private rows than the manifest says.')
  if ('rejected' in perfect)
    return refusal('truth_not_submittable', `The truth itself, submitted, would be rejected: ${perfect.message}`)
  const rounded = (outcome: Outcome) =>
    'rejected' in outcome ? undefined : roundToStep(outcome.score, step, direction)
  const best = rounded(perfect)!
  const beats = (score: bigint | undefined) =>
    score !== undefined && (direction === 'maximize' ? score > best : score < best)
  if (beats(rounded(constant)) || beats(baseline && rounded(baseline)))
    return refusal('direction_wrong', `A perfect submission is not the best one when scores are to ${direction}.`)
  if (direction === 'maximize' ? best < threshold : best > threshold)
    return refusal('threshold_unreachable', 'Even a perfect submission does not reach the threshold.')
  if (parts && !reachesPrivately(perfect, terms))
    return refusal(
      'threshold_unreachable',
      'Even a perfect submission does not reach the threshold on the private rows.',
    )
  if (baseline === undefined) return undefined
  if ('rejected' in baseline)
    return refusal('baseline_rejected', `The published baseline would be rejected: ${baseline.message}`)
  const claimed = BigInt(Math.round(statedBaseline * 1e7))
  const distance = claimed > baseline.score ? claimed - baseline.score : baseline.score - claimed
  return distance <= tolerance(claimed, step)
    ? undefined
    : refusal(
        'baseline_differs',
        `The published baseline scores ${Number(baseline.score) / 1e7}, not ${statedBaseline}.`,
      )
}

function reachesPrivately(perfect: Outcome, { direction, threshold, step }: TrialTerms): boolean {
  const score = 'rejected' in perfect ? null : (perfect.privateScore ?? null)
  if (score === null) return false
  const rounded = roundToStep(score, step, direction)
  return direction === 'maximize' ? rounded >= threshold : rounded <= threshold
}

/** A stated score is written for people: one step, or a thousandth of it, is close enough. */
function tolerance(stated: bigint, step: bigint): bigint {
  const thousandth = (stated < 0n ? -stated : stated) / 1000n
  const least = 5_000n
  return [step, thousandth, least].reduce((most, value) => (value > most ? value : most))
}

function refusal(code: string, message: string): Refusal {
  return { code, message }
}
