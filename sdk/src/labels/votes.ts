/** What labelers said, out of what is public: every accepted batch of a challenge, checked against the chain, as votes on its items. */
import { readSubmissions, Verdict } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { type ChallengeContext, readContext } from '../challenge/context.ts'
import { readHistory } from '../challenge/history.ts'
import { namedFrom } from '../challenge/numbers.ts'
import { takesWork } from '../earnings/takes-work.ts'
import { readItems } from '../labeling/batch.ts'
import { type ChallengeFile, type ChallengeFiles, listFiles, streamFile } from '../opened/challenge-files.ts'
import type { StellarTrain } from '../system/client.ts'
import { isoTime } from '../system/iso-time.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { addVotes, emptyLabels, type Labels, taskOf } from './labels.ts'

export type { Batch, Labels, Vote } from './labels.ts'

/**
 * @param options.identity `AGE-SECRET-KEY-1…`, where the labels are opened to the maker's key alone
 * @throws UserError `rule_not_supported` where nothing is labeled, `not_opened` with the time from which it may be; ContentError, ChainFailure
 */
export async function readLabels(
  client: StellarTrain,
  challenge: number,
  options: AbortOptions & { identity?: string | undefined } = {},
): Promise<Labels> {
  const context = await readContext(client, challenge, options)
  const { manifest } = context
  if (takesWork(context)) return (await import('./work-votes.ts')).readWorkLabels(client, context, options)
  taskOf(context)
  if (manifest.labeling?.results?.startsWith('age1'))
    return (await import('./unit-votes.ts')).readSealedLabels(client, context, options)
  const files = await listFiles(client, challenge, options)
  if (files.openedBy.length === 0) throw notOpened(context, files)
  const [itemsFile, { events }] = await Promise.all([
    readItems(client, manifest, options),
    readHistory(client, challenge, options),
  ])
  const submitted = new Map(
    events.flatMap((event) => (event.type === 'submitted' ? [[event.number, event] as const] : [])),
  )
  const labels = emptyLabels(client, context, itemsFile)
  for (const { submission, ...file } of files.files) {
    if (!submission) continue
    const { number, solver: labeler, attempt, contentHash, units } = submission
    if (contentHash === null) {
      labels.missing.push({ number, why: 'its verdict has no content hash to compare a file with' })
      continue
    }
    const found = await contentOf(client, { ...file, submission }, files.hash, options)
    if (typeof found === 'string') {
      labels.missing.push({ number, why: found })
      continue
    }
    const event = submitted.get(number)
    const transaction = event ? { hash: event.txHash, ledger: event.ledger, closedAt: event.closedAt } : null
    labels.batches.push({ number, labeler, attempt, cid: found.cid, contentHash, units, transaction })
    addVotes(labels, found.csv, { labeler, number })
  }
  const opened = new Set(files.files.map(({ submission }) => submission?.number))
  for (const number of await acceptedNumbers(client, context, options))
    if (!opened.has(number)) labels.missing.push({ number, why: 'it was accepted, and no oracle opened it' })
  return labels
}

/** Numbers of all accepted batches; none where the RPC no longer knows who submitted. @throws ChainFailure */
async function acceptedNumbers(
  client: StellarTrain,
  { id, state }: ChallengeContext,
  options: AbortOptions,
): Promise<number[]> {
  const named = await namedFrom(client, id, 1, state.submitted, options).catch((error: unknown) => {
    if (error instanceof UserError && error.code === 'not_found') return []
    throw error
  })
  const entries = await readSubmissions(client.chain, id, named, options)
  return entries.flatMap((entry) => (entry?.verdict === Verdict.Scored ? [entry.number] : []))
}

/** Oracles open once the challenge has ended, at the latest when grading or judging ends. */
function notOpened({ terms, id, manifest }: ChallengeContext, { unusable }: ChallengeFiles): UserError {
  if (!manifest.opens.truth || manifest.opens.submissions === 'none')
    return new UserError('not_opened', `Challenge ${id} never opens its labels: its manifest says so.`)
  const last = terms.judge?.by ?? terms.gradeBy
  const why = unusable.length > 0 ? ` ${unusable.join(' ')}` : ''
  return new UserError(
    'not_opened',
    `The labels of challenge ${id} are still sealed: its oracles open them once the challenge has ended. The deadline is ${isoTime(terms.deadline)}, and grading ends by ${isoTime(last)}.${why}`,
    { retryable: true },
  )
}

/** The first copy whose content hash is the one on the chain; else why there is none. */
async function contentOf(
  client: StellarTrain,
  file: ChallengeFile,
  hash: ChallengeFiles['hash'],
  options: AbortOptions,
): Promise<{ cid: string; csv: Uint8Array } | string> {
  const { submission } = file
  let why = 'what was opened is not what was accepted'
  for (const { cid, bytes } of submission?.copies ?? []) {
    try {
      const parts: Uint8Array[] = []
      for await (const part of streamFile(client, { ...file, cid, bytes }, options)) parts.push(part)
      const csv = new Uint8Array(await new Blob(parts as Uint8Array<ArrayBuffer>[]).arrayBuffer())
      if (submission && (await hash?.(csv, submission)) === submission.contentHash) return { cid, csv }
    } catch (error) {
      if (!(error instanceof ContentError || error instanceof UserError)) throw error
      why = error.message
    }
  }
  return why
}
