/** The keys of accepted batches, for whom the manifest names: in clear once the deadline has passed, or sealed to one age key. */
import type { Place } from '@stellartrain/ipfs-content'
import { batchKey } from '@stellartrain/oracle-grade'
import { HttpError } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import { type Results, type ResultsFiles, sentResults } from '../publish/sent-results.ts'
import type { Unlock } from './admission.ts'
import type { OpenWork } from './open-work.ts'
import type { WorkAt } from './openings.ts'
import { earnedNow } from './standing.ts'

export type ResultsDeps = Readonly<{ place: Place; unlock: Unlock }>

/** @throws HttpError where they are opened to no one, or not yet */
export async function resultsAt({ challenge, of, now }: WorkAt, deps: ResultsDeps): Promise<Results> {
  const { results } = of.inputs.manifest.labeling ?? {}
  if (results === undefined) throw new HttpError(403, 'not_opened', 'The manifest opens these labels to no one.')
  // Before it ends, who reads others' labels can hand them in as its own.
  if (results === 'everyone' && now < challenge.terms.deadline)
    throw new HttpError(409, 'not_opened', 'The labels are opened to everyone once the deadline has passed.', {
      headers: { 'retry-after': '60' },
    })
  const epochs = of.store.epochs.length
  // Once an epoch, however many ask: opening and sealing is work.
  if (of.results?.epochs !== epochs) {
    const sent = keysOf(challenge, of, deps).then((files) => sentResults(deps.place, challenge, files, results))
    of.results = { epochs, sent }
    sent.catch(() => {
      if (of.results?.sent === sent) of.results = undefined
    })
  }
  return of.results.sent
}

async function keysOf(challenge: Challenge, of: OpenWork, { unlock }: ResultsDeps): Promise<ResultsFiles> {
  const { store, terms } = of
  const { maxBytes } = terms
  const earned = earnedNow(of)
  const files: ResultsFiles = []
  for (const { labeler, attempt, sha256, commitment } of store.epochs.flatMap(({ batches }) => batches)) {
    if (earned.batches.get(batchKey({ labeler, attempt }))?.epoch === undefined) continue
    const sealed = await store.sealed(sha256)
    if (sealed === undefined) continue
    const bytes = new Uint8Array(Buffer.from(commitment, 'hex'))
    const { fileKey } = await unlock({ challenge, labeler, sealed, commitment: bytes, maxBytes })
    files.push({ sha256, fileKey })
  }
  return files
}
