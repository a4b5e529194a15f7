/** Every entry point that writes, as calls for invoke(). */
import { type ArgsOf, entry } from './entry.ts'
import type { State, Terms } from './generated/types.js'
import {
  epochFootprint,
  rankingResources,
  settleFootprint,
  voteAndSettleFootprint,
  voteFootprint,
} from './settle-footprint.ts'
import type { Call } from './simulate.ts'

/** Appends a key version for the oracle. Returns the version. */
export const registerOracle = entry('register_oracle')
/** Locks prize and fee budget; promisedPrize() says how much where the rule does. Returns the challenge's number. */
export const createChallenge = entry('create_challenge')
/** Returns the key version that it fixes. */
export const acceptChallenge = entry('accept_challenge')
export const topUp = entry('top_up')
/** Returns what the maker got back. */
export const cancelChallenge = entry('cancel')
/** `carry` as carryFor() says. Returns the submission's number in the queue. */
export const submit = entry('submit')
/** Sends everything still owed to the submission. Returns the amount. */
export const releasePayment = entry('release_payment')
/** An oracle's ranking after the deadline, which may turn out to be the quorum. Returns whether it was. */
export function postRanking(args: ArgsOf<'post_ranking'>): Call<boolean> {
  return { ...entry('post_ranking')(args), amend: rankingResources(args.rows.length) }
}
/** An oracle's vote on the next epoch of earnings, which may turn out to be the quorum. Returns whether it was. */
export function postEarnings(args: ArgsOf<'post_earnings'>): Call<boolean> {
  return { ...entry('post_earnings')(args), amend: epochFootprint(args.challenge, args.epoch) }
}
/** Sends a labeler what it earned by that epoch and was not sent yet. Returns the amount. */
export const claimEarnings = entry('claim')
export const reveal = entry('reveal')
/** Returns the amount. */
export const withdrawFees = entry('withdraw_fees')
/** Returns what the maker was sent. */
export const closeChallenge = entry('close')
export const extendLifetimes = entry('extend')

/** A batch of votes, 1 to 40, with the footprint that a settling call must declare whatever simulation says. */
export function postScores(args: ArgsOf<'post_scores'>): Call<void> {
  const amend = args.settle ? voteAndSettleFootprint : voteFootprint
  return { ...entry('post_scores')(args), amend: amend(args.challenge, args.votes) }
}

/** Finalises, in order, what has its votes, and pays it. */
export function settle(args: ArgsOf<'settle'>): Call<void> {
  return { ...entry('settle')(args), amend: settleFootprint(args.challenge, args.submissions) }
}

/** How many submissions may land before ours is applied without the fee budget running dry on us. */
const ROOM = 40n

/**
 * What a solver must be ready to add to the fee budget. The contract returns what it does not need in the same call; a
 * signature covers a fixed amount, so the amount cannot wait for what others submit in between.
 */
export function carryFor(
  terms: Pick<Terms, 'quorum' | 'oracle_fee'>,
  state: Pick<State, 'submitted' | 'finalized' | 'fee_budget'>,
): bigint {
  const perSubmission = BigInt(terms.quorum) * terms.oracle_fee
  const pending = BigInt(state.submitted - state.finalized)
  return state.fee_budget >= (pending + 1n + ROOM) * perSubmission ? 0n : perSubmission
}
