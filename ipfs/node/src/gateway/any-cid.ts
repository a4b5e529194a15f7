/** CIDs as gateways take them: both versions, any of the usual bases, and those that hold their bytes themselves. */
import { DAG_PB } from '@stellartrain/ipfs-content/cid'
import { base16, base16upper } from 'multiformats/bases/base16'
import { base32, base32upper } from 'multiformats/bases/base32'
import { base36, base36upper } from 'multiformats/bases/base36'
import { base58btc, base58flickr } from 'multiformats/bases/base58'
import { base64, base64url } from 'multiformats/bases/base64'
import { CID } from 'multiformats/cid'
import { IpfsError } from '../errors.ts'

const BASES = [
  base32,
  base32upper,
  base36,
  base36upper,
  base58btc,
  base58flickr,
  base16,
  base16upper,
  base64url,
  base64,
]
const DECODER = BASES.slice(1).reduce((all, base) => all.or(base.decoder), BASES[0]!.decoder.or(BASES[0]!.decoder))

/** A name in the longest base of what a DNS label or a URL segment usefully holds; the bytes of an identity CID count. */
const MAX_LENGTH = 512
const IDENTITY = 0x00

/** CIDv1 of the same block. @throws IpfsError `bad_cid` */
export function parseAnyCid(text: string): CID {
  try {
    if (text.length > MAX_LENGTH) throw new Error('too long')
    const cid = CID.parse(text, DECODER as never)
    return cid.version === 1 ? cid : CID.createV1(DAG_PB, cid.multihash)
  } catch (cause) {
    throw new IpfsError('bad_cid', 'Not a CID: give one in version 0, or in version 1 in base 16, 32, 36, 58 or 64.', {
      cause,
    })
  }
}

/** The bytes of a CID that holds them itself. */
export function inlined(cid: CID): Uint8Array | undefined {
  return cid.multihash.code === IDENTITY ? cid.multihash.digest : undefined
}
