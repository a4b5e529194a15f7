/** What a challenge is called, asks for and by whom it is graded, in the forms that several pages need. */

import { partOf } from '@stellartrain/sdk/counted'
import type { ChallengeSummary } from '../read/types.ts'
import { formatScore, meetsSign, metricName } from './format.ts'
import { paysLabels } from './payout.ts'

export const titleOf = (challenge: Pick<ChallengeSummary, 'id' | 'info'>): string =>
  challenge.info?.title ?? `Challenge ${challenge.id}`

/** "F1 macro ≥ 0.900" */
export const goalOf = (challenge: ChallengeSummary): string =>
  paysLabels(challenge)
    ? 'Paid labels'
    : `${metricName(challenge.info?.metric)} ${meetsSign(challenge.direction)} ${formatScore(challenge.threshold.value)}`

export const gradedBy = (challenge: Pick<ChallengeSummary, 'oracles' | 'quorum'>): string =>
  challenge.oracles.length === 1
    ? 'graded by one party'
    : `graded by ${quorumWords(challenge.quorum, challenge.oracles.length)}`

/** How many must agree: `one oracle`, `2 of 3 oracles`. */
export const quorumWords = (quorum: number, oracles: number): string =>
  oracles === 1 ? 'one oracle' : partOf(quorum, oracles, 'oracle')
