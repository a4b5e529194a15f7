/** The reads of the contract that an oracle makes, as plain values of this service. */

import { scValToNative } from '@stellar/stellar-sdk/base'
import {
  type Chain,
  ContractError,
  challengeOf,
  type Place,
  purseOf,
  readEntries,
  readSubmissions,
  storage,
  stored,
  submissionOf,
  termsOf,
  view,
  views,
} from '@stellartrain/contracts-client'
import type { Conduct, Purse, Submission, Terms } from '@stellartrain/contracts-client/rules'
import { cidFromChain } from '@stellartrain/ipfs-content'
import type { Challenge, Due, RankingVote, Read } from './challenge.ts'
import type { Entry } from './entry.ts'

type Signal = { signal: AbortSignal }

/** Challenges that one request can ask for. */
export const IDS_PER_LOOK = 200

/**
 * Which of the challenges `first..last` may name the oracle, from their stored entries in one request. An entry that is
 * archived does not show; it stays a candidate, because a call brings it back.
 */
export async function candidates(
  chain: Chain,
  first: number,
  last: number,
  oracle: string,
  signal: Signal,
): Promise<number[]> {
  const ids = Array.from({ length: last - first + 1 }, (_, index) => first + index)
  const keys = ids.map((id) => storage.challenge(chain.network.contract, id))
  const entries = await readEntries(chain, keys, signal)
  return ids.filter((_, index) => {
    const entry = entries.get(keys[index]!.toXdr('base64'))
    if (entry?.data.type !== 'contractData') return true
    const { terms } = scValToNative(entry.data.contractData.val) as { terms?: { oracles?: readonly string[] } }
    return terms?.oracles?.includes(oracle) ?? true
  })
}

/** A challenge if it names the oracle, else undefined. What moves is not read yet, except its counters. */
export async function readChallenge(
  chain: Chain,
  id: number,
  oracle: string,
  signal: Signal,
): Promise<Challenge | undefined> {
  const { maker, terms: frozen } = await view(chain, views.challenge({ challenge: id }), signal)
  const seat = frozen.oracles.indexOf(oracle)
  if (seat < 0) return undefined
  const terms = termsOf(frozen)
  const { payout } = frozen
  const { conduct, ...moving } = await readMoving(chain, { id, payout, seat }, signal)
  const revealed = terms.opensTruth ? await readRevealed(chain, id, oracle, signal) : false
  const unread = { rankings: [], due: [], phase: undefined, entries: new Map(), submissions: [] }
  return {
    ...{ id, maker, terms, payout, seat, revealed, ...unread, ...moving },
    conduct: { ...conduct, opened: false },
    token: frozen.token,
    gate: frozen.gate ?? null,
    truth: frozen.truth,
    manifestCid: cidFromChain(frozen.manifest),
  }
}

export type Moving = Read &
  Readonly<{
    key: Uint8Array | undefined
    fees: bigint
    purse: Purse
    conduct: Omit<Conduct, 'opened'>
    board: readonly Place[]
  }>

/** Counters, money of this oracle, and places. */
export async function readMoving(
  chain: Chain,
  { id, payout, seat }: Pick<Challenge, 'id' | 'payout' | 'seat'>,
  signal: Signal,
): Promise<Moving> {
  const { tag } = payout
  const [state, board] = await Promise.all([
    view(chain, views.state({ challenge: id }), signal),
    tag === 'Bounty' || tag === 'Ranked' ? view(chain, views.board({ challenge: id }), signal) : [],
  ])
  return {
    // The view shows the ranking where there is one, else the running table.
    counters: challengeOf({ payout }, state, board, board),
    accepted: state.accepted,
    key: state.key ?? undefined,
    fees: state.purse.fees[seat] ?? 0n,
    purse: purseOf(state),
    conduct: { folded: state.folded, unopened: state.unopened, tallies: state.tallies },
    board,
  }
}

/** How these submissions stand now, in their order. */
export async function readStanding(
  chain: Chain,
  id: number,
  terms: Pick<Terms, 'oracles'>,
  entries: readonly Pick<Entry, 'solver' | 'attempt'>[],
  signal: Signal,
): Promise<Submission[]> {
  const ids = entries.map(({ solver, attempt }) => ({ solver, attempt }))
  const found = await readSubmissions(chain, id, ids, signal)
  return found.map((one, index) => submissionOf({ oracles: [...terms.oracles] }, ids[index]!.solver, one))
}

export async function readRevealed(chain: Chain, id: number, by: string, signal: Signal): Promise<boolean> {
  return (await view(chain, views.revealed({ challenge: id, by }), signal)) !== null
}

/** The rankings that oracles have posted. */
export async function readRankings(chain: Chain, id: number, signal: Signal): Promise<RankingVote[]> {
  const { votes } = await stored.rankings(chain, id, signal)
  return votes.map(({ oracle, hash }) => ({ oracle, hash: Buffer.from(hash).toString('hex') }))
}

/**
 * What anyone may send: prizes that are set aside and were not sent, and what was held of others' money. Who settles may hold any payment
 * back, so an oracle that does so to labelers, or to losers' deposits, only makes work for the others.
 */
export async function readDue(
  chain: Chain,
  { id, terms, submissions, entries }: Pick<Challenge, 'id' | 'terms' | 'submissions' | 'entries'>,
  board: readonly Place[],
  signal: Signal,
): Promise<Due[]> {
  const places = board.filter(({ due, prize }) => due && prize > 0n)
  const unknown = places.filter(({ number }) => submissions[number - 1] === undefined)
  const read = await readStanding(chain, id, terms, unknown, signal)
  const paid = new Set([...submissions, ...read].flatMap((one) => (one?.prizePaid ? [one.number] : [])))
  const held = submissions.flatMap((one) => (one?.held ? (entries.get(one.number) ?? []) : []))
  const all = [...places.filter(({ number }) => !paid.has(number)), ...held]
  const due = new Map(all.map(({ solver, attempt, number }) => [number, { solver, attempt, number }]))
  return [...due.values()].toSorted((a, b) => a.number - b.number)
}

/** The private half of the challenge key, sealed to each oracle; undefined before the first oracle has accepted. */
export async function readShares(chain: Chain, id: number, signal: Signal): Promise<Uint8Array | undefined> {
  return stored.shares(chain, id, signal)
}

export type Registered = Readonly<{ version: number; key: Uint8Array; url: string }>

/** The oracle's newest key version and what is registered under it; undefined for a stranger. */
export async function readRegistration(chain: Chain, oracle: string, signal: Signal): Promise<Registered | undefined> {
  try {
    const { versions } = await view(chain, views.oracle({ oracle }), signal)
    if (versions === 0) return undefined
    const { key, url } = await view(chain, views.oracleKey({ oracle, version: versions }), signal)
    return { version: versions, key, url }
  } catch (error) {
    if (error instanceof ContractError && error.code === 100) return undefined
    throw error
  }
}
