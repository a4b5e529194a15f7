/** Content ids between the form that the contract stores and their usual text, without a CID library. */
import { base32nopad } from '@scure/base'
import { base32Small } from './base32.ts'

export type OnChainCid = { codec: number; digest: Uint8Array }

const RAW = 0x55
const DAG_PB = 0x70

/** What precedes the digest besides the codec: version 1; SHA-256, 32 bytes. */
const [VERSION, SHA2_256, LENGTH] = [1, 0x12, 0x20]

const isTaken = ({ codec, digest }: OnChainCid) => (codec === RAW || codec === DAG_PB) && digest.length === LENGTH

/**
 * The usual text of an on-chain content id: CIDv1 in base32.
 * @throws RangeError unless the codec is raw (0x55) or dag-pb (0x70) and the digest has 32 bytes, as the contract demands.
 */
export function cidToString(cid: OnChainCid): string {
  if (!isTaken(cid)) throw new RangeError('a content id on the chain is raw or dag-pb with a SHA-256 digest')
  const bytes = new Uint8Array(LENGTH + 4)
  bytes.set([VERSION, cid.codec, SHA2_256, LENGTH])
  bytes.set(cid.digest, 4)
  return `b${base32Small(bytes)}`
}

/**
 * An on-chain content id from its text.
 * @throws RangeError unless it is a CIDv1 in base32 with SHA-256, raw (0x55) or dag-pb (0x70).
 */
export function cidFromString(text: string): OnChainCid {
  if (!/^b[a-z2-7]{58}$/.test(text)) throw new RangeError(`"${text}" is not a CIDv1 in base32 with SHA-256`)
  const [version, codec, hash, length, ...digest] = decode(text)
  const cid = { codec: codec!, digest: Uint8Array.from(digest) }
  if (version !== VERSION || hash !== SHA2_256 || length !== LENGTH || !isTaken(cid))
    throw new RangeError(`"${text}" is not of a kind that the contract takes: SHA-256, raw or dag-pb`)
  return cid
}

function decode(text: string): Uint8Array {
  try {
    return base32nopad.decode(text.slice(1).toUpperCase())
  } catch (cause) {
    throw new RangeError(`"${text}" is not a CIDv1 in base32: it ends in bits that carry nothing`, { cause })
  }
}
