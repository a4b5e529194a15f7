/**
 * Signatures of a challenge's oracles under what a labeler may do: by their Stellar keys, under messages by SEP-53. Whoever has the challenge
 * on-chain can check one; nothing here does I/O.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod/mini'
import { concat, fromHex, toHex, utf8 } from '../encoding/bytes.ts'
import { decodeAddress } from '../encoding/strkey.ts'
import { ContentError } from '../errors.ts'
import { address, hex64, list } from '../json/fields.ts'

/** What is signed as a message can never be a transaction. */
const MESSAGE_PREFIX = utf8('Stellar Signed Message:\n')
const MOST_ORACLES = 5

/** `signature`: ed25519 by the oracle's Stellar key, 64 bytes in hex. */
export const leaseSignatureSchema = z.strictObject({ oracle: address, signature: hex64 })
export type LeaseSignature = z.output<typeof leaseSignatureSchema>

/** At least one, and one of each oracle. */
export const signaturesSchema = list(leaseSignatureSchema, 1, MOST_ORACLES, ({ oracle }) => oracle)

/** What a key signs of a message: its hash by SEP-53. */
export const messageDigest = (message: Uint8Array): Uint8Array<ArrayBuffer> =>
  new Uint8Array(sha256(concat([MESSAGE_PREFIX, message])))

/** @param seed the 32 secret bytes of the oracle's Stellar key */
export const signDigest = (digest: Uint8Array, oracle: string, seed: Uint8Array): LeaseSignature => ({
  oracle,
  signature: toHex(ed25519.sign(digest, seed)),
})

/**
 * Those signatures among `given` that one of `oracles` made under the digest, the first of each oracle. One implementation of ed25519
 * decides, by RFC 8032, wherever it is asked: others may disagree about signatures that a dishonest key was made for.
 */
export function trueSignatures(
  digest: Uint8Array,
  given: readonly LeaseSignature[],
  oracles: readonly string[],
): LeaseSignature[] {
  const found = new Map<string, LeaseSignature>()
  for (const one of given)
    if (oracles.includes(one.oracle) && !found.has(one.oracle) && isSigned(digest, one)) found.set(one.oracle, one)
  return [...found.values()]
}

function isSigned(digest: Uint8Array, { oracle, signature }: LeaseSignature): boolean {
  // A contract has no key of its own.
  if (!oracle.startsWith('G') || !/^[0-9a-f]{128}$/.test(signature)) return false
  try {
    return ed25519.verify(fromHex(signature), digest, decodeAddress(oracle), { zip215: false })
  } catch (error) {
    if (error instanceof ContentError) throw error
    return false
  }
}
