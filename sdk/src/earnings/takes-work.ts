/** Whether earnings of a challenge follow from batches that labelers hand in: they need a rate, and leases. */
import type { ChallengeContext } from '../challenge/context.ts'

export const takesWork = ({ terms, manifest }: Pick<ChallengeContext, 'terms' | 'manifest'>): boolean =>
  terms.payout.rule === 'earnings' &&
  manifest.truth !== undefined &&
  manifest.labeling?.perItem !== undefined &&
  manifest.labeling.overlap !== undefined
