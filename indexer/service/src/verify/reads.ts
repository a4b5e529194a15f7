/** A challenge as the contract stores it, read entry by entry, with the ledgers in which that was true. */

import type { xdr } from '@stellar/stellar-sdk/base'
import {
  type Attempts,
  type Chain,
  contractSpec,
  type Earnings,
  type ReadOptions,
  readEntries,
  type SubmissionId,
  storage,
  stored,
} from '@stellartrain/contracts-client'
import { type Recorded, recordEntries, replayEntries } from './recorded.ts'
import type { StoredChallenge } from './stored.ts'

/** What no entry names: where to look for submissions, and for what labelers were sent. */
export type Hints = { submissions: readonly SubmissionId[]; labelers: readonly string[] }

export type Reading = { stored: StoredChallenge; recorded: Recorded }

/** @returns null where the contract has no such challenge */
export async function readChallenge(
  chain: Chain,
  id: number,
  hints: Hints,
  options: ReadOptions = {},
): Promise<Reading | null> {
  const { chain: recording, recorded } = recordEntries(chain)
  const asked = new Set<string>()
  const ask = (keys: readonly xdr.LedgerKey[]) => {
    const fresh = keys.filter((key) => {
      const text = key.toXdr('base64')
      return asked.has(text) ? false : asked.add(text)
    })
    return readEntries(recording, fresh, options)
  }
  const { contract } = chain.network
  const slot = ({ solver, attempt }: SubmissionId) => storage.submission(contract, id, solver, attempt)
  const base = [storage.challenge, storage.state, storage.board, storage.rankings, storage.shares, storage.earnings]
  await ask([
    ...base.map((key) => key(contract, id)),
    ...hints.labelers.map((labeler) => storage.claimed(contract, id, labeler)),
    ...hints.submissions.map(slot),
  ])
  const replay = replayEntries(chain, recorded.entries)
  const found = await storedChallenge(replay, id, hints, [])
  if (!found) return null
  const { challenge, earnings, board, rankings } = found
  const epochs = Array.from({ length: earnings.epochs + 1 }, (_, index) => storage.epoch(contract, id, index + 1))
  const revealers = [challenge.maker, ...challenge.terms.oracles].map((by) => storage.reveal(contract, id, by))
  const known = [...hints.submissions, ...board, ...rankings.rows]
  const solvers = [...new Set(known.map(({ solver }) => solver))]
  await ask([...epochs, ...revealers, ...solvers.map((solver) => storage.solver(contract, id, solver))])
  // A solver's attempts are numbered from 1: whoever is known is known with all of them.
  const attempts = await readAttempts(replay, id, solvers)
  const ids = [...attempts].flatMap(([solver, { attempts: count }]) =>
    Array.from({ length: count }, (_, index) => ({ solver, attempt: index + 1 })),
  )
  await ask(ids.map(slot))
  const whole = await storedChallenge(replay, id, hints, ids)
  return whole && { stored: whole, recorded }
}

/** Out of entries that were read before. */
async function storedChallenge(
  chain: Chain,
  id: number,
  hints: Hints,
  ids: readonly SubmissionId[],
): Promise<StoredChallenge | null> {
  const [challenge, state] = [await stored.challenge(chain, id), await stored.state(chain, id)]
  if (!challenge || !state) return null
  const { contract } = chain.network
  const earnings = (await readAs<Earnings>(chain, storage.earnings(contract, id), 'earnings')) ?? {
    ...{ claimed: 0n, epochs: 0, total: 0n },
  }
  const claimed = new Map<string, bigint>()
  for (const labeler of hints.labelers)
    claimed.set(labeler, (await readAs<bigint>(chain, storage.claimed(contract, id, labeler), 'claimed')) ?? 0n)
  const revealed = new Map()
  for (const by of new Set([challenge.maker, ...challenge.terms.oracles])) {
    const truth = await stored.reveal(chain, id, by)
    if (truth) revealed.set(by, truth)
  }
  const epochs = []
  for (let epoch = 1; epoch <= earnings.epochs + 1; epoch++) epochs.push(await stored.epoch(chain, id, epoch))
  const submissions = await stored.submissions(chain, id, ids)
  return {
    ...{ id, challenge, state, earnings, claimed, revealed, epochs },
    board: await stored.board(chain, id),
    rankings: await stored.rankings(chain, id),
    shares: await stored.shares(chain, id),
    submissions: ids
      .map((one, index) => ({ ...one, submission: submissions[index] }))
      .sort((a, b) => (a.submission?.number ?? 0) - (b.submission?.number ?? 0)),
    attempts: await readAttempts(chain, id, [...new Set(ids.map(({ solver }) => solver))]),
  }
}

async function readAttempts(chain: Chain, id: number, solvers: readonly string[]): Promise<Map<string, Attempts>> {
  const found = new Map<string, Attempts>()
  for (const solver of solvers) {
    const key = storage.solver(chain.network.contract, id, solver)
    found.set(solver, (await readAs<Attempts>(chain, key, 'attempts')) ?? { attempts: 0, day: 0, today: 0 })
  }
  return found
}

/** One entry, decoded as what the view of that name returns. */
export async function readAs<T>(
  chain: Chain,
  key: xdr.LedgerKey,
  view: string,
  options: ReadOptions = {},
): Promise<T | undefined> {
  const data = (await readEntries(chain, [key], options)).get(key.toXdr('base64'))?.data
  return data?.type === 'contractData' ? (contractSpec().funcResToNative(view, data.contractData.val) as T) : undefined
}

/** A challenge out of entries that were kept. @param hints all its submissions */
export function restoreReading(chain: Chain, id: number, entries: ReadonlyMap<string, string>, hints: Hints) {
  return storedChallenge(replayEntries(chain, entries), id, hints, hints.submissions)
}
