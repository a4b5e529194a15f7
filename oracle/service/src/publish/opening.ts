/** After the end: the truth and the promised submissions in clear on IPFS, and the document that names them. */

import { type Chain, readSubmissions, type Submission, Verdict, view, views } from '@stellartrain/contracts-client'
import { ContentError, encodeOpening, type OpenedSubmission, type Place } from '@stellartrain/ipfs-content'
import type { Log } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { type InputsCache, requestOf } from '../challenge-files/cache.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import { openEntry } from '../challenge-files/open-submission.ts'
import type { Grader } from '../grading/grader.ts'
import type { Publish } from './upload.ts'

export type RevealDeps = Readonly<{
  chain: Chain
  place: Place
  address: string
  gateways: readonly string[]
  inputsCache: InputsCache
  grader: Grader
  publish: Publish
  identities(): Promise<readonly string[]>
  log: Log
  signal: AbortSignal
}>

/** A document of this many openings stays below its limit of 1 MiB. */
const MOST = 2_500

/**
 * Publishes what the manifest promised and resolves to the CID to name in `reveal`. May only be called once the
 * challenge is over: from then on it is public.
 * @throws ContentError, ChainFailure, OracleError: try again.
 */
export async function publishOpening(challenge: Challenge, deps: RevealDeps): Promise<string> {
  const inputs = await deps.inputsCache.get(requestOf(challenge))
  const { csv, salt } = inputs.truth
  const truth = { cid: await deps.publish(csv), bytes: csv.length, salt: Buffer.from(salt).toString('hex') }
  const submissions: OpenedSubmission[] = []
  for (const promised of (await promisedOf(challenge, inputs, deps)).slice(0, MOST)) {
    const opened = await openPromised(promised, challenge, inputs, deps)
    if (opened !== undefined) submissions.push(opened)
  }
  const head = { format: 'stellartrain/opening', version: 1, ...deps.place } as const
  return deps.publish(encodeOpening({ ...head, challenge: challenge.id, by: deps.address, truth, submissions }))
}

type Promised = { entry: Entry; stored: Submission }

async function promisedOf(
  challenge: Challenge,
  { manifest }: GradingInputs,
  { chain, signal }: RevealDeps,
): Promise<Promised[]> {
  const { submissions } = manifest.opens
  if (submissions === 'none') return []
  // Every accepted batch of labels is paid.
  const promise = challenge.terms.payout.tag === 'PerUnit' ? 'all' : submissions
  const board = await view(chain, views.board({ challenge: challenge.id }), { signal })
  const winners = new Set(board.map(({ number }) => number))
  const entries = [...challenge.entries.values()]
    .filter(({ number }) => promise === 'all' || winners.has(number))
    .sort((a, b) => a.number - b.number)
  const ids = entries.map(({ solver, attempt }) => ({ solver, attempt }))
  const stored = await readSubmissions(chain, challenge.id, ids, { signal })
  return entries
    .map((entry, index) => ({ entry, stored: stored[index]! }))
    .filter(({ stored: one }) => one.verdict === Verdict.Scored)
}

/** Undefined for a submission that is not what was graded: it is left out, since no reader could verify it. */
async function openPromised(
  { entry, stored }: Promised,
  challenge: Challenge,
  inputs: GradingInputs,
  deps: RevealDeps,
): Promise<OpenedSubmission | undefined> {
  const { place, gateways, grader, publish, log, signal } = deps
  const { maxBytes } = inputs.manifest.submission
  const identities = await deps.identities()
  const opened = await openEntry(entry, { place, gateways, maxBytes, identities, signal }).catch((error: unknown) => {
    // Gone from IPFS for good, or never readable for this oracle: another oracle may still have it.
    if (error instanceof ContentError && (error.code === 'not_found' || !error.retryable)) return undefined
    throw error
  })
  if (opened === undefined || 'reason' in opened) {
    log.warn('not_opened', { challenge: challenge.id, number: entry.number })
    return undefined
  }
  const outcome = await grader.grade(entry, inputs, opened.csv)
  const hash = Buffer.from(stored.content_hash).toString('hex')
  if ('rejected' in outcome || outcome.contentHash !== hash) return undefined
  const { number, solver, attempt, cid } = entry
  const payload = { cid: await publish(opened.csv), bytes: opened.csv.length }
  return { number, solver, attempt, sealed: cid, ...payload, fileKey: await opened.fileKey() }
}
