/**
 * What labelers said where batches are paid per unit and the labels are for one age key: the sealed files that the chain names, opened by
 * the keys that the oracles sealed to it. A key opens one file, and the chain names that file: an oracle can leave one out, and alter none.
 */
import { cidToString, readSubmissions, type Submission, toHex, Verdict } from '@stellartrain/contracts-client'
import { checkSubmissionCommitment } from '@stellartrain/ipfs-content/commitment'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { networkId } from '@stellartrain/ipfs-content/network'
import { maxSealedBytes, openPublishedSubmissionFile } from '@stellartrain/ipfs-content/seal'
import type { ChallengeContext } from '../challenge/context.ts'
import { submissionFormHash } from '../challenge/forms.ts'
import { readHistory } from '../challenge/history.ts'
import { namedFrom } from '../challenge/numbers.ts'
import { readItems } from '../labeling/batch.ts'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import { sha256Hex } from '../system/digest.ts'
import { addVotes, emptyLabels, type Labels } from './labels.ts'
import { byAnyKey, type ResultsOptions, readResults, workUrls } from './results.ts'

/** @throws UserError `not_opened` (retryable where they will be); ContentError, ChainFailure */
export async function readSealedLabels(
  client: StellarTrain,
  context: ChallengeContext,
  options: ResultsOptions,
): Promise<Labels> {
  const { id, manifest, state } = context
  const { files: keys } = await readResults(client, await workUrls(client, context, options), options)
  const [itemsFile, named, { events }] = await Promise.all([
    readItems(client, manifest, {
      ...options,
      key: { maker: context.challenge.maker, identity: options.identity },
    }),
    namedFrom(client, id, 1, state.submitted, options),
    readHistory(client, id, options),
  ])
  const labels = emptyLabels(client, context, itemsFile)
  const submitted = new Map(
    events.flatMap((event) => (event.type === 'submitted' ? [[event.number, event] as const] : [])),
  )
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract, challenge: id }
  for (const [at, entry] of (await readSubmissions(client.chain, id, named, options)).entries()) {
    const { solver: labeler, attempt } = named[at]!
    if (entry?.verdict !== Verdict.Scored) continue
    const { number, units } = entry
    const found = await contentOf(client, context, { entry, expected: { ...place, solver: labeler }, keys }, options)
    if (typeof found === 'string') {
      labels.missing.push({ number, why: found })
      continue
    }
    const event = submitted.get(number)
    labels.batches.push({
      ...{ number, labeler, attempt, units, cid: cidToString(entry.cid), contentHash: toHex(entry.content_hash) },
      transaction: event ? { hash: event.txHash, ledger: event.ledger, closedAt: event.closedAt } : null,
    })
    addVotes(labels, found, { labeler, number })
  }
  return labels
}

type Of = {
  entry: Submission
  expected: { network: string; contract: string; challenge: number; solver: string }
  /** By the hash of the sealed file. */
  keys: ReadonlyMap<string, readonly string[]>
}

/** The content of a batch, held against what its labeler committed to; else why not. */
async function contentOf(
  client: StellarTrain,
  { manifest }: ChallengeContext,
  { entry, expected, keys }: Of,
  options: ResultsOptions,
): Promise<Uint8Array | string> {
  const { maxBytes } = manifest.submission
  try {
    const sealed = await fetchContent(client, cidToString(entry.cid), maxSealedBytes(maxBytes), options)
    const known = keys.get(await sha256Hex(sealed))
    if (known === undefined) return 'it was accepted, and no oracle gives its key'
    const { content, nonce } = await byAnyKey(known, (fileKey) =>
      openPublishedSubmissionFile({ sealed, fileKey, expected, maxBytes }),
    )
    const formHash = await submissionFormHash(manifest, content, expected.solver)
    if (!formHash) return 'it cannot be read'
    await checkSubmissionCommitment(entry.commitment, { ...expected, nonce, formHash })
    return content
  } catch (error) {
    options.signal?.throwIfAborted()
    if (!(error instanceof ContentError)) throw error
    return error.retryable ? `its file cannot be fetched: ${error.message}` : 'what was opened is not what was accepted'
  }
}
