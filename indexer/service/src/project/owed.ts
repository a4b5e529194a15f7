/** What is true of a submission at a moment, even where no call has made it final: its outcome, and what it is still owed. */
import { hasFlag } from '@stellartrain/contracts-client/flags'
import type { Verdict } from '../decode/events.ts'
import { prizeOf, reservation } from './board.ts'
import type { ChallengeRow, Ranking, SubmissionRow } from './model.ts'

/** A challenge as it stands at `now` (Unix seconds): what `grade_by` changes counts from then on, with or without a call. */
export type Standing = {
  ranking: Ranking
  /** Each ungraded submission's part; null while grading goes on. */
  silence: bigint | null
}

export function standingAt(challenge: ChallengeRow, now: number): Standing {
  const { terms, board, submitted, finalized } = challenge
  let { ranking, silence, escrow } = challenge
  if (challenge.status !== 'active' || BigInt(now) < terms.gradeBy) return { ranking, silence }
  if (terms.payout.rule === 'ranked' && ranking === 'open') {
    ranking = 'table'
    board.forEach((_, place) => {
      escrow -= prizeOf(challenge, place)
    })
  }
  if (silence === null && (submitted > finalized || challenge.unsettledEligible > 0)) {
    const eligible = submitted - finalized - challenge.rejectVoted + challenge.unsettledEligible
    const shared = ((escrow + challenge.reserved) * BigInt(terms.silenceShare)) / 10_000n
    silence = eligible === 0 ? 0n : least(shared / BigInt(eligible), mostOf(challenge))
  }
  return { ranking, silence }
}

/** The most that any submission could have earned; null where only its own reservation bounds it. */
function mostOf({ terms: { payout } }: ChallengeRow): bigint | null {
  if (payout.rule === 'bounty') return payout.reward
  return payout.rule === 'ranked' ? (payout.prizes.at(-1) ?? 0n) : null
}

const least = (one: bigint, other: bigint | null) => (other !== null && other < one ? other : one)

/** What it won so far, paid or not; without deposit and silence share. */
export function wonBy(challenge: ChallengeRow, submission: SubmissionRow, { ranking }: Standing): bigint {
  const { payout } = challenge.terms
  if (payout.rule === 'ranked') {
    const place = challenge.board.findIndex((row) => row.number === submission.number)
    return ranking === 'open' || place === -1 ? 0n : prizeOf(challenge, place)
  }
  if (!hasFlag(submission.flags, 'prizeHeld', 'prizePaid')) return 0n
  return payout.rule === 'bounty' ? payout.reward : reservation(challenge, submission.acceptedUnits)
}

export type Outcome = {
  verdict: Verdict
  prize: bigint
  /** Neither verdict nor prize can change any more. */
  last: boolean
}

export function outcomeOf(challenge: ChallengeRow, submission: SubmissionRow, now: number): Outcome {
  const standing = standingAt(challenge, now)
  let { verdict } = submission
  if (verdict === 'pending' && challenge.status === 'ended') verdict = 'void'
  else if (verdict === 'pending' && standing.silence !== null) verdict = 'unsettled'
  const ranked = challenge.terms.payout.rule !== 'ranked' || standing.ranking !== 'open'
  return { verdict, prize: wonBy(challenge, submission, standing), last: verdict !== 'pending' && ranked }
}

/** What `release_payment` would send for it now. */
export function owedTo(challenge: ChallengeRow, submission: SubmissionRow, now: number): bigint {
  const standing = standingAt(challenge, now)
  const { terms, status } = challenge
  const prize = hasFlag(submission.flags, 'prizePaid') ? 0n : wonBy(challenge, submission, standing)
  const decided = status === 'ended' || standing.silence !== null
  const deposit =
    hasFlag(submission.flags, 'depositHeld') || (submission.verdict === 'pending' && decided) ? terms.deposit : 0n
  const ungraded = submission.verdict === 'pending' || submission.verdict === 'unsettled'
  const shares = ungraded && !hasFlag(submission.flags, 'rejectVoted', 'silencePaid')
  const most = terms.payout.rule === 'per_unit' ? reservation(challenge, submission.units) : null
  return prize + deposit + (shares ? least(standing.silence ?? 0n, most) : 0n)
}
