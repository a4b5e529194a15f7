/**
 * Everything that a settling call may touch, declared whatever simulation says. Between simulation and the ledger a
 * trustline can go and another oracle's vote can land; an entry outside the footprint would then fail the whole batch.
 */

import type { xdr } from '@stellar/stellar-sdk/base'
import type { Chain } from './chain.ts'
import { Verdict } from './generated/index.js'
import type { Challenge, Settlement, Vote } from './generated/types.js'
import { balanceKey, codeKey, contractBalanceKey, instanceKey, storage } from './keys.ts'
import { accountKey, type ReadOptions } from './ledger.ts'
import { raiseResources } from './resources.ts'
import { type Call, view } from './simulate.ts'
import { readToken, type Token } from './token.ts'
import { views } from './views.ts'

type Amend = NonNullable<Call<unknown>['amend']>

/** What one submission may cost beyond what simulation saw: its verdict, its content entry, one transfer. */
const PER_SUBMISSION = { instructions: 1_500_000, writeBytes: 900, diskReadBytes: 512, fee: 25_000n }
/** Rent of a content entry that simulation did not write. Unused refundable fees come back. */
const RENT_PER_CONTENT = 1_000_000n

/** For post_scores with `settle`: own votes name the contents. */
export function voteAndSettleFootprint(challenge: number, votes: readonly Vote[]): Amend {
  return async (found, chain, options) => {
    const contents = votes.filter((vote) => vote.verdict === Verdict.Scored).map((vote) => vote.content_hash)
    return settling(found, chain, challenge, votes, contents, options)
  }
}

/** For settle: the recorded votes name the contents. */
export function settleFootprint(challenge: number, submissions: readonly Settlement[]): Amend {
  return async (found, chain, options) => {
    const ids = submissions.map(({ solver, attempt }) => ({ solver, attempt }))
    const stored = await view(chain, views.submissions({ challenge, ids }), options)
    const contents = stored.flatMap((submission) =>
      submission.votes.filter((vote) => vote.verdict === Verdict.Scored).map((vote) => vote.content_hash),
    )
    return settling(found, chain, challenge, submissions, contents, options)
  }
}

/** For post_scores without `settle`, which touches nothing but votes. */
export function voteFootprint(challenge: number, votes: readonly Vote[]): Amend {
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

/** For post_earnings: another oracle's vote may land first and make ours the quorum, which writes the epoch. */
export function epochFootprint(challenge: number, epoch: number): Amend {
  return async (found, chain) =>
    raiseResources(found, {
      readWrite: [storage.epoch(chain.network.contract, challenge, epoch)],
      readOnly: [],
      moreInstructions: 500_000,
      writeBytes: 400,
      fee: RENT_PER_CONTENT,
    })
}

/** For post_ranking: another oracle's vote may land first and make ours the quorum, whose rows then become the board. */
export function rankingResources(rows: number): Amend {
  return async (found) =>
    raiseResources(found, {
      readWrite: [],
      readOnly: [],
      moreInstructions: 200_000 + rows * 20_000,
      writeBytes: 200 + rows * 80,
      fee: 50_000n,
    })
}

async function settling(
  found: xdr.SorobanTransactionData,
  chain: Chain,
  challenge: number,
  batch: readonly { solver: string; attempt: number; hold: boolean }[],
  contents: readonly Uint8Array[],
  options: ReadOptions,
): Promise<xdr.SorobanTransactionData> {
  const { contract } = chain.network
  const { terms } = await readTerms(chain, challenge, options)
  const token = await readToken(chain, terms.token, options)
  const paid = [...new Set(batch.filter((one) => !one.hold).map((one) => one.solver))]
  const contentKeys = contents.map((hash) => storage.content(contract, challenge, hash))
  const simulated = new Set(found.resources.footprint.readWrite.map((key) => key.toXdr('base64')))
  const unseen = new Set(contentKeys.map((key) => key.toXdr('base64')).filter((key) => !simulated.has(key))).size
  const count = batch.length
  return raiseResources(found, {
    readWrite: [
      storage.state(contract, challenge),
      storage.board(contract, challenge),
      ...submissionKeys(contract, challenge, batch),
      ...contentKeys,
      contractBalanceKey(token.contract, contract),
      ...paid.flatMap((solver) => balanceKey(token.contract, token.asset, solver) ?? []),
    ],
    readOnly: [storage.challenge(contract, challenge), ...tokenKeys(token)],
    moreInstructions: count * PER_SUBMISSION.instructions,
    writeBytes: count * PER_SUBMISSION.writeBytes,
    diskReadBytes: count * PER_SUBMISSION.diskReadBytes,
    fee: BigInt(count) * PER_SUBMISSION.fee + BigInt(unseen) * RENT_PER_CONTENT,
  })
}

function submissionKeys(contract: string, challenge: number, batch: readonly { solver: string; attempt: number }[]) {
  return batch.map(({ solver, attempt }) => storage.submission(contract, challenge, solver, attempt))
}

/** What any transfer reads: the token itself, and the issuer whose flags govern new balances. */
function tokenKeys(token: Token): xdr.LedgerKey[] {
  return [
    instanceKey(token.contract),
    ...(token.issuer ? [accountKey(token.issuer)] : []),
    ...(token.wasmHash ? [codeKey(token.wasmHash)] : []),
  ]
}

const frozen = new WeakMap<Chain['rpc'], Map<string, Promise<Challenge>>>()

/** The frozen half of a challenge; read once per connection. */
function readTerms(chain: Chain, challenge: number, options: ReadOptions): Promise<Challenge> {
  const read = frozen.get(chain.rpc) ?? new Map<string, Promise<Challenge>>()
  frozen.set(chain.rpc, read)
  const name = `${chain.network.contract}/${challenge}`
  const cached = read.get(name)
  if (cached) return cached
  const reading = view(chain, views.challenge({ challenge }), options)
  read.set(name, reading)
  reading.catch(() => read.delete(name))
  return reading
}
