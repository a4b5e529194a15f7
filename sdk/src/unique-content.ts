/** Whether identical content counts as a copy: right for real-valued predictions, wrong where honest work agrees. */
import type { ChallengePlan } from './plan.ts'

export type UniqueContent = {
  unique: boolean
  /** A sentence, for the maker to agree with. */
  why: string
  /** The plan said otherwise than the values suggest. */
  against: boolean
}

/** By the kind of values, unless the plan says it. */
export function uniqueContentOf(plan: Pick<ChallengePlan, 'submission' | 'payout' | 'uniqueContent'>): UniqueContent {
  const suggested = suggest(plan)
  if (plan.uniqueContent === undefined || plan.uniqueContent === suggested.unique)
    return { ...suggested, against: false }
  const unique = plan.uniqueContent
  return {
    unique,
    why: unique
      ? `The plan counts identical content as a copy. ${suggested.why}`
      : `The plan pays identical content again. ${suggested.why}`,
    against: true,
  }
}

function suggest({ submission, payout }: Pick<ChallengePlan, 'submission' | 'payout'>): Omit<UniqueContent, 'against'> {
  if (payout?.rule === 'per_unit')
    return { unique: false, why: 'Labelers may honestly agree, and each has items of its own.' }
  if (payout?.rule === 'earnings') return { unique: false, why: 'Nothing is submitted.' }
  if (submission.columns.some(({ type }) => type === 'number'))
    return {
      unique: true,
      why: 'Predictions are real numbers: honest files are practically never identical, so identical content counts as a copy.',
    }
  const labels = submission.columns.every(({ type }) => type === 'string')
  return {
    unique: false,
    why: `Predictions are ${labels ? 'class labels' : 'whole numbers or labels'}: honest files can be identical, so identical content is not held against anyone.`,
  }
}
