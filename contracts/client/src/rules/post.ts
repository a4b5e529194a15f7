/** What a vote or a ballot changes, `contracts/model/src/world/grading.rs`. */
import type { Challenge, Submission, Terms, Verdict } from './facts.ts'
import { keepPlace, type Pair } from './settle.ts'
import { castBallot, castVote, type Vote } from './votes.ts'

/** Whether votes and ballots on a submission can still change its verdict. */
export const takesPart = (
  { ended }: Pick<Challenge, 'ended'>,
  { status, kept }: Pick<Submission, 'status' | 'kept'>,
): boolean => status.status === 'pending' && (!ended || kept)

/**
 * With what a vote is compared that comes when a submission takes part no more: the quorum's verdict that concluded it, or that will,
 * for the queue had passed it before the last winner was found; null where no quorum decides. Undefined: such a vote counts nowhere.
 */
export function standsAt({ status, passed, byJudge, votes }: Submission): Verdict | null | undefined {
  if (status.status === 'pending') {
    const { decision } = votes
    return passed && decision && decision.by !== 'judge' ? decision.verdict : undefined
  }
  return status.status === 'unsettled' || status.status === 'void' || byJudge ? null : status
}

/**
 * A challenge and its submission after a vote, which `refusesVote` does not refuse where it takes part. On what is concluded, or void
 * though not written yet, a vote changes nothing here and is never an error; it counts in the oracle's record (`standsAt`).
 */
export const postVote = (terms: Terms, pair: Pair, vote: Vote, now: number): Pair =>
  takesPart(pair.challenge, pair.submission)
    ? decided(terms, pair, castVote(terms, pair.submission.votes, vote, now))
    : pair

/** A challenge and its submission after the judge's ballot, on what takes part and `refusesBallot` does not refuse. */
export const postBallot = (terms: Terms, pair: Pair, ballot: Verdict): Pair =>
  decided(terms, pair, castBallot(pair.submission.votes, ballot))

function decided(terms: Terms, { challenge, submission }: Pair, votes: Submission['votes']): Pair {
  const first = votes.decision !== null && submission.votes.decision === null && !challenge.ended
  return keepPlace(terms, {
    submission: { ...submission, votes },
    challenge: { ...challenge, decided: challenge.decided + Number(first) },
  })
}
