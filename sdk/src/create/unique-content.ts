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
  const { never, ...suggestion } = suggested
  if (plan.uniqueContent === undefined || plan.uniqueContent === suggestion.unique)
    return { ...suggestion, against: false }
  if (never) return { ...suggestion, against: true }
  const unique = plan.uniqueContent
  return {
    unique,
    why: unique
      ? `The plan counts identical content as a copy. ${suggested.why}`
      : `The plan pays identical content again. ${suggested.why}`,
    against: true,
  }
}

/** `never`: there are no copies, whatever the plan says. */
type Suggestion = Omit<UniqueContent, 'against'> & { never?: boolean }

function suggest({ submission, payout }: Pick<ChallengePlan, 'submission' | 'payout'>): Suggestion {
  if (payout?.rule === 'per_unit')
    return { unique: false, never: true, why: 'Labelers may honestly agree, and each has items of its own.' }
  if (payout?.rule === 'earnings') return { unique: false, never: true, why: 'Nothing is submitted.' }
  if (submission.model)
    return {
      unique: true,
      why: 'Models are programs: two that were written apart are never the same bytes, so identical content counts as a copy.',
    }
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
