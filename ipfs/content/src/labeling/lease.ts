/**
 * Leases: which items a labeler may label in one attempt, and until when, signed by a majority of the challenge's oracles
 * (docs/formats.md, 5, Leases). Whoever has the items, the lease and the terms on-chain can check one; nothing here does I/O.
 */
import { ed25519 } from '@noble/curves/ed25519.js'
import { sha256 } from '@noble/hashes/sha2.js'
import * as z from 'zod/mini'
import { concat, fromHex, toHex, utf8 } from '../encoding/bytes.ts'
import type { ChallengePlace } from '../encoding/network.ts'
import { addressXdr, networkBytes, u32, u64 } from '../encoding/preimage.ts'
import { decodeAddress } from '../encoding/strkey.ts'
import { ContentError } from '../errors.ts'
import { address, checkDocument, hex64, integer, list, positive, textOf, unixTime } from '../json/fields.ts'

const VERSION = 1
const TAG = utf8('stellartrain/lease')
/** SEP-53: what is signed as a message can never be a transaction. */
const MESSAGE_PREFIX = utf8('Stellar Signed Message:\n')
/** Items of a batch, as the contract bounds its units. */
export const LEASE_MAX_ITEMS = 100_000
const MOST_ORACLES = 5
const MOST_LAYERS = 20

/** `signature`: ed25519 by the oracle's Stellar key, 64 bytes in hex. */
export const leaseSignatureSchema = z.strictObject({ oracle: address, signature: hex64 })
const signatures = list(leaseSignatureSchema, 1, MOST_ORACLES, (one) => one.oracle)

/**
 * As it stands in the header of a sealed batch, whose ids are the lease's items. `expires`: unix seconds. `layer`: which label of each of
 * its items this is, from 1 to the overlap.
 */
export const sealedLeaseSchema = z.strictObject({ layer: integer(1, MOST_LAYERS), expires: unixTime, signatures })

/** As it is handed out. The order of `items` is of no matter; the first signature is that of the oracle that proposed it. */
export const leaseSchema = z.strictObject({
  attempt: positive,
  layer: integer(1, MOST_LAYERS),
  expires: unixTime,
  items: list(textOf(4096), 1, LEASE_MAX_ITEMS, (id) => id),
  signatures,
})

export type LeaseSignature = z.output<typeof leaseSignatureSchema>
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
    networkBytes(of.network),
    addressXdr(of.contract),
    u32(of.challenge),
    addressXdr(of.labeler),
    u32(of.attempt),
    u32(of.layer),
    u64(of.expires),
    itemsHash(of.items),
  ])
}

/** What the key signs: the hash of the preimage as a message by SEP-53. @throws ContentError `bad_address`, `bad_binding` */
export function leaseDigest(of: LeaseTerms): Uint8Array<ArrayBuffer> {
  return new Uint8Array(sha256(concat([MESSAGE_PREFIX, leasePreimage(of)])))
}

/** @param seed the 32 secret bytes of the oracle's Stellar key @throws ContentError `bad_address`, `bad_binding` */
export function signLease(of: LeaseTerms, oracle: string, seed: Uint8Array): LeaseSignature {
  return { oracle, signature: toHex(ed25519.sign(leaseDigest(of), seed)) }
}

/**
 * The oracles among `oracles` whose signature stands under these terms. One implementation of ed25519 decides, by RFC 8032, wherever it
 * is asked: others may disagree about signatures that a dishonest key was made for.
 */
export function leaseSigners(
  of: LeaseTerms,
  given: readonly LeaseSignature[],
  oracles: readonly string[],
): ReadonlySet<string> {
  const digest = leaseDigest(of)
  const found = new Set<string>()
  for (const { oracle, signature } of given)
    if (oracles.includes(oracle) && !found.has(oracle) && isSigned(digest, oracle, signature)) found.add(oracle)
  return found
}

/** Whether a lease counts: signed by a majority of the challenge's oracles. */
export function leaseHolds(
  of: LeaseTerms,
  given: readonly LeaseSignature[],
  { oracles, quorum }: { oracles: readonly string[]; quorum: number },
): boolean {
  return leaseSigners(of, given, oracles).size >= quorum
}

function isSigned(digest: Uint8Array, oracle: string, signature: string): boolean {
  // A contract has no key of its own.
  if (!oracle.startsWith('G')) return false
  try {
    return ed25519.verify(fromHex(signature), digest, decodeAddress(oracle), { zip215: false })
  } catch (error) {
    if (error instanceof ContentError) throw error
    return false
  }
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let at = 0; at < shared; at++) if (a[at] !== b[at]) return a[at]! - b[at]!
  return a.length - b.length
}
