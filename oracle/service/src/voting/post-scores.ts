/** Sends one batch of votes: report first, then the votes, settling in the same transaction where that makes something final. */

import { type Chain, type InvokeOptions, invoke, postScores, type Vote } from '@stellartrain/contracts-client'
import { cidToChain, encodeReport, type Place } from '@stellartrain/ipfs-content'
import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { type InputsCache, requestOf } from '../challenge-files/cache.ts'
import type { Identity } from '../challenge-files/identity.ts'
import type { Engine } from '../engine.ts'
import type { OwnVerdict } from '../grading/verdict.ts'
import type { Publish } from '../publish/upload.ts'
import type { Batch } from './batch.ts'
import { reportOf } from './report.ts'

export type PostScoresDeps = Readonly<{
  chain: Chain
  place: Place
  identity: Identity
  inputsCache: InputsCache
  publish: Publish
  engine: Engine
  invokeOptions: () => InvokeOptions
}>

export type VoteBatch = readonly Readonly<{ entry: Entry; verdict: OwnVerdict }>[]

/** The batch with the submissions that it is about; ends before one whose event was not seen. */
export function fill({ entries }: Challenge, batch: Batch): VoteBatch {
  const filled: { entry: Entry; verdict: OwnVerdict }[] = []
  for (const { number, verdict } of batch) {
    const entry = entries.get(number)
    if (entry === undefined) break
    filled.push({ entry, verdict })
  }
  return filled
}

/**
 * Whether to settle in the same call: whenever the first open submission is among those voted on. Even where the quorum
 * is not in sight yet, another oracle's vote can land in the same ledger just before; the call then pays at once. All
 * that a settlement may touch is declared in any case, so calls that cross do not fail each other.
 */
export function settles({ state }: Challenge, batch: VoteBatch): boolean {
  const open = state.finalized + 1
  const first = batch[0]?.entry.number ?? 0
  const last = batch.at(-1)?.entry.number ?? 0
  return first <= open && open <= last
}

/**
 * @param hold whose payment is left for `release_payment`, because a transfer to them would fail the batch
 * @throws ContractError, ChainFailure, ContentError
 */
export async function postBatch(
  challenge: Challenge,
  batch: VoteBatch,
  hold: (solver: string) => boolean,
  deps: PostScoresDeps,
): Promise<{ hash: string; settle: boolean }> {
  const { chain, place, identity, inputsCache, publish, engine } = deps
  const { manifest, manifestCid, ranked } = await inputsCache.get(requestOf(challenge))
  const head = { place, challenge: challenge.id, oracle: identity.address, manifest, manifestCid, ranked, engine }
  const report = cidToChain(await publish(encodeReport(reportOf(head, batch))))
  const votes = batch.map(({ entry, verdict }) => voteOf(entry, verdict, hold(entry.solver)))
  const settle = settles(challenge, batch)
  const call = postScores({ oracle: identity.address, challenge: challenge.id, report, votes, settle })
  const { hash } = await invoke(chain, call, identity.keypair, deps.invokeOptions())
  return { hash, settle }
}

function voteOf({ solver, attempt }: Entry, verdict: OwnVerdict, hold: boolean): Vote {
  const { kind, reason, score, units } = verdict
  return { solver, attempt, verdict: kind, reason, score, content_hash: verdict.contentHash, units, hold }
}
