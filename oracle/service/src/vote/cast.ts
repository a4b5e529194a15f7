/** Sends one batch of votes: report first, then the votes, settling in the same transaction where that makes something final. */

import { type Chain, type InvokeOptions, invoke, postScores, type Vote } from '@stellartrain/contracts-client'
import { cidToChain, encodeReport, type Place } from '@stellartrain/ipfs-content'
import type { Watched } from '../follow/watched.ts'
import type { Identity } from '../paper/identity.ts'
import { requestOf, type Shelf } from '../paper/shelf.ts'
import type { Publish } from '../publish/publisher.ts'
import type { Entry } from '../queue/tray.ts'
import type { Ballot } from './ballot.ts'
import type { Batch } from './batch.ts'
import { reportOf } from './report.ts'

export type Engine = Readonly<{ name: string; version: string }>

export type CastDeps = Readonly<{
  chain: Chain
  place: Place
  identity: Identity
  shelf: Shelf
  publish: Publish
  engine: Engine
  invokeOptions: () => InvokeOptions
}>

export type Filled = readonly Readonly<{ entry: Entry; ballot: Ballot }>[]

/** The batch with the submissions that it is about; ends before one whose event was not seen. */
export function fill({ entries }: Watched, batch: Batch): Filled {
  const filled: { entry: Entry; ballot: Ballot }[] = []
  for (const { number, ballot } of batch) {
    const entry = entries.get(number)
    if (entry === undefined) break
    filled.push({ entry, ballot })
  }
  return filled
}

/**
 * Whether to settle in the same call: whenever the first open submission is among those voted on. Even where the quorum
 * is not in sight yet, another oracle's vote can land in the same ledger just before; the call then pays at once. All
 * that a settlement may touch is declared in any case, so calls that cross do not fail each other.
 */
export function settles({ state }: Watched, batch: Filled): boolean {
  const open = state.finalized + 1
  const first = batch[0]?.entry.number ?? 0
  const last = batch.at(-1)?.entry.number ?? 0
  return first <= open && open <= last
}

/**
 * @param hold whose payment is left for `release_payment`, because a transfer to them would fail the batch
 * @throws ContractError, ChainFailure, ContentError
 */
export async function cast(
  challenge: Watched,
  batch: Filled,
  hold: (solver: string) => boolean,
  deps: CastDeps,
): Promise<{ hash: string; settle: boolean }> {
  const { chain, place, identity, shelf, publish, engine } = deps
  const { manifest, manifestCid, ranked } = await shelf.take(requestOf(challenge))
  const head = { place, challenge: challenge.id, oracle: identity.address, manifest, manifestCid, ranked, engine }
  const report = cidToChain(await publish(encodeReport(reportOf(head, batch))))
  const votes = batch.map(({ entry, ballot }) => voteOf(entry, ballot, hold(entry.solver)))
  const settle = settles(challenge, batch)
  const call = postScores({ oracle: identity.address, challenge: challenge.id, report, votes, settle })
  const { hash } = await invoke(chain, call, identity.keypair, deps.invokeOptions())
  return { hash, settle }
}

function voteOf({ solver, attempt }: Entry, ballot: Ballot, hold: boolean): Vote {
  const { verdict, reason, score, units } = ballot
  return { solver, attempt, verdict, reason, score, content_hash: ballot.contentHash, units, hold }
}
