/** After the end: the truth and the promised submissions in clear on IPFS, and the document that names them. */

import { type Chain, view, views } from '@stellartrain/contracts-client'
import { ContentError, encodeOpening, type OpenedSubmission, type Opening } from '@stellartrain/ipfs-content'
import type { ComparedEntry } from '@stellartrain/oracle-grade'
import type { Log } from '@stellartrain/service'
import { type Challenge, knownSubmissions } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { requestOf } from '../challenge-files/cache.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import { type GradeDeps, gradeEntry } from '../grading/assess.ts'
import type { Publish } from './upload.ts'

export type RevealDeps = GradeDeps &
  Readonly<{
    chain: Chain
    /** The own address. */
    address: string
    /** Resolves when an IPFS service has the document. */
    deliver: Publish
    log: Log
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
  const truth = { cid: await deps.deliver(csv), bytes: csv.length, salt: Buffer.from(salt).toString('hex') }
  const submissions: OpenedSubmission[] = []
  const entries: ComparedEntry[] = []
  let room = challenge.terms.payout.rule === 'per_unit' ? 0 : MOST_COMPARED_BYTES
  for (const promised of (await promisedOf(challenge, inputs, deps)).slice(0, MOST)) {
    const opened = await openPromised(promised, challenge, deps)
    if (opened === undefined) continue
    const { submission, content } = opened
    submissions.push(submission)
    room -= content.length
    if (room >= 0) entries.push({ number: submission.number, solver: submission.solver, submission: content })
  }
  const head = { format: 'stellartrain/opening', version: 1, ...deps.place } as const
  return deps.deliver(
    encodeOpening({
      ...{ ...head, challenge: challenge.id, by: deps.address, truth },
      ...(await alike(challenge, inputs, entries, deps)),
      submissions,
    }),
  )
}

/** Content of so many bytes is held to be compared; what comes behind is opened, and not compared. */
const MOST_COMPARED_BYTES = 64 * 1024 * 1024

/** Never a reason not to open: it is for people, and anyone can compute it again. */
async function alike(
  challenge: Challenge,
  inputs: GradingInputs,
  entries: readonly ComparedEntry[],
  { grader, log }: Pick<RevealDeps, 'grader' | 'log'>,
): Promise<{ nearCopies?: Opening['nearCopies'] }> {
  if (entries.length < 2) return {}
  try {
    const { compared, leftOut, pairs } = await grader.alike(inputs, entries)
    if (leftOut.steps > 0)
      log.warn('not_compared', {
        challenge: challenge.id,
        models: leftOut.steps,
        message: 'To run these models, too, could take longer than WORKER_SECONDS.',
      })
    return {
      nearCopies: {
        compared,
        pairs: pairs.map(({ numbers: [one, other], ...pair }) => ({ ...pair, numbers: [one, other] })),
      },
    }
  } catch (error) {
    log.warn('not_compared', { challenge: challenge.id, message: error instanceof Error ? error.message : '' })
    return {}
  }
}

/** `content`: the hash that its verdict has. */
type Promised = { entry: Entry; content: string }

async function promisedOf(
  challenge: Challenge,
  { manifest }: GradingInputs,
  { chain, signal }: RevealDeps,
): Promise<Promised[]> {
  const { submissions } = manifest.opens
  if (submissions === 'none') return []
  // Every accepted batch of labels is paid.
  const promise = challenge.terms.payout.rule === 'per_unit' ? 'all' : submissions
  const board = await view(chain, views.board({ challenge: challenge.id }), { signal })
  const winners = new Set(board.map(({ number }) => number))
  return knownSubmissions(challenge).flatMap(({ number, status }) => {
    const entry = challenge.entries.get(number)
    if (status.status !== 'scored' || entry === undefined || !(promise === 'all' || winners.has(number))) return []
    return [{ entry, content: status.content }]
  })
}

/** Undefined for a submission that is not what was graded: it is left out, since no reader could verify it. */
async function openPromised(
  { entry, content }: Promised,
  challenge: Challenge,
  deps: RevealDeps,
): Promise<{ submission: OpenedSubmission; content: Uint8Array } | undefined> {
  const { deliver, grader, log } = deps
  const graded = await gradeEntry(entry, challenge, deps).catch((error: unknown) => {
    // Gone from IPFS for good, and no other oracle has it now.
    if (error instanceof ContentError && (error.code === 'not_found' || !error.retryable)) return undefined
    throw error
  })
  if (graded?.file === undefined || 'rejected' in graded.outcome || graded.outcome.contentHash !== content) {
    log.warn('not_opened', { challenge: challenge.id, number: entry.number })
    return undefined
  }
  const { number, solver, attempt, cid } = entry
  const { fileKey } = graded.file
  const csv = await grader.open(graded.file)
  const payload = { cid: await deliver(csv), bytes: csv.length }
  return { submission: { number, solver, attempt, sealed: cid, ...payload, fileKey }, content: csv }
}
