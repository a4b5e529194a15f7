/** The reads of the contract that an oracle makes, as plain values of this service. */

import { scValToNative } from '@stellar/stellar-sdk/base'
import {
  type Chain,
  ContractError,
  hasFlag,
  readEntries,
  type State,
  storage,
  stored,
  view,
  views,
} from '@stellartrain/contracts-client'
import { cidFromChain } from '@stellartrain/ipfs-content'
import type { Challenge, Due } from './challenge.ts'
import type { Entry } from './entry.ts'
import type { PostedVote } from './finality.ts'

/** The contract takes at most this many ids in one view. */
const IDS_PER_VIEW = 40

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

/** A challenge if it names the oracle, else undefined. */
export async function readChallenge(
  chain: Chain,
  id: number,
  oracle: string,
  signal: Signal,
): Promise<Challenge | undefined> {
  const { maker, terms } = await view(chain, views.challenge({ challenge: id }), signal)
  const seat = terms.oracles.indexOf(oracle)
  if (seat < 0) return undefined
  const state = await readState(chain, id, signal)
  const revealed = terms.opens_truth ? await readRevealed(chain, id, oracle, signal) : false
  const manifestCid = cidFromChain(terms.manifest)
  const unread = { ranked: false, due: undefined, phase: undefined, entries: new Map(), votes: new Map() }
  return { id, maker, terms, manifestCid, seat, state, revealed, ...unread }
}

export function readState(chain: Chain, id: number, signal: Signal): Promise<State> {
  return view(chain, views.state({ challenge: id }), signal)
}

export async function readRevealed(chain: Chain, id: number, by: string, signal: Signal): Promise<boolean> {
  return (await view(chain, views.revealed({ challenge: id, by }), signal)) !== null
}

/** Whether the oracle of this seat has posted its ranking. */
export async function readRanked(chain: Chain, id: number, seat: number, signal: Signal): Promise<boolean> {
  return (await stored.rankingVotes(chain, id, signal)).some(({ oracle }) => oracle === seat)
}

/** Places of a ranking whose prize was not sent. */
export async function readDue(chain: Chain, id: number, signal: Signal): Promise<Due[]> {
  const board = await view(chain, views.board({ challenge: id }), signal)
  const winners = board.filter(({ prize }) => prize > 0n)
  if (winners.length === 0) return []
  const ids = winners.map(({ solver, attempt }) => ({ solver, attempt }))
  const submissions = await view(chain, views.submissions({ challenge: id, ids }), signal)
  return winners
    .filter((_, place) => !hasFlag(submissions[place]?.flags ?? 0, 'prizePaid'))
    .map(({ solver, attempt, number }) => ({ solver, attempt, number }))
}

/** Votes on these entries, by number; an entry that became final has none. */
export async function readVotes(
  chain: Chain,
  id: number,
  entries: readonly Entry[],
  signal: Signal,
): Promise<Map<number, PostedVote[]>> {
  const asked = entries.slice(0, IDS_PER_VIEW)
  if (asked.length === 0) return new Map()
  const ids = asked.map(({ solver, attempt }) => ({ solver, attempt }))
  const submissions = await view(chain, views.submissions({ challenge: id, ids }), signal)
  return new Map(submissions.map((submission) => [submission.number, submission.votes]))
}

/** The oracle's newest key version and what is registered under it; undefined for a stranger. */
export async function readRegistration(
  chain: Chain,
  oracle: string,
  signal: Signal,
): Promise<{ version: number; key: Uint8Array; url: string } | undefined> {
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
