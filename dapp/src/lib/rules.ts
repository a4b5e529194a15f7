/** What a challenge says about its submissions, in the forms that several pages need. */
import { formatDuration, formatScore, meetsSign, metricName } from './format.ts'
import type { PathRules } from './path.ts'
import { paysLabels, takesFiles } from './payout.ts'
import type { ChallengeState, ChallengeSummary } from './types.ts'

export const rulesOf = (challenge: ChallengeSummary): PathRules => ({
  asset: challenge.asset,
  threshold: challenge.threshold,
  direction: challenge.direction,
  quorum: challenge.quorum,
  oracles: challenge.oracles.length,
  gradeBy: challenge.gradeBy,
  reward: challenge.payout.rule === 'bounty' ? challenge.payout.reward : null,
  rule: challenge.payout.rule,
  ranking: challenge.ranking,
})

export const titleOf = (challenge: Pick<ChallengeSummary, 'id' | 'info'>): string =>
  challenge.info?.title ?? `Challenge ${challenge.id}`

/** "F1 macro ≥ 0.900" */
export const goalOf = (challenge: ChallengeSummary): string =>
  paysLabels(challenge)
    ? 'Paid labels'
    : `${metricName(challenge.info?.metric)} ${meetsSign(challenge.direction)} ${formatScore(challenge.threshold.value)}`

export const gradedBy = (challenge: ChallengeSummary): string =>
  challenge.oracles.length === 1
    ? 'graded by one party'
    : `graded by ${challenge.quorum} of ${challenge.oracles.length} oracles`

/** The moment that matters next, with its verb: what the countdown counts to. */
export function countdownOf(challenge: ChallengeSummary, now: number): { verb: string; at: string; text: string } {
  const at = (verb: string, iso: string) => ({
    verb,
    at: iso,
    text: `${verb} in ${formatDuration((Date.parse(iso) - now) / 1000)}`,
  })
  switch (challenge.state) {
    case 'awaiting_oracles':
      return at('Oracles accept', challenge.acceptBy)
    case 'upcoming':
      return at('Opens', challenge.opens)
    case 'open':
      return at('Closes', challenge.deadline)
    case 'grading':
      return at('Graded', challenge.gradeBy)
    default:
      return { verb: 'Closed', at: challenge.deadline, text: 'Closed' }
  }
}

/** By the clock too: a page that was opened before the deadline must not take a file after it. */
export const takesSubmissions = (challenge: ChallengeSummary, now: number): boolean =>
  challenge.state === 'open' && now < Date.parse(challenge.deadline) && takesFiles(challenge)

export const stateWords: Record<ChallengeState, { word: string; sentence: string }> = {
  awaiting_oracles: {
    word: 'Waiting for oracles',
    sentence: 'The prize is locked; submissions open once every oracle has accepted.',
  },
  upcoming: { word: 'Upcoming', sentence: 'The prize is locked; submissions open soon.' },
  open: { word: 'Open', sentence: 'Submissions are accepted.' },
  grading: { word: 'Grading', sentence: 'No more submissions; the last ones are being graded.' },
  ended: { word: 'Ended', sentence: 'It has ended: every prize is paid, or every submission is graded.' },
  cancelled: { word: 'Cancelled', sentence: 'It was cancelled before it opened; all money went back to the maker.' },
  expired: { word: 'Expired', sentence: 'Grading was not finished in time, so the fallback rules applied.' },
}

const order: ChallengeState[] = ['open', 'upcoming', 'awaiting_oracles', 'grading', 'ended', 'expired', 'cancelled']

/** Open ones first, otherwise as the API gave them. */
export const openFirst = (challenges: ChallengeSummary[]): ChallengeSummary[] =>
  [...challenges].sort((a, b) => order.indexOf(a.state) - order.indexOf(b.state))
