/**
 * Labeling where earnings are paid: items are leased as everywhere, the sealed batch is signed and handed to the oracles, and no
 * transaction and no fee is a labeler's. An epoch later the oracles say what became of it; who loses by a verdict can appeal.
 */
import { asSigner, signDigest, toHex } from '@stellartrain/contracts-client'
import { networkId } from '@stellartrain/ipfs-content/network'
import { sealSubmissionFile } from '@stellartrain/ipfs-content/seal'
import { batchDigest } from '@stellartrain/ipfs-content/work'
import { challengeKey } from '../challenge/context.ts'
import { submissionFormHash } from '../challenge/forms.ts'
import { checkBatchAnswers } from '../labeling/answers.ts'
import { readItems, rowsOf, type Tasks } from '../labeling/batch.ts'
import { batchAnswers } from '../labeling/filled-in.ts'
import { keptLease, keyOf, leaseEnded, submittableUntil } from '../labeling/kept-lease.ts'
import { type LeaseOptions, leaseToSubmit, takeLease } from '../labeling/lease.ts'
import { readLeasedItems } from '../labeling/leased-items.ts'
import { checkFile } from '../submit/precheck.ts'
import { CheckFailed } from '../submit/submit.ts'
import type { StellarTrain } from '../system/client.ts'
import { sha256Hex } from '../system/digest.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { readAttempts } from './own-work.ts'
import { give, workContext } from './work-oracles.ts'

export {
  type Appeals,
  appealBatch,
  type Decided,
  type Decisions,
  decideAppeals,
  type OpenAppeal,
  readAppeals,
} from './appeals.ts'
export { type OwnBatch, type OwnWork, readOwnWork } from './own-work.ts'

/**
 * What its labeler would label next, leased to it.
 * @throws UserError `rule_not_supported`, as `takeLease`; ContentError, ChainFailure
 */
export async function readWork(
  client: StellarTrain,
  { challenge }: { challenge: number },
  { signer, drafts, signal, onSigning }: LeaseOptions,
): Promise<Tasks> {
  const context = await workContext(client, challenge, { signal })
  const labeler = asSigner(signer).address
  const attempt = (await readAttempts(client, context, labeler, { signal })) + 1
  const lease = await takeLease(client, context, attempt, { signer, drafts, signal, onSigning })
  const { manifest } = context
  const shown = manifest.labeling?.private
    ? await readLeasedItems(client, context, lease, { signer, signal, onSigning })
    : rowsOf(await readItems(client, manifest, { signal }), manifest, lease.items)
  return {
    ...{ challenge, labeler, attempt, ...shown, columns: manifest.submission.columns },
    ...(manifest.labeling?.task && { task: manifest.labeling.task }),
    expires: submittableUntil(lease, context.terms),
  }
}

export type HandedIn = {
  attempt: number
  units: number
  /** SHA-256 of the sealed file, hex. */
  sha256: string
  /** Oracles that have it. */
  took: string[]
}

type Batch = LeaseOptions & { challenge: number; csv: Uint8Array }

/** Checks a batch against its lease and the labeling task; nothing is signed but a sign-in. @throws CheckFailed, UserError `lease_expired` */
export async function checkBatch(client: StellarTrain, batch: Batch): Promise<{ attempt: number; rows: number }> {
  const { attempt, lease } = await checked(client, batch)
  return { attempt, rows: lease.items.length }
}

async function checked(client: StellarTrain, { challenge, csv, ...options }: Batch) {
  const { signal, drafts } = options
  const signer = asSigner(options.signer)
  const context = await workContext(client, challenge, { signal })
  const attempt = (await readAttempts(client, context, signer.address, { signal })) + 1
  if ((await keptLease(drafts, keyOf(client, { challenge, solver: signer.address, attempt }))) === undefined)
    throw leaseEnded(undefined)
  const lease = await leaseToSubmit(client, context, attempt, { ...options, signer })
  const leased = { lease, signer }
  const content = new Uint8Array(await batchAnswers(client, context, csv, { signal, leased }))
  const precheck = await checkFile(context.manifest, content, { ids: lease.items })
  if (!precheck.ok) throw new CheckFailed(precheck)
  await checkBatchAnswers(client, context, content, { signal, leased })
  return { signer, context, attempt, lease, content }
}

/**
 * Checks, seals, signs and hands in a batch. One oracle is enough, for they hand on what they took. Repeating it is safe.
 * @throws CheckFailed, UserError `lease_expired`, `not_handed_out` (retryable); what the wallet throws
 */
export async function handInBatch(client: StellarTrain, batch: Batch): Promise<HandedIn> {
  const { challenge, signal } = batch
  const { signer, context, attempt, lease, content } = await checked(client, batch)
  const labeler = signer.address
  const formHash = await submissionFormHash(context.manifest, content, labeler)
  if (!formHash) throw new UserError('bad_input', 'The file has no canonical form, though it passed the check.')
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract, challenge }
  const { sealed, commitment } = await sealSubmissionFile({
    content,
    place: { ...place, solver: labeler },
    challengeKey: challengeKey(context),
    formHash,
    lease: { layer: lease.layer, expires: lease.expires, signatures: lease.signatures },
  })
  const sha256 = await sha256Hex(sealed)
  const said = { labeler, attempt, units: lease.items.length, commitment: toHex(commitment), sha256 }
  const signature = await signDigest(signer, client.config.passphrase, batchDigest(place, said), { signal })
  const body = JSON.stringify({ challenge, batch: { ...said, signature }, sealed: toBase64(sealed) })
  const took = await give(client, context, 'batches', body, { signal })
  return { attempt, units: said.units, sha256, took }
}

/** Batches that a labeler handed in, as its signatures prove. @throws UserError `rule_not_supported`, `no_lease` (retryable) */
export async function readHandedIn(
  client: StellarTrain,
  { challenge, labeler }: { challenge: number; labeler: string },
  options: AbortOptions = {},
): Promise<number> {
  return readAttempts(client, await workContext(client, challenge, options), labeler, options)
}

function toBase64(bytes: Uint8Array): string {
  let text = ''
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000))
  return btoa(text)
}
