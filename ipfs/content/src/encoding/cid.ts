/** Content identifiers as text and as the contract stores them. */
import { CID } from 'multiformats/cid'
import { create as createDigest } from 'multiformats/hashes/digest'
import { ContentError } from '../errors.ts'

export const RAW = 0x55
export const DAG_PB = 0x70
const SHA2_256 = 0x12

/** As the contract stores it. */
export type ChainCid = { codec: number; digest: Uint8Array }

/** @throws ContentError `bad_cid` for anything but CIDv1, base32, raw or dag-pb, sha2-256. */
export function parseCid(value: string): CID {
  let cid: CID | undefined
  try {
    cid = value.length === 59 ? CID.parse(value) : undefined
  } catch {}
  if (!cid || !isSupported(cid) || cid.toString() !== value) {
    throw new ContentError(
      'bad_cid',
      'Not a CID that StellarTrain uses: CIDv1 in base32, codec raw or dag-pb, sha2-256.',
    )
  }
  return cid
}

export function isCid(value: string): boolean {
  try {
    parseCid(value)
    return true
  } catch {
    return false
  }
}

export function isSupported(cid: CID): boolean {
  return (
    cid.version === 1 &&
    (cid.code === RAW || cid.code === DAG_PB) &&
    cid.multihash.code === SHA2_256 &&
    cid.multihash.digest.length === 32
  )
}

/** @throws ContentError `bad_cid` */
export function cidToChain(cid: string | CID): ChainCid {
  const parsed = parseCid(cid.toString())
  return { codec: parsed.code, digest: parsed.multihash.digest }
}

/** @throws ContentError `bad_cid` */
export function cidFromChain({ codec, digest }: ChainCid): string {
  if ((codec !== RAW && codec !== DAG_PB) || digest.length !== 32) {
    throw new ContentError(
      'bad_cid',
      'The contract names a CID with an unknown codec or a digest that is not 32 bytes.',
    )
  }
  return CID.createV1(codec, createDigest(SHA2_256, new Uint8Array(digest))).toString()
}
