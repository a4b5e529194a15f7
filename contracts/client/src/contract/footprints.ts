/**
 * Everything that a call may touch, declared whatever simulation says. Between simulation and the ledger a trustline can go and
 * another call can land; an entry outside the footprint would then fail the whole call.
 */
import type { xdr } from '@stellar/stellar-sdk/base'
import type { Chain } from '../rpc/chain.ts'
import { balanceKey, codeKey, contractBalanceKey, instanceKey, storage } from '../rpc/keys.ts'
import { accountKey, type ReadOptions } from '../rpc/ledger.ts'
import { raiseResources } from '../transaction/resources.ts'
import type { Call } from '../transaction/simulate.ts'
import { readFrozen } from './terms.ts'
import { readToken, type Token } from './token.ts'

type Amend = NonNullable<Call<unknown>['amend']>
type Named = { solver: string; attempt: number }

/** What one submission may cost beyond what simulation saw: its verdict, one transfer. */
const PER_SUBMISSION = { instructions: 1_500_000, writeBytes: 900, diskReadBytes: 512, fee: 100_000n }

/** For what concludes and pays: the named submissions, the places, and the balances of everybody who may be paid. */
export function settleFootprint(challenge: number, batch: readonly (Named & { hold: boolean })[]): Amend {
  return async (found, chain, options) => {
    const { contract } = chain.network
    const { terms } = await readFrozen(chain, challenge, options)
    const paid = new Set(batch.filter((one) => !one.hold).map((one) => one.solver))
    const money = await paying(chain, terms.token, [...paid], options)
    const count = batch.length
    return raiseResources(found, {
      readWrite: [
        storage.state(contract, challenge),
        storage.board(contract, challenge),
        ...submissionKeys(contract, challenge, batch),
        ...money.readWrite,
      ],
      readOnly: [
        storage.challenge(contract, challenge),
        ...(terms.payout.tag === 'Ranked' ? [storage.rankings(contract, challenge)] : []),
        ...money.readOnly,
      ],
      moreInstructions: count * PER_SUBMISSION.instructions,
      writeBytes: count * PER_SUBMISSION.writeBytes,
      diskReadBytes: count * PER_SUBMISSION.diskReadBytes,
      fee: BigInt(count) * PER_SUBMISSION.fee,
    })
  }
}

/** For votes that do not settle, and for the judge's ballots: they write the state and the named submissions alone. */
export function voteFootprint(challenge: number, votes: readonly Named[]): Amend {
  return async (found, chain) => {
    const { contract } = chain.network
    return raiseResources(found, {
      readWrite: [storage.state(contract, challenge), ...submissionKeys(contract, challenge, votes)],
      readOnly: [storage.challenge(contract, challenge)],
      moreInstructions: votes.length * 200_000,
      writeBytes: votes.length * 300,
      fee: BigInt(votes.length) * 10_000n,
    })
  }
}

/** For `close`: what others settle in between may leave the maker something, or nothing, to be sent. */
export function closeFootprint(challenge: number): Amend {
  return async (found, chain, options) => {
    const { maker, terms } = await readFrozen(chain, challenge, options)
    return raiseResources(found, {
      ...(await paying(chain, terms.token, [maker], options)),
      moreInstructions: PER_SUBMISSION.instructions,
      writeBytes: PER_SUBMISSION.writeBytes,
      diskReadBytes: PER_SUBMISSION.diskReadBytes,
      fee: PER_SUBMISSION.fee,
    })
  }
}

/** For post_earnings and post_ranking: another oracle's vote may land first and make ours the quorum, which writes more. */
export function quorumResources(rows: number): Amend {
  return async (found) =>
    raiseResources(found, {
      moreInstructions: 500_000 + rows * 20_000,
      writeBytes: 400 + rows * 80,
      // Rent of the rows until a month after the end.
      fee: 300_000n + BigInt(rows) * 120_000n,
    })
}

/** The balances that payments out of the contract change, and what any transfer reads. */
async function paying(chain: Chain, contract: string, receivers: readonly string[], options: ReadOptions) {
  const token = await readToken(chain, contract, options)
  return {
    readWrite: [
      contractBalanceKey(token.contract, chain.network.contract),
      ...receivers.flatMap((receiver) => balanceKey(token.contract, token.asset, receiver) ?? []),
    ],
    readOnly: tokenKeys(token),
  }
}

const submissionKeys = (contract: string, challenge: number, batch: readonly Named[]): xdr.LedgerKey[] =>
  batch.map(({ solver, attempt }) => storage.submission(contract, challenge, solver, attempt))

/** The token itself, and the issuer whose flags govern new balances. */
function tokenKeys(token: Token): xdr.LedgerKey[] {
  return [
    instanceKey(token.contract),
    ...(token.issuer ? [accountKey(token.issuer)] : []),
    ...(token.wasmHash ? [codeKey(token.wasmHash)] : []),
  ]
}
