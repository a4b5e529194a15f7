/** The contract's storage itself, entry by entry, without running the contract: for those who check what others say. */

import type { xdr } from '@stellar/stellar-sdk/base'
import { scValToNative } from '@stellar/stellar-sdk/base'
import type { Chain } from './chain.ts'
import { ChainFailure } from './failures.ts'
import type { Challenge, Cid, State, Submission, SubmissionId, Verdict, VoteRecord } from './generated/types.js'
import { storage } from './keys.ts'
import { type ReadOptions, readEntries } from './ledger.ts'
import { decodeResult } from './spec.ts'

/** Reads entries under these keys, in their order; undefined where there is none. Decodes each as the view of that name returns it. */
async function read(
  chain: Chain,
  keys: readonly xdr.LedgerKey[],
  options: ReadOptions,
): Promise<(xdr.ScVal | undefined)[]> {
  const entries = await readEntries(chain, keys, options)
  return keys.map((key) => {
    const data = entries.get(key.toXdr('base64'))?.data
    return data?.type === 'contractData' ? data.contractData.val : undefined
  })
}

async function readOne<T>(
  chain: Chain,
  key: xdr.LedgerKey,
  view: string,
  options: ReadOptions,
): Promise<T | undefined> {
  const [value] = await read(chain, [key], options)
  return value === undefined ? undefined : decodeResult<T>(view, value)
}

export const stored = {
  challenge: (chain: Chain, challenge: number, options: ReadOptions = {}) =>
    readOne<Challenge>(chain, storage.challenge(chain.network.contract, challenge), 'challenge', options),
  state: (chain: Chain, challenge: number, options: ReadOptions = {}) =>
    readOne<State>(chain, storage.state(chain.network.contract, challenge), 'state', options),
  /** Winners of a bounty, the running table of a ranking or the ranking; empty where there is none yet. */
  async board(chain: Chain, challenge: number, options: ReadOptions = {}): Promise<BoardRow[]> {
    const [value] = await read(chain, [storage.board(chain.network.contract, challenge)], options)
    return value === undefined ? [] : unpackBoard(scValToNative(value) as [string[], Uint8Array])
  },
  /** Whose rankings were posted, each with the hash of its rows; empty where there are none. */
  async rankingVotes(chain: Chain, challenge: number, options: ReadOptions = {}): Promise<RankingVote[]> {
    const [value] = await read(chain, [storage.ranking(chain.network.contract, challenge)], options)
    return value === undefined ? [] : (scValToNative(value) as RankingVote[])
  },
  /** Number of the submission that had this content first. */
  content: (chain: Chain, challenge: number, hash: Uint8Array, options: ReadOptions = {}) =>
    readOne<number>(chain, storage.content(chain.network.contract, challenge, hash), 'content', options),
  /** What this address opened as the truth. */
  reveal: (chain: Chain, challenge: number, by: string, options: ReadOptions = {}) =>
    readOne<Cid>(chain, storage.reveal(chain.network.contract, challenge, by), 'revealed', options),
  /** In the order asked for; undefined where there is none. */
  async submissions(chain: Chain, challenge: number, ids: readonly SubmissionId[], options: ReadOptions = {}) {
    const keys = ids.map(({ solver, attempt }) =>
      storage.submission(chain.network.contract, challenge, solver, attempt),
    )
    return (await read(chain, keys, options)).map((value) =>
      value === undefined ? undefined : unpackSubmission(scValToNative(value) as Uint8Array),
    )
  },
} as const

/** An oracle's ranking: the oracle's place in the terms, and the SHA-256 of the rows' XDR. */
export type RankingVote = { oracle: number; hash: Uint8Array }

/** A place on a board as it is stored. Scores are in units of 1e-7. */
export type BoardRow = { solver: string; number: number; attempt: number; score: bigint }

const ROW = 16

/** A board's packed entry, as `contracts/stellartrain/src/board.rs` writes it, little-endian. */
export function unpackBoard([solvers, packed]: [string[], Uint8Array]): BoardRow[] {
  const bytes = new Uint8Array(packed)
  const view = new DataView(bytes.buffer)
  return solvers.map((solver, place) => ({
    solver,
    number: view.getUint32(place * ROW, true),
    attempt: view.getUint32(place * ROW + 4, true),
    score: view.getBigInt64(place * ROW + 8, true),
  }))
}

const HEAD = 52
const BALLOT = 56
const SCORED = 1
const DUPLICATE = 2

/**
 * A submission's packed entry, as `contracts/stellartrain/src/entry.rs` writes it, little-endian. @throws ChainFailure `rpc_bad_answer`
 */
export function unpackSubmission(packed: Uint8Array): Submission {
  const bytes = new Uint8Array(packed)
  if (bytes.length < HEAD) throw new ChainFailure('rpc_bad_answer', 'A stored submission is shorter than any can be.')
  const view = new DataView(bytes.buffer)
  const verdict = view.getUint8(16) as Verdict
  const pending = (verdict as number) === 0
  const scored = [SCORED, DUPLICATE].includes(verdict as number) && bytes.length >= HEAD + 44
  const votes: VoteRecord[] = []
  for (let at = HEAD; pending && at + BALLOT <= bytes.length; at += BALLOT) {
    votes.push({
      oracle: view.getUint8(at),
      verdict: view.getUint8(at + 1) as Verdict,
      reason: view.getUint8(at + 2),
      units: view.getUint32(at + 4, true),
      score: view.getBigInt64(at + 8, true),
      time: view.getBigUint64(at + 16, true),
      content_hash: bytes.slice(at + 24, at + 56),
    })
  }
  return {
    number: view.getUint32(0, true),
    time: view.getBigUint64(4, true),
    units: view.getUint32(12, true),
    verdict,
    reason: view.getUint8(17),
    flags: view.getUint8(18),
    cid: { codec: view.getUint8(19), digest: bytes.slice(20, 52) },
    score: scored ? view.getBigInt64(HEAD, true) : 0n,
    accepted_units: scored ? view.getUint32(HEAD + 8, true) : 0,
    content_hash: scored ? bytes.slice(HEAD + 12, HEAD + 44) : new Uint8Array(32),
    votes,
  }
}
