/** A submission as it is uploaded: sealed to the challenge key alone, bound to its solver and challenge (docs/formats.md, 4). */

import { fromHex, toHex } from '../encoding/bytes.ts'
import type { SubmissionPlace } from '../encoding/network.ts'
import { ContentError, type ContentErrorCode } from '../errors.ts'
import { checkDocument } from '../json/fields.ts'
import type { SealedLease } from '../labeling/lease.ts'
import { computeCid } from '../unixfs/import.ts'
import { ageDecrypt, ageDecryptWithFileKey, ageEncrypt, recipientFromKey, requireOneRecipient } from './age.ts'
import { commitSubmission } from './commitment.ts'
import { maxSealedBytes, pack, submissionFileHeader, unpack } from './container.ts'

export const NONCE_BYTES = 32
const CSV = 'text/csv'

/** All that `submit` names, known before a byte leaves the solver's machine. */
export type SubmissionFile = {
  sealed: Uint8Array<ArrayBuffer>
  cid: string
  /** 32 bytes for the contract. */
  commitment: Uint8Array<ArrayBuffer>
  /** Inside the file; who loses it can read it out of the file, but only with the challenge key. */
  nonce: Uint8Array<ArrayBuffer>
}

export type OpenedSubmissionFile = {
  content: Uint8Array<ArrayBuffer>
  nonce: Uint8Array<ArrayBuffer>
  /** As it stands in the header, unchecked; absent where the file names none. */
  lease?: SealedLease
}

type OpenOptions = {
  sealed: Uint8Array
  /** The entry on-chain that names the file's CID. */
  expected: SubmissionPlace
  /** The manifest's limit for the content. */
  maxBytes: number
  /** What the content may be called; `text/csv` alone unless given. */
  mediaTypes?: readonly string[]
  /** What the content is, where that must be what it is called. */
  mediaTypeOf?: (content: Uint8Array) => string
}

/**
 * Seals the content to the challenge key, and gives CID and commitment.
 * @param options.challengeKey 32 bytes, as the contract stores it
 * @param options.formHash of the content's canonical form, as `createFormHasher` gives it
 * @param options.nonce for tests; else 32 random bytes
 * @param options.lease where batches of labels need one
 * @throws ContentError `bad_container`, `bad_key`, `bad_binding`
 */
export async function sealSubmissionFile(options: {
  content: Uint8Array
  place: SubmissionPlace
  challengeKey: Uint8Array
  formHash: Uint8Array
  mediaType?: string
  nonce?: Uint8Array
  lease?: SealedLease | undefined
}): Promise<SubmissionFile> {
  const { content, challengeKey, formHash, mediaType = CSV, place, lease } = options
  const nonce = new Uint8Array(options.nonce ?? crypto.getRandomValues(new Uint8Array(NONCE_BYTES)))
  const plain = packSubmission({ content, place, nonce, mediaType, lease })
  const commitment = await commitSubmission({ ...place, nonce, formHash })
  const sealed = await ageEncrypt(plain, [recipientFromKey(challengeKey)])
  return { sealed, cid: await computeCid(sealed), commitment, nonce }
}

/**
 * The container as it stands inside the sealed file, in clear: a disclosure, which a solver hands to someone who has no oracle's key.
 * @throws ContentError `bad_container`
 */
export function packSubmission(of: {
  content: Uint8Array
  place: SubmissionPlace
  nonce: Uint8Array
  mediaType?: string
  lease?: SealedLease | undefined
}): Uint8Array<ArrayBuffer> {
  const { content, mediaType = CSV, lease } = of
  const { network, contract, challenge, solver } = of.place
  const binding = { network, contract, challenge, solver, nonce: toHex(of.nonce) }
  const format = { format: 'stellartrain/submission', version: 2 }
  // Of a lease as it was handed out only what is not in the file already.
  const held = lease && { lease: { layer: lease.layer, expires: lease.expires, signatures: lease.signatures } }
  const header = { ...format, ...binding, mediaType, bytes: content.length, ...held }
  checkDocument(submissionFileHeader, header, { code: 'bad_container', name: 'envelope' })
  return pack(header, content)
}

/**
 * Reads what `packSubmission` made and checks that it belongs to this entry on-chain. It proves nothing until its content was held
 * against the entry's commitment: `checkSubmissionCommitment`.
 * @throws ContentError as `openSubmissionFile`, from `bad_container` on
 */
export function unpackSubmission(
  plain: Uint8Array<ArrayBuffer>,
  { expected, maxBytes, mediaTypes = [CSV], mediaTypeOf }: Omit<OpenOptions, 'sealed'>,
): OpenedSubmissionFile {
  const { header, payload } = unpack(plain, submissionFileHeader)
  for (const [field, code] of BINDINGS) {
    if (header[field] !== expected[field]) {
      throw new ContentError(code, `The submission was sealed for another ${field}: it is worth nothing here.`)
    }
  }
  if (!mediaTypes.includes(header.mediaType)) {
    throw new ContentError('bad_media_type', `The submission is not marked as ${mediaTypes.join(' or ')}.`)
  }
  if (payload.length > maxBytes) throw tooLarge(maxBytes)
  if (mediaTypeOf && mediaTypeOf(payload) !== header.mediaType) {
    throw new ContentError('bad_media_type', `The submission is marked as ${header.mediaType}, and its content is not.`)
  }
  return { content: payload, nonce: fromHex(header.nonce), ...(header.lease && { lease: header.lease }) }
}

/**
 * Opens a submission with the challenge key and checks that it belongs to this very entry on-chain. Compare the content with the
 * entry's commitment afterwards: `checkSubmissionCommitment`.
 * @param options.identity `AGE-SECRET-KEY-1…` of the challenge key
 * @throws ContentError `too_large`, `not_sealed`, `bad_recipients`, `other_key`, `bad_container`, `other_network`, `other_contract`,
 * `other_challenge`, `other_solver`, `bad_media_type`: each a reason to reject (`rejectionOf`), the same for every oracle
 */
export async function openSubmissionFile(options: OpenOptions & { identity: string }): Promise<OpenedSubmissionFile> {
  const { sealed, identity } = options
  return unwrap(options, () => ageDecrypt(sealed, [identity]))
}

/**
 * The same with the file's own key, as openings publish it: for those who have no challenge key.
 * @param options.fileKey 16 bytes in hex, as `ageFileKey` gives it
 * @throws ContentError as `openSubmissionFile`; `other_key` if the file key is another file's, `bad_key`
 */
export async function openPublishedSubmissionFile(
  options: OpenOptions & { fileKey: string },
): Promise<OpenedSubmissionFile> {
  const { sealed, fileKey } = options
  return unwrap(options, () => ageDecryptWithFileKey(sealed, fileKey))
}

async function unwrap(
  { sealed, ...options }: OpenOptions,
  decrypt: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<OpenedSubmissionFile> {
  if (sealed.length > maxSealedBytes(options.maxBytes)) throw tooLarge(options.maxBytes)
  requireOneRecipient(sealed)
  const plain = await decrypt().catch((error: unknown) => {
    if (!(error instanceof ContentError) || error.code !== 'not_a_recipient') throw error
    throw new ContentError('other_key', 'The submission is sealed to another key than the one of this challenge.')
  })
  return unpackSubmission(plain, options)
}

const BINDINGS = [
  ['network', 'other_network'],
  ['contract', 'other_contract'],
  ['challenge', 'other_challenge'],
  ['solver', 'other_solver'],
] as const satisfies readonly [keyof SubmissionPlace, ContentErrorCode][]

function tooLarge(maxBytes: number): ContentError {
  return new ContentError('too_large', `The submission is larger than the ${maxBytes} bytes that the challenge allows.`)
}
