/** The contract's storage itself, entry by entry, without running the contract: for those who check what others say. */

import type { xdr } from '@stellar/stellar-sdk/base'
import { scValToNative } from '@stellar/stellar-sdk/base'
import { ChainFailure } from '../failures.ts'
import type { Challenge, Cid, Epoch, State, Submission, SubmissionId, Verdict, VoteRecord } from '../generated/types.js'
import type { Chain } from '../rpc/chain.ts'
import { storage } from '../rpc/keys.ts'
import { type ReadOptions, readValues } from '../rpc/ledger.ts'
import { decodeResult } from './spec.ts'

async function readOne<T>(
  chain: Chain,
  key: xdr.LedgerKey,
  view: string,
  options: ReadOptions,
): Promise<T | undefined> {
  const [value] = await readValues(chain, [key], options)
  return value === undefined ? undefined : decodeResult<T>(view, value)
}

const boardOf = (value: xdr.ScVal | undefined): BoardRow[] =>
  value === undefined ? [] : unpackBoard(scValToNative(value) as [string[], Uint8Array])

function rankingsOf(value: xdr.ScVal | undefined): Rankings {
  if (value === undefined) return { votes: [], rows: [] }
  const { votes, solvers, rows } = scValToNative(value) as {
    votes: RankingVote[]
    solvers: string[]
    rows: Uint8Array
  }
  return { votes, rows: unpackBoard([solvers, rows]) }
}

/** As `unpackSubmission`. */
export const submissionOfStorage = (value: xdr.ScVal): Submission =>
  unpackSubmission(scValToNative(value) as Uint8Array)

const submissionIn = (value: xdr.ScVal | undefined): Submission | undefined => value && submissionOfStorage(value)

export const stored = {
  challenge: (chain: Chain, challenge: number, options: ReadOptions = {}) =>
    readOne<Challenge>(chain, storage.challenge(chain.network.contract, challenge), 'challenge', options),
  state: (chain: Chain, challenge: number, options: ReadOptions = {}) =>
    readOne<State>(chain, storage.state(chain.network.contract, challenge), 'state', options),
  /** Winners of a bounty, of whom the first `state.due` are due, or the running table of a ranking. */
  async board(chain: Chain, challenge: number, options: ReadOptions = {}): Promise<BoardRow[]> {
    return boardOf((await readValues(chain, [storage.board(chain.network.contract, challenge)], options))[0])
  },
  /** The rankings that oracles and the judge posted; empty where there are none. */
  async rankings(chain: Chain, challenge: number, options: ReadOptions = {}): Promise<Rankings> {
    return rankingsOf((await readValues(chain, [storage.rankings(chain.network.contract, challenge)], options))[0])
  },
  /** The votes on an epoch of earnings, or what their quorum posted. */
  async epoch(chain: Chain, challenge: number, epoch: number, options: ReadOptions = {}): Promise<EpochState> {
    const [value] = await readValues(chain, [storage.epoch(chain.network.contract, challenge, epoch)], options)
    if (value === undefined) return { votes: [], posted: null }
    const [tag, stored] = scValToNative(value) as ['Open', EpochVote[]] | ['Posted', Epoch]
    return tag === 'Open' ? { votes: stored, posted: null } : { votes: [], posted: stored }
  },
  /** The challenge key's private half, sealed to every oracle. */
  async shares(chain: Chain, challenge: number, options: ReadOptions = {}): Promise<Uint8Array | undefined> {
    const [value] = await readValues(chain, [storage.shares(chain.network.contract, challenge)], options)
    return value === undefined ? undefined : (scValToNative(value) as Uint8Array)
  },
  /** What this address opened as the truth. */
  reveal: (chain: Chain, challenge: number, by: string, options: ReadOptions = {}) =>
    readOne<Cid>(chain, storage.reveal(chain.network.contract, challenge, by), 'revealed', options),
  /** In the order asked for; undefined where there is none. */
  async submissions(chain: Chain, challenge: number, ids: readonly SubmissionId[], options: ReadOptions = {}) {
    const keys = ids.map(({ solver, attempt }) =>
      storage.submission(chain.network.contract, challenge, solver, attempt),
    )
    return (await readValues(chain, keys, options)).map(submissionIn)
  },
  /**
   * A submission and everything that decides on it, all of one ledger: read one by one, a submission before its verdict could
   * stand beside counters after it, and would seem passed over. Undefined is what storage no longer has.
   */
  async standing(
    chain: Chain,
    challenge: number,
    { solver, attempt }: SubmissionId,
    options: ReadOptions = {},
  ): Promise<StoredStanding> {
    const { contract } = chain.network
    const keys = [
      storage.state(contract, challenge),
      storage.board(contract, challenge),
      storage.rankings(contract, challenge),
      storage.submission(contract, challenge, solver, attempt),
    ]
    const [state, board, rankings, submission] = await readValues(chain, keys, options)
    return {
      state: state === undefined ? undefined : decodeResult<State>('state', state),
      board: boardOf(board),
      rankings: rankingsOf(rankings),
      submission: submissionIn(submission),
    }
  },
} as const

/** An oracle's ranking: the oracle's place in the terms, and the SHA-256 of the rows' XDR. */
export type RankingVote = { oracle: number; hash: Uint8Array }

/** `rows` are those that a quorum of oracles posted, or else the judge's last. */
export type Rankings = { votes: RankingVote[]; rows: BoardRow[] }

/** An oracle's vote on an epoch: the hash of the root, and its sum. */
export type EpochVote = { oracle: number; root: Uint8Array; total: bigint }

/** `posted` is null, and `votes` are there, until a quorum agrees. */
export type EpochState = { votes: EpochVote[]; posted: Epoch | null }

export type StoredStanding = {
  state: State | undefined
  board: BoardRow[]
  rankings: Rankings
  submission: Submission | undefined
}

/** A place on a board as it is stored. Scores are in units of 1e-7. */
export type BoardRow = { solver: string; number: number; attempt: number; score: bigint }

/** The last eight bytes of a row are of the solver's address, which is there whole. */
const ROW = 24

/** A board's packed entry, as `contracts/stellartrain/src/board.rs` writes it, little-endian. */
export function unpackBoard([solvers, packed]: [string[], Uint8Array]): BoardRow[] {
  const bytes = new Uint8Array(packed)
  if (bytes.length !== solvers.length * ROW)
    throw new ChainFailure('rpc_bad_answer', 'A stored board has other rows than solvers.')
  const view = new DataView(bytes.buffer)
  return solvers.map((solver, place) => ({
    solver,
    number: view.getUint32(place * ROW, true),
    attempt: view.getUint32(place * ROW + 4, true),
    score: view.getBigInt64(place * ROW + 8, true),
  }))
}

const HEAD = 85
const HEARD = 8
const BALLOT = 47
const SCORED = 44

/**
 * A submission's packed entry, as `contracts/stellartrain/src/entry.rs` writes it, little-endian. @throws ChainFailure `rpc_bad_answer`
 */
export function unpackSubmission(packed: Uint8Array): Submission {
  const bytes = new Uint8Array(packed)
  if (bytes.length < HEAD) throw new ChainFailure('rpc_bad_answer', 'A stored submission is shorter than any can be.')
  const view = new DataView(bytes.buffer)
  const verdict = view.getUint8(16) as Verdict
  const open = (verdict as number) === 0
  const scored = !open && bytes.length >= HEAD + SCORED
  const votes: VoteRecord[] = []
  for (let at = HEAD + HEARD; open && at + BALLOT <= bytes.length; at += BALLOT) {
    votes.push({
      by: view.getUint8(at),
      verdict: view.getUint8(at + 1) as Verdict,
      reason: view.getUint8(at + 2),
      units: view.getUint32(at + 3, true),
      score: view.getBigInt64(at + 7, true),
      content_hash: bytes.slice(at + 15, at + BALLOT),
    })
  }
  return {
    number: view.getUint32(0, true),
    time: view.getBigUint64(4, true),
    units: view.getUint32(12, true),
    verdict,
    reason: view.getUint8(17),
    flags: view.getUint8(18),
    voted: view.getUint8(19),
    cid: { codec: view.getUint8(20), digest: bytes.slice(21, 53) },
    commitment: bytes.slice(53, HEAD),
    heard: open && bytes.length >= HEAD + HEARD ? view.getBigUint64(HEAD, true) : 0n,
    score: scored ? view.getBigInt64(HEAD, true) : 0n,
    accepted_units: scored ? view.getUint32(HEAD + 8, true) : 0,
    content_hash: scored ? bytes.slice(HEAD + 12, HEAD + SCORED) : new Uint8Array(32),
    votes,
  }
}
