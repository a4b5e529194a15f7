/** The truth as it is uploaded: sealed to every oracle, bound to its maker, committed in the terms (docs/formats.md, 2). */

import { fromHex, toHex } from '../encoding/bytes.ts'
import type { TruthPlace } from '../encoding/network.ts'
import { ContentError, type ContentErrorCode } from '../errors.ts'
import { checkDocument } from '../json/fields.ts'
import { computeCid } from '../unixfs/import.ts'
import { ageDecrypt, ageDecryptWithFileKey, ageEncrypt } from './age.ts'
import { checkTruthCommitment, commitTruth } from './commitment.ts'
import { pack, truthHeader, unpack } from './container.ts'

export const TRUTH_SALT_BYTES = 32

/** `commitment` is 32 bytes for the terms. */
export type TruthFile = {
  sealed: Uint8Array<ArrayBuffer>
  cid: string
  commitment: Uint8Array<ArrayBuffer>
  salt: Uint8Array<ArrayBuffer>
}
export type OpenedTruthFile = { csv: Uint8Array<ArrayBuffer>; salt: Uint8Array<ArrayBuffer> }

/**
 * Seals a truth to the registered keys of all oracles.
 * @param options.recipients `age1…` of each oracle
 * @param options.formHash of the truth's canonical form, as `createFormHasher` gives it
 * @param options.salt for tests; else 32 random bytes
 * @throws ContentError `bad_container`, `bad_key`, `bad_binding`
 */
export async function sealTruthFile(options: {
  csv: Uint8Array
  place: TruthPlace
  recipients: readonly string[]
  formHash: Uint8Array
  salt?: Uint8Array
}): Promise<TruthFile> {
  const { csv, recipients, formHash } = options
  const { network, contract, maker } = options.place
  const salt = new Uint8Array(options.salt ?? crypto.getRandomValues(new Uint8Array(TRUTH_SALT_BYTES)))
  const place = { network, contract, maker, salt: toHex(salt) }
  const header = { format: 'stellartrain/truth', version: 1, ...place, bytes: csv.length }
  checkDocument(truthHeader, header, { code: 'bad_container', name: 'envelope' })
  const commitment = await commitTruth({ ...options.place, salt, formHash })
  const sealed = await ageEncrypt(pack(header, csv), recipients)
  return { sealed, cid: await computeCid(sealed), commitment, salt }
}

/**
 * Opens a truth as an oracle must before it accepts: it was sealed for this maker and is the committed one.
 * @param options.identities `AGE-SECRET-KEY-1…`; or `fileKey`, the key of this one file as `ageFileKey` gives it
 * @param options.formHash reads the CSV and gives the hash of its canonical form; what it throws passes through
 * @throws ContentError `not_sealed`, `not_a_recipient`, `bad_container`, `other_network`, `other_contract`, `other_maker`,
 * `commitment_mismatch`
 */
export async function openTruthFile(
  options: {
    sealed: Uint8Array
    expected: TruthPlace & { commitment: Uint8Array }
    formHash: (csv: Uint8Array<ArrayBuffer>) => Uint8Array | Promise<Uint8Array>
  } & ({ identities: readonly string[] } | { fileKey: string }),
): Promise<OpenedTruthFile> {
  const { sealed, expected, formHash } = options
  const decrypted =
    'fileKey' in options ? ageDecryptWithFileKey(sealed, options.fileKey) : ageDecrypt(sealed, options.identities)
  const { header, payload } = unpack(await decrypted, truthHeader)
  checkMaker('truth', header, expected)
  const salt = fromHex(header.salt)
  const { network, contract, maker, commitment } = expected
  await checkTruthCommitment(commitment, { network, contract, maker, salt, formHash: await formHash(payload) })
  return { csv: payload, salt }
}

/** Else whoever finds a sealed file could have it opened by naming it in a challenge of its own. @throws ContentError */
export function checkMaker(what: string, header: TruthPlace, expected: TruthPlace): void {
  for (const [field, code] of BINDINGS)
    if (header[field] !== expected[field])
      throw new ContentError(code, `The ${what} was sealed for another ${field}: it does not belong to this challenge.`)
}

const BINDINGS = [
  ['network', 'other_network'],
  ['contract', 'other_contract'],
  ['maker', 'other_maker'],
] as const satisfies readonly [keyof TruthPlace, ContentErrorCode][]
