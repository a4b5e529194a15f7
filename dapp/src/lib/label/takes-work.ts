/** Whether labels are paid by earnings that follow from batches: labelers sign these, and no transaction is theirs. */
import type { Manifest } from '../content/manifest.ts'
import type { ChallengeSummary } from '../read/types.ts'

export const takesWork = (
  { payout }: Pick<ChallengeSummary, 'payout'>,
  manifest: Pick<Manifest, 'labeling'> | undefined,
): boolean =>
  payout.rule === 'earnings' && manifest?.labeling?.perItem !== undefined && manifest.labeling.overlap !== undefined
