/** A truth with the older commitment, over the bytes of its CSV. Replaced by `truth-file.ts` and `commitment.ts`; goes with its last caller. */
import { ageDecrypt, ageEncrypt } from './age.ts'
import { fromHex, sameBytes, sha256, toHex } from './bytes.ts'
import { pack, truthHeader, unpack } from './container.ts'
import { ContentError } from './errors.ts'
import type { TruthPlace } from './network.ts'

/** @deprecated use `TRUTH_SALT_BYTES` */
export const SALT_BYTES = 32

/** @deprecated use `TruthPlace` */
export type TruthBinding = TruthPlace

/** `commitment` is hex, for the manifest. */
export type SealedTruth = { sealed: Uint8Array<ArrayBuffer>; commitment: string; salt: Uint8Array<ArrayBuffer> }
export type OpenedTruth = { csv: Uint8Array<ArrayBuffer>; salt: Uint8Array<ArrayBuffer> }

/** SHA-256(salt ‖ CSV) in hex. @deprecated use `commitTruth` */
export async function truthCommitment(csv: Uint8Array, salt: Uint8Array): Promise<string> {
  if (salt.length !== SALT_BYTES) throw new ContentError('commitment_mismatch', 'The salt of a truth is 32 bytes.')
  return toHex(await sha256(salt, csv))
}

/** Whether this CSV and salt are what the maker committed to. @throws ContentError `commitment_mismatch` @deprecated use `checkTruthCommitment` */
export async function verifyTruth(csv: Uint8Array, salt: Uint8Array, commitment: string): Promise<void> {
  if (!sameBytes(fromHex(await truthCommitment(csv, salt)), fromHex(commitment))) {
    throw new ContentError('commitment_mismatch', 'The truth is not the one that the manifest committed to.')
  }
}

/** Seals a truth CSV for the oracles' recipients. `salt` is for tests; else 32 random bytes. @deprecated use `sealTruthFile` */
export async function sealTruth(options: {
  csv: Uint8Array
  binding: TruthBinding
  recipients: readonly string[]
  salt?: Uint8Array
}): Promise<SealedTruth> {
  const { csv, binding, recipients } = options
  const salt = new Uint8Array(options.salt ?? crypto.getRandomValues(new Uint8Array(SALT_BYTES)))
  const { network, contract, maker } = binding
  const commitment = await truthCommitment(csv, salt)
  const header = { format: 'stellartrain/truth', version: 1, network, contract, maker, salt: toHex(salt) }
  const sealed = await ageEncrypt(pack(header, csv), recipients)
  return { sealed, commitment, salt }
}

/**
 * Opens a truth, checks for whom it was sealed and that it is the committed one.
 * @throws ContentError `not_sealed`, `not_a_recipient`, `bad_container`, `other_network`, `other_contract`, `other_maker`, `commitment_mismatch`
 * @deprecated use `openTruthFile`
 */
export async function openTruth(options: {
  sealed: Uint8Array
  identities: readonly string[]
  expected: TruthBinding & { commitment: string }
}): Promise<OpenedTruth> {
  const { sealed, identities, expected } = options
  const { header, payload } = unpack(await ageDecrypt(sealed, identities), truthHeader)
  if (header.network !== expected.network) throw mismatch('other_network', 'network')
  if (header.contract !== expected.contract) throw mismatch('other_contract', 'contract')
  if (header.maker !== expected.maker) throw mismatch('other_maker', 'maker')
  const salt = fromHex(header.salt)
  await verifyTruth(payload, salt, expected.commitment)
  return { csv: payload, salt }
}

function mismatch(code: 'other_network' | 'other_contract' | 'other_maker', what: string): ContentError {
  return new ContentError(code, `The truth was sealed for another ${what}: it does not belong to this challenge.`)
}
