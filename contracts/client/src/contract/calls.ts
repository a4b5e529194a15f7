/** Every entry point that writes, as calls for invoke(). */

import type { State, Terms } from '../generated/types.js'
import { storage } from '../rpc/keys.ts'
import { verdictFee } from '../rules/terms.ts'
import type { Transfer } from '../transaction/authorization.ts'
import type { Call } from '../transaction/simulate.ts'
import { type ArgsOf, entry } from './entry.ts'
import { closeFootprint, quorumResources, settleFootprint, voteFootprint } from './footprints.ts'
import { numberedFootprint } from './numbered.ts'
import { readFrozen } from './terms.ts'

/** Appends a key version for the oracle. Returns the version. */
export const registerOracle = entry('register_oracle')

/** Locks prize and fee budget; promisedPrize() says how much where the rule does. Returns the challenge's number. */
export function createChallenge(args: ArgsOf<'create_challenge'>): Call<number> {
  const { maker, terms, prize, fee_budget } = args
  return {
    ...entry('create_challenge')(args),
    amend: numberedFootprint({
      head: 'Challenge',
      entries: (contract, challenge) => [
        storage.challenge(contract, challenge),
        storage.state(contract, challenge),
        storage.board(contract, challenge),
      ],
      // Five oracles, a judge, a gate and forty prizes; a board is empty as long as a signature takes.
      bytes: 5_000,
    }),
    authorizes: async ({ network }) => [
      { token: terms.token, from: String(maker), to: network.contract, amount: prize + fee_budget },
    ],
  }
}

/** Returns the key version that it fixes. */
export const acceptChallenge = entry('accept_challenge')

export function topUp(args: ArgsOf<'top_up'>): Call<void> {
  const { challenge, from, escrow, fees } = args
  return { ...entry('top_up')(args), authorizes: payIn(challenge, String(from), () => escrow + fees) }
}

/** Returns what the maker got back. */
export const cancelChallenge = entry('cancel')

/**
 * `carry` as carryFor() says. Returns the submission's number. `shown` is what the solver was told that it pays; without it the
 * challenge's terms are read. A signature that would be used for anything else is not asked for (UnexpectedAuthorization).
 */
export function submit(args: ArgsOf<'submit'>, shown?: { token: string; amount: bigint }): Call<number> {
  const { challenge, solver, carry } = args
  const from = String(solver)
  return {
    ...entry('submit')(args),
    authorizes: shown
      ? async ({ network }) => [{ ...shown, from, to: network.contract }]
      : payIn(challenge, from, ({ deposit }) => deposit + carry),
  }
}

/** Sends everything still owed to the submission. Returns the amount. */
export function releasePayment(args: ArgsOf<'release_payment'>): Call<bigint> {
  const { challenge, solver, attempt } = args
  const amend = settleFootprint(challenge, [{ solver: String(solver), attempt, hold: false }])
  return { ...entry('release_payment')(args), amend }
}

/** A ranking by an oracle, which may turn out to be the quorum, or by the judge. Returns whether it was the oracles' quorum. */
export function postRanking(args: ArgsOf<'post_ranking'>): Call<boolean> {
  return { ...entry('post_ranking')(args), amend: quorumResources(args.rows.length) }
}

/** An oracle's vote on the next epoch of earnings, which may turn out to be the quorum. Returns whether it was. */
export function postEarnings(args: ArgsOf<'post_earnings'>): Call<boolean> {
  return { ...entry('post_earnings')(args), amend: quorumResources(0) }
}

/** Sends a labeler what it earned by that epoch and was not sent yet. Returns the amount. */
export const claimEarnings = entry('claim')
export const reveal = entry('reveal')
/** Returns the amount. */
export const withdrawFees = entry('withdraw_fees')

/** Returns what the maker was sent. */
export function closeChallenge(args: ArgsOf<'close'>): Call<bigint> {
  return { ...entry('close')(args), amend: closeFootprint(args.challenge) }
}

export const extendLifetimes = entry('extend')

/** A batch of votes, 1 to 40, with the footprint that a settling call must declare whatever simulation says. */
export function postScores(args: ArgsOf<'post_scores'>): Call<void> {
  const amend = args.settle ? settleFootprint : voteFootprint
  return { ...entry('post_scores')(args), amend: amend(args.challenge, args.votes) }
}

/** Concludes and pays what can be, in the order given, and passes over what has waited too long. */
export function settle(args: ArgsOf<'settle'>): Call<void> {
  return { ...entry('settle')(args), amend: settleFootprint(args.challenge, args.submissions) }
}

/** The judge's ballots, 1 to 40; they are carried out from the end on. */
export function rule(args: ArgsOf<'rule'>): Call<void> {
  return { ...entry('rule')(args), amend: voteFootprint(args.challenge, args.ballots) }
}

/** One transfer of the challenge's token to the contract. */
function payIn(
  challenge: number,
  from: string,
  amount: (terms: Terms) => bigint,
): NonNullable<Call<unknown>['authorizes']> {
  return async (chain, options): Promise<Transfer[]> => {
    const { terms } = await readFrozen(chain, challenge, options)
    return [{ token: terms.token, from, to: chain.network.contract, amount: amount(terms) }]
  }
}

/** How many submissions may land before ours is applied without the fee budget running dry on us. */
const ROOM = 40n

/**
 * What a solver must be ready to add to the fee budget. The contract returns what it does not need in the same call; a
 * signature covers a fixed amount, so the amount cannot wait for what others submit in between.
 */
export function carryFor(
  terms: Pick<Terms, 'oracles' | 'oracle_fee'>,
  state: { purse: Pick<State['purse'], 'budget'> },
): bigint {
  const fee = verdictFee({ oracles: terms.oracles, oracleFee: terms.oracle_fee })
  return state.purse.budget >= (1n + ROOM) * fee ? 0n : fee
}
