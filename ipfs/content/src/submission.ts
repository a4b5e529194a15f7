/** The older envelope of a submission, sealed to every oracle's own key. Replaced by `submission-file.ts`; goes with its last caller. */
import { ageDecrypt, ageDecryptWithFileKey, ageEncrypt } from './age.ts'
import { maxSealedBytes, pack, submissionHeader, unpack } from './container.ts'
import { ContentError, type ContentErrorCode } from './errors.ts'
import { checkDocument } from './fields.ts'
import type { SubmissionPlace } from './network.ts'

/** @deprecated use `SubmissionPlace` */
export type SubmissionBinding = SubmissionPlace

/**
 * Seals a CSV for the recipients (`age1…`) of all oracles of the challenge. @throws ContentError `bad_container`, `bad_key`
 * @deprecated use `sealSubmissionFile`
 */
export async function sealSubmission(options: {
  payload: Uint8Array
  binding: SubmissionBinding
  recipients: readonly string[]
}): Promise<Uint8Array<ArrayBuffer>> {
  const { payload, binding, recipients } = options
  const { network, contract, challenge, solver } = binding
  const header = { format: 'stellartrain/submission', version: 1, network, contract, challenge, solver }
  const whole = { ...header, mediaType: 'text/csv', bytes: payload.length }
  checkDocument(submissionHeader, whole, { code: 'bad_container', name: 'envelope' })
  return ageEncrypt(pack(whole, payload), recipients)
}

/**
 * Opens a submission and checks that it belongs to this very entry on-chain. `maxBytes` is the manifest's `submission.maxBytes`.
 * Every error but `not_a_recipient` is a reason to reject (`rejectionOf`), the same for each oracle.
 * @throws ContentError `too_large`, `not_sealed`, `not_a_recipient`, `bad_container`, `other_network`, `other_contract`, `other_challenge`, `other_solver`, `bad_media_type`
 * @deprecated use `openSubmissionFile`
 */
export async function openSubmission(options: {
  sealed: Uint8Array
  identities: readonly string[]
  expected: SubmissionBinding
  maxBytes: number
}): Promise<Uint8Array<ArrayBuffer>> {
  const { sealed, identities } = options
  return unwrap(options, () => ageDecrypt(sealed, identities))
}

/**
 * The same with the file's own key, as openings publish it: for those who are no recipients.
 * @throws ContentError as `openSubmission`; `not_a_recipient` if the key is another file's, `bad_key`
 * @deprecated use `openPublishedSubmissionFile`
 */
export async function openPublishedSubmission(options: {
  sealed: Uint8Array
  /** 16 bytes in hex. */
  fileKey: string
  expected: SubmissionBinding
  maxBytes: number
}): Promise<Uint8Array<ArrayBuffer>> {
  const { sealed, fileKey } = options
  return unwrap(options, () => ageDecryptWithFileKey(sealed, fileKey))
}

async function unwrap(
  { sealed, expected, maxBytes }: { sealed: Uint8Array; expected: SubmissionBinding; maxBytes: number },
  decrypt: () => Promise<Uint8Array<ArrayBuffer>>,
): Promise<Uint8Array<ArrayBuffer>> {
  if (sealed.length > maxSealedBytes(maxBytes)) throw tooLarge(maxBytes)
  const { header, payload } = unpack(await decrypt(), submissionHeader)
  for (const [field, code] of BINDINGS) {
    if (header[field] !== expected[field]) {
      throw new ContentError(code, `The submission was sealed for another ${field}: it is worth nothing here.`)
    }
  }
  if (header.mediaType !== 'text/csv') throw new ContentError('bad_media_type', 'The submission is not marked as CSV.')
  if (payload.length > maxBytes) throw tooLarge(maxBytes)
  return payload
}

const BINDINGS = [
  ['network', 'other_network'],
  ['contract', 'other_contract'],
  ['challenge', 'other_challenge'],
  ['solver', 'other_solver'],
] as const satisfies readonly [keyof SubmissionBinding, ContentErrorCode][]

function tooLarge(maxBytes: number): ContentError {
  return new ContentError('too_large', `The submission is larger than the ${maxBytes} bytes that the challenge allows.`)
}
