/** How pages say what the index does not know: never as zero, as nothing or as a date of 1970. */
import type { Challenge, ChallengeSummary } from '../read/types.ts'

export const NOT_KNOWN = 'not known'

/** One sentence over a challenge that is not known whole; null where it is. */
export function doubtWords({ completeness }: Pick<Challenge, 'completeness'>): string | null {
  if (!completeness) return null
  if (completeness.state === 'partial')
    return 'Events of this challenge are missing here. They are being read again; until then, figures that can still change may be wrong.'
  const missing = completeness.unknownSubmissions
  const lost = missing > 0 ? `, and ${missing === 1 ? 'a submission is' : `${missing} submissions are`} not shown` : ''
  return `This challenge was read from the contract’s storage: what only lost events told is not known${lost}.`
}

/** Whether nobody can say what the best score is. */
export const bestIsUnknown = ({ completeness }: Pick<ChallengeSummary, 'completeness'>): boolean =>
  completeness?.unknown.includes('best') === true

/** Over counts and sums that may be too low. */
export const LOWER_BOUND = 'Not everything is known here: counts and sums are lower bounds.'
