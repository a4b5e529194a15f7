/** Sends one batch of votes with the CID of its report, settling in the same transaction where that concludes something. No vote waits for an upload. */

import { type Chain, type InvokeOptions, invoke, postScores, type Vote } from '@stellartrain/contracts-client'
import { STATUS } from '@stellartrain/contracts-client/rules'
import { cidToChain, encodeReport, type Place } from '@stellartrain/ipfs-content'
import type { Challenge } from '../chain/challenge.ts'
import { type InputsCache, requestOf } from '../challenge-files/cache.ts'
import type { Identity } from '../challenge-files/identity.ts'
import type { Engine } from '../engine.ts'
import type { Publish } from '../publish/upload.ts'
import { reportOf } from './report.ts'
import { votesSettle } from './settle.ts'
import type { OwnVote } from './votes.ts'

export type PostScoresDeps = Readonly<{
  chain: Chain
  place: Place
  identity: Identity
  inputsCache: InputsCache
  publish: Publish
  engine: Engine
  /** Time of the last closed ledger, unix seconds. */
  clock(): number
  invokeOptions: () => InvokeOptions
}>

/**
 * @param batch in the order of the numbers
 * @param hold whose payment is left for `release_payment`, because a transfer to them would fail the batch
 * @throws ContractError, ChainFailure, ContentError
 */
export async function postBatch(
  challenge: Challenge,
  batch: readonly OwnVote[],
  hold: (solver: string) => boolean,
  deps: PostScoresDeps,
): Promise<{ hash: string; settle: boolean }> {
  const { chain, place, identity, inputsCache, publish, engine } = deps
  const { id } = challenge
  const { manifest, manifestCid, ranked } = await inputsCache.get(requestOf(challenge))
  const head = { place, challenge: id, oracle: identity.address, manifest, manifestCid, ranked, engine }
  const report = cidToChain(await publish(encodeReport(reportOf(head, batch))))
  const votes = batch.map((vote) => voteOf(vote, hold(vote.entry.solver)))
  // As late as possible: another oracle's vote may have made ours the last one needed.
  const cast = batch.map(({ entry, verdict }) => ({ number: entry.number, verdict }))
  const settle = votesSettle(challenge, cast, deps.clock())
  const call = postScores({ oracle: identity.address, challenge: id, report, votes, settle })
  const { hash } = await invoke(chain, call, identity.keypair, deps.invokeOptions())
  return { hash, settle }
}

function voteOf({ entry, verdict }: OwnVote, hold: boolean): Vote {
  const { solver, attempt } = entry
  const head = { solver, attempt, hold, verdict: STATUS[verdict.status] }
  if (verdict.status !== 'scored')
    return {
      ...head,
      reason: verdict.status === 'rejected' ? verdict.reason : 0,
      score: 0n,
      content_hash: ZEROS,
      units: 0,
    }
  const { score, content, units } = verdict
  return { ...head, reason: 0, score, content_hash: new Uint8Array(Buffer.from(content, 'hex')), units }
}

const ZEROS = new Uint8Array(32)
