/** The money of one submission: what it won, what comes back, what grading cost it, and how much of that was sent. */
import {
  batchPay,
  billOf,
  type Owed,
  owed,
  prizeDue,
  prizeToCome,
  redue,
  release,
} from '@stellartrain/contracts-client/rules'
import type { StoryFacts } from './facts.ts'

/** Base units. */
export type StoryAmounts = {
  /** Set aside for its place, sent or not; 0n while no place is certain. */
  prize: bigint
  /** Of a batch's accepted units. */
  pay: bigint
  /** Of its own money, that comes back: of the deposit and of the fee that it carried. */
  back: bigint
  /** Of its own money, that went to the oracles: out of the fee that it carried and of the deposit. */
  fee: bigint
  /** Of `fee`, the part that was taken from the deposit. */
  lostDeposit: bigint
  /** What its place would bring if nothing better came: in a running table, or on a board where it waits. */
  toCome: bigint
  /** All that was sent to the solver: of prize, pay and back. */
  sent: bigint
  /** Of `sent`, what it earned: prize and pay. */
  earned: bigint
  /** What `release_payment` sends now. */
  owed: Owed
}

/** The amounts now. What no call has written counts as any call would write it. */
export function amountsOf({ terms, challenge, submission, now }: StoryFacts): StoryAmounts {
  const now_ = owed(terms, challenge, submission, now)
  const after = release(terms, { challenge, submission }, now)
  const toCome = prizeToCome(terms, after.challenge, submission.number, now)
  // What is set aside, whether it was sent or not.
  const { challenge: dued } = redue(terms, after.challenge, now)
  const prize = prizeDue(terms, dued, { number: submission.number, prizePaid: false })
  const earnedPrize = submission.prizePaid ? prize : 0n
  if (after.submission.status.status === 'pending')
    return {
      ...{ prize, pay: 0n, back: 0n, fee: 0n, lostDeposit: 0n, toCome },
      ...{ sent: earnedPrize, earned: earnedPrize, owed: now_ },
    }
  const bill = billOf(terms, after.submission)
  const pay = batchPay(terms.payout, after.submission.status)
  const back = bill.backCarry + bill.backDeposit
  const written = submission.status.status !== 'pending'
  const delivered = written && !submission.held
  return {
    ...{ prize, pay, back, fee: bill.carry + bill.deposit, lostDeposit: bill.deposit, toCome },
    sent: earnedPrize + (delivered ? back + pay : 0n),
    earned: earnedPrize + (delivered ? pay : 0n),
    owed: now_,
  }
}
