/**
 * Leases: which items a labeler may label in one attempt, and until when, signed by a majority of the challenge's oracles
 * (docs/formats.md, 5, Leases). Whoever has the items, the lease and the terms on-chain can check one; nothing here does I/O.
 */
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod/mini'
import { concat, utf8 } from '../encoding/bytes.ts'
import type { ChallengePlace } from '../encoding/network.ts'
import { addressXdr, challengeBytes, u32, u64 } from '../encoding/preimage.ts'
import { checkDocument, integer, list, positive, textOf, unixTime } from '../json/fields.ts'
import { type LeaseSignature, messageDigest, signaturesSchema, signDigest, trueSignatures } from './signature.ts'

export { type LeaseSignature, leaseSignatureSchema } from './signature.ts'

const VERSION = 1
const TAG = utf8('stellartrain/lease')
/** Items of a batch, as the contract bounds its units. */
export const LEASE_MAX_ITEMS = 100_000
const MOST_LAYERS = 20

/**
 * As it stands in the header of a sealed batch, whose ids are the lease's items. `expires`: unix seconds. `layer`: which label of each of
 * its items this is, from 1 to the overlap.
 */
export const sealedLeaseSchema = z.strictObject({
  layer: integer(1, MOST_LAYERS),
  expires: unixTime,
  signatures: signaturesSchema,
})

/** As it is handed out. The order of `items` is of no matter; the first signature is that of the oracle that proposed it. */
export const leaseSchema = z.strictObject({
  attempt: positive,
  layer: integer(1, MOST_LAYERS),
  expires: unixTime,
  items: list(textOf(4096), 1, LEASE_MAX_ITEMS, (id) => id),
  signatures: signaturesSchema,
})

export type SealedLease = z.output<typeof sealedLeaseSchema>
export type Lease = z.output<typeof leaseSchema>

/** All that a signature stands for. */
export type LeaseTerms = ChallengePlace & {
  labeler: string
  attempt: number
  /**
   * Each layer has every item once. So an oracle that signs a place of a layer once is enough: two majorities share one, and what they
   * do not know of each other's leases gives no place away twice.
   */
  layer: number
  /** Unix seconds; a batch that is in the ledger by then counts. */
  expires: number
  items: readonly string[]
}

/** @throws ContentError `bad_lease`, every field's problem in `problems` */
export function checkLease(value: unknown): Lease {
  return checkDocument(leaseSchema, value, { code: 'bad_lease', name: 'lease' })
}

/** SHA-256 of the ids sorted by their UTF-8 bytes, each behind its length as `u32`. */
export function itemsHash(items: readonly string[]): Uint8Array {
  const hasher = sha256.create()
  for (const id of items.map(utf8).sort(compareBytes)) {
    hasher.update(u32(id.length))
    hasher.update(id)
  }
  return hasher.digest()
}

/**
 * `stellartrain/lease` ‖ 1 ‖ network ‖ contract ‖ challenge ‖ labeler ‖ attempt ‖ layer ‖ expires (`u64`) ‖ items hash: the message that the
 * oracles sign. @throws ContentError `bad_address`, `bad_binding`
 */
export function leasePreimage(of: LeaseTerms): Uint8Array<ArrayBuffer> {
  return concat([
    TAG,
    Uint8Array.of(VERSION),
    challengeBytes(of),
    addressXdr(of.labeler),
    u32(of.attempt),
    u32(of.layer),
    u64(of.expires),
    itemsHash(of.items),
  ])
}

/** What the key signs: the hash of the preimage as a message by SEP-53. @throws ContentError `bad_address`, `bad_binding` */
export function leaseDigest(of: LeaseTerms): Uint8Array<ArrayBuffer> {
  return messageDigest(leasePreimage(of))
}

/** @param seed the 32 secret bytes of the oracle's Stellar key @throws ContentError `bad_address`, `bad_binding` */
export function signLease(of: LeaseTerms, oracle: string, seed: Uint8Array): LeaseSignature {
  return signDigest(leaseDigest(of), oracle, seed)
}

/** The oracles among `oracles` whose signature stands under these terms. */
export function leaseSigners(
  of: LeaseTerms,
  given: readonly LeaseSignature[],
  oracles: readonly string[],
): ReadonlySet<string> {
  return new Set(trueSignatures(leaseDigest(of), given, oracles).map(({ oracle }) => oracle))
}

/** Whether a lease counts: signed by a majority of the challenge's oracles. */
export function leaseHolds(
  of: LeaseTerms,
  given: readonly LeaseSignature[],
  { oracles, quorum }: { oracles: readonly string[]; quorum: number },
): boolean {
  return leaseSigners(of, given, oracles).size >= quorum
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at++) if (a[at] !== b[at]) return a[at]! - b[at]!
  return a.length - b.length
}
