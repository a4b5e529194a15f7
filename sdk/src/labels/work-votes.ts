/**
 * What labelers said where earnings are paid: by the lists of work that the posted reports name, and the files' keys, which oracles give to
 * whom the manifest says. Every file is held against what its labeler signed: an oracle can leave one out, and alter none.
 */
import { isDigestSigned, view, views } from '@stellartrain/contracts-client'
import { fromHex } from '@stellartrain/contracts-client/hex'
import { askJson } from '@stellartrain/ipfs-content/ask'
import { checkSubmissionCommitment } from '@stellartrain/ipfs-content/commitment'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { networkId } from '@stellartrain/ipfs-content/network'
import { maxSealedBytes, openPublishedSubmissionFile } from '@stellartrain/ipfs-content/seal'
import { batchDigest, parseWork, type SignedBatch, WORK_MAX_BYTES } from '@stellartrain/ipfs-content/work'
import type { ChallengeContext } from '../challenge/context.ts'
import { submissionFormHash } from '../challenge/forms.ts'
import { readHistory } from '../challenge/history.ts'
import { readReport } from '../earnings/earnings.ts'
import { workContext } from '../earnings/work-oracles.ts'
import { readItems } from '../labeling/batch.ts'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import { sha256Hex } from '../system/digest.ts'
import { addVotes, emptyLabels, type Labels } from './labels.ts'
import { byAnyKey, type ResultsOptions, readResults, SILENT_MS, workUrls } from './results.ts'

/** @throws UserError `not_opened` (retryable where they will be); ContentError, ChainFailure */
export async function readWorkLabels(
  client: StellarTrain,
  context: ChallengeContext,
  options: ResultsOptions,
): Promise<Labels> {
  const { manifest, id: challenge } = context
  const { epochs } = await view(client.chain, views.earnings({ challenge }), options)
  const urls = await workUrls(client, context, options)
  const { files: keys } = await readResults(client, urls, options)
  const itemsFile = await readItems(client, manifest, {
    ...options,
    key: { maker: context.challenge.maker, identity: options.identity },
  })
  const labels = emptyLabels(client, context, itemsFile)
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract, challenge }
  const history = await readHistory(client, challenge, options)
  const posted = new Map(
    history.events.flatMap((event) =>
      event.type === 'earnings_posted' && event.quorum ? [[event.epoch, event] as const] : [],
    ),
  )
  let number = 0
  for (let epoch = 1; epoch <= epochs; epoch++) {
    const report = await readReport(client, challenge, epoch, { ...options, history })
    if (!report.work) continue
    const event = posted.get(epoch)
    const list = parseWork(await fetchContent(client, report.work, WORK_MAX_BYTES, options))
    for (const batch of list.batches) {
      number++
      const known = keys.get(batch.sha256)
      if (known === undefined) {
        if (batch.reason === 0) labels.missing.push({ number, why: 'it was accepted, and no oracle gives its key' })
        continue
      }
      const found = await contentOf(client, context, { batch, keys: known, urls, place }, options)
      if (typeof found === 'string') {
        labels.missing.push({ number, why: found })
        continue
      }
      const { labeler, attempt, units, commitment } = batch
      labels.batches.push({
        number,
        labeler,
        attempt,
        cid: report.work,
        contentHash: commitment,
        units,
        epoch,
        transaction: event ? { hash: event.txHash, ledger: event.ledger, closedAt: event.closedAt } : null,
      })
      addVotes(labels, found, { labeler, number })
    }
  }
  return labels
}

/**
 * What the batches say against whose rejection an appeal is open, for the reviewer who has the key: CSVs by `labeler/attempt`.
 * @throws UserError `not_opened`; ContentError, ChainFailure
 */
export async function readAppealed(
  client: StellarTrain,
  challenge: number,
  options: ResultsOptions,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const context = await workContext(client, challenge, options)
  const urls = await workUrls(client, context, options)
  const { appealed: keys } = await readResults(client, urls, options)
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract, challenge }
  const { epochs } = await view(client.chain, views.earnings({ challenge }), options)
  const history = await readHistory(client, challenge, options)
  const found = new Map<string, Uint8Array>()
  for (let epoch = epochs; epoch >= 1 && found.size < keys.size; epoch--) {
    const { work } = await readReport(client, challenge, epoch, { ...options, history })
    const { batches } = work ? parseWork(await fetchContent(client, work, WORK_MAX_BYTES, options)) : { batches: [] }
    for (const batch of batches) {
      const known = keys.get(batch.sha256)
      if (known === undefined) continue
      const csv = await contentOf(client, context, { batch, keys: known, urls, place }, options)
      if (typeof csv !== 'string') found.set(`${batch.labeler}/${batch.attempt}`, csv)
    }
  }
  return found
}

/** The content of a batch, held against what its labeler signed; else why not. */
async function contentOf(
  client: StellarTrain,
  { manifest }: ChallengeContext,
  of: {
    batch: SignedBatch
    keys: readonly string[]
    urls: readonly string[]
    place: { network: string; contract: string; challenge: number }
  },
  { signal }: ResultsOptions,
): Promise<Uint8Array | string> {
  const { batch, place, keys } = of
  const { labeler, attempt, units, commitment, sha256, signature } = batch
  const said = { labeler, attempt, units, commitment, sha256 }
  if (!isDigestSigned(batch.labeler, client.config.passphrase, batchDigest(place, said), signature))
    return 'its labeler did not sign it'
  for (const url of of.urls) {
    try {
      // As base64 beside the batch itself.
      const most = 2 * maxSealedBytes(manifest.submission.maxBytes)
      const question = { silentMs: SILENT_MS, maxBytes: most, signal, fetch: client.fetch }
      const answer = await askJson(`${url}/batches/${batch.sha256}`, question)
      const { sealed } = (answer ?? {}) as { sealed?: unknown }
      if (typeof sealed !== 'string') continue
      const bytes = Uint8Array.from(atob(sealed), (one) => one.charCodeAt(0))
      if ((await sha256Hex(bytes)) !== batch.sha256) continue
      const expected = { ...place, solver: batch.labeler }
      const { maxBytes } = manifest.submission
      const { content, nonce } = await byAnyKey(keys, (fileKey) =>
        openPublishedSubmissionFile({ sealed: bytes, fileKey, expected, maxBytes }),
      )
      const formHash = await submissionFormHash(manifest, content, batch.labeler)
      if (!formHash) return 'it cannot be read'
      await checkSubmissionCommitment(fromHex(batch.commitment), { ...expected, nonce, formHash })
      return content
    } catch (error) {
      signal?.throwIfAborted()
      if (error instanceof ContentError && !error.retryable) return 'what was opened is not what its labeler signed'
    }
  }
  return 'no oracle has its file'
}
