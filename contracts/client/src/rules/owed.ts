/** What a submission is owed now, and how it stands even if no call has written it, `contracts/model/src/world/settling.rs`. */
import { isDue, waits } from './board.ts'
import type { Challenge, Standing, Submission, Terms } from './facts.ts'
import { batchPay, billOf } from './fees.ts'
import { maySettle, phase } from './phase.ts'
import { prizeOfPlace } from './ranking.ts'
import { type Pair, redue, settle } from './settle.ts'
import { isOver } from './terms.ts'

/** Base units; `total` is what one call of `release_payment` sends. */
export type Owed = {
  /** Of a bounty's board or a ranking's place. */
  prize: bigint
  /** What comes back of the fee that it carried. */
  carry: bigint
  deposit: bigint
  /** Of a batch's accepted units. */
  pay: bigint
  total: bigint
}

/** What `release_payment` would send for this submission now; all 0n where it would be refused. `now` in unix seconds. */
export function owed(terms: Terms, challenge: Challenge, submission: Submission, now: number): Owed {
  if (!maySettle(phase(terms, challenge, now))) return parts(0n, 0n, 0n, 0n)
  const after = due(terms, { challenge, submission }, now)
  const prize = prizeDue(terms, after.challenge, after.submission)
  if (!after.submission.held) return parts(prize, 0n, 0n, 0n)
  const { backCarry, backDeposit } = billOf(terms, after.submission)
  return parts(prize, backCarry, backDeposit, batchPay(terms.payout, after.submission.status))
}

/** A challenge and its submission after `release_payment`, where that is taken. */
export function release(terms: Terms, pair: Pair, now: number): Pair {
  const { challenge, submission } = due(terms, pair, now)
  return { challenge, submission: paid(terms, challenge, submission) }
}

/** A submission after all that it was owed has been sent, by `release_payment` or by the batch that concluded it. */
export const paid = (terms: Pick<Terms, 'payout'>, challenge: Challenge, submission: Submission): Submission => ({
  ...submission,
  held: false,
  prizePaid: submission.prizePaid || prizeDue(terms, challenge, submission) > 0n,
})

/**
 * How a submission stands now. What is written stands; from the end on, and in a bounty that has ended, what no call has written
 * stands as any call would write it (decided, `unsettled`, `void`). Before, a submission is `pending` until it is settled, for
 * another one may still come before it.
 */
export const standing = (terms: Terms, challenge: Challenge, submission: Submission, now: number): Standing =>
  maySettle(phase(terms, challenge, now))
    ? released(terms, { challenge, submission }, now).submission.status
    : submission.status

/** The prize that is set aside for a submission and was not sent. */
export function prizeDue(
  terms: Pick<Terms, 'payout'>,
  { board, rankings }: Pick<Challenge, 'board' | 'rankings'>,
  { number, prizePaid }: Pick<Submission, 'number' | 'prizePaid'>,
): bigint {
  if (prizePaid) return 0n
  if (terms.payout.rule === 'bounty') return isDue(board, number) ? terms.payout.reward : 0n
  return prizeOfPlace(terms, rankings.places, number)
}

/**
 * What this submission's place would bring if nothing better came: the reward of a row that waits on a board, the prize of a place
 * in the running table. 0n without a place, and 0n once it is due, for then it is owed.
 */
export function prizeToCome(terms: Terms, challenge: Challenge, number: number, now: number): bigint {
  const { board, rankings } = redue(terms, challenge, now).challenge
  if (terms.payout.rule === 'bounty') return waits(board, number) ? terms.payout.reward : 0n
  return rankings.placed ? 0n : prizeOfPlace(terms, rankings.table, number)
}

const due = (terms: Terms, { challenge, submission }: Pair, now: number): Pair =>
  released(terms, { challenge: redue(terms, challenge, now).challenge, submission }, now)

/** `release_payment` writes what was not concluded only from the end on, and in a bounty that has ended. */
const released = (terms: Terms, pair: Pair, now: number): Pair =>
  isOver(terms, now) || pair.challenge.ended ? settle(terms, pair, now) : pair

const parts = (prize: bigint, carry: bigint, deposit: bigint, pay: bigint): Owed => ({
  prize,
  carry,
  deposit,
  pay,
  total: prize + carry + deposit + pay,
})
