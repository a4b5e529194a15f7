/** The keys of accepted batches, for whom the manifest names: in clear once the deadline has passed, or sealed to one age key. */
import type { Place } from '@stellartrain/ipfs-content'
import type { SignedBatch } from '@stellartrain/ipfs-content/work'
import { batchKey } from '@stellartrain/oracle-grade'
import { HttpError } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import { type Results, type ResultsFiles, sentResults } from '../publish/sent-results.ts'
import type { Unlock } from './admission.ts'
import { openAppeals } from './appeals.ts'
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
  const { epochs, appeals, reviews } = of.store
  const version = `${epochs.length}/${appeals.size}/${reviews.length}`
  // Once for each change, however many ask: opening and sealing is work.
  if (of.results?.of !== version) {
    const sent = keysOf(challenge, of, deps).then(({ files, appealed }) =>
      sentResults(deps.place, challenge, files, results, results === 'everyone' ? [] : appealed),
    )
    of.results = { of: version, sent }
    sent.catch(() => {
      if (of.results?.sent === sent) of.results = undefined
    })
  }
  return of.results.sent
}

async function keysOf(
  challenge: Challenge,
  of: OpenWork,
  { unlock }: ResultsDeps,
): Promise<{ files: ResultsFiles; appealed: ResultsFiles }> {
  const { store, terms, fileKeys } = of
  const { maxBytes } = terms
  const keyOf = async ({ labeler, sha256, commitment }: SignedBatch): Promise<ResultsFiles> => {
    const known = fileKeys.get(sha256)
    if (known !== undefined) return [{ sha256, fileKey: known }]
    const sealed = await store.sealed(sha256)
    if (sealed === undefined) return []
    const bytes = new Uint8Array(Buffer.from(commitment, 'hex'))
    const { fileKey } = await unlock({ challenge, labeler, sealed, commitment: bytes, maxBytes })
    fileKeys.set(sha256, fileKey)
    return [{ sha256, fileKey }]
  }
  const earned = earnedNow(of)
  const files: ResultsFiles = []
  for (const batch of store.epochs.flatMap(({ batches }) => batches))
    if (earned.batches.get(batchKey(batch))?.epoch !== undefined) files.push(...(await keyOf(batch)))
  const appealed: ResultsFiles = []
  for (const one of openAppeals(of).appeals.slice(0, MOST_APPEALED)) {
    const held = store.named(one).at(-1)
    if (held) appealed.push(...(await keyOf(held.batch)))
  }
  return { files, appealed }
}

/** As many as one document takes. */
const MOST_APPEALED = 10_000
