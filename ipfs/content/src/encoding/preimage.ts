/** What commitments and key derivations are computed over, byte for byte: fixed widths, big-endian, addresses as XDR (docs/formats.md, Hashes). */

import { ContentError } from '../errors.ts'
import { concat, fromHex } from './bytes.ts'
import type { ChallengePlace } from './network.ts'
import { decodeAddress } from './strkey.ts'

const SCV_ADDRESS = 18
const ACCOUNT = 0
const CONTRACT = 1
const ED25519 = 0

/** A `u32` in four bytes, big-endian. @throws ContentError `bad_binding` */
export function u32(value: number): Uint8Array<ArrayBuffer> {
  if (!Number.isInteger(value) || value < 0 || value > 0xffff_ffff) {
    throw new ContentError('bad_binding', 'A challenge has a number from 1 to 4294967295.')
  }
  const out = new Uint8Array(4)
  new DataView(out.buffer).setUint32(0, value)
  return out
}

/** A `u64` in eight bytes, big-endian. @throws ContentError `bad_binding` */
export function u64(value: number): Uint8Array<ArrayBuffer> {
  if (!Number.isSafeInteger(value) || value < 0) {
    throw new ContentError('bad_binding', `A moment is a whole number of seconds since 1970, not ${value}.`)
  }
  const out = new Uint8Array(8)
  new DataView(out.buffer).setBigUint64(0, BigInt(value))
  return out
}

/** The XDR of an address as `ScVal`: 44 bytes of `G…`, 40 of `C…`. @throws ContentError `bad_address` */
export function addressXdr(address: string): Uint8Array<ArrayBuffer> {
  const bytes = decodeAddress(address)
  const head = address.startsWith('C') ? [SCV_ADDRESS, CONTRACT] : [SCV_ADDRESS, ACCOUNT, ED25519]
  return concat([...head.map(u32), bytes])
}

/** The 32 bytes of a network id in hex. @throws ContentError `bad_binding` */
export function networkBytes(network: string): Uint8Array<ArrayBuffer> {
  if (!/^[0-9a-f]{64}$/.test(network)) {
    throw new ContentError(
      'bad_binding',
      'A network id is the SHA-256 of its passphrase as 64 hex digits in lower case.',
    )
  }
  return fromHex(network)
}

/** network ‖ contract ‖ challenge: what belongs to one challenge and to no other begins with them. @throws ContentError `bad_address`, `bad_binding` */
export const challengeBytes = ({ network, contract, challenge }: ChallengePlace): Uint8Array<ArrayBuffer> =>
  concat([networkBytes(network), addressXdr(contract), u32(challenge)])

/** Refuses what has another length, for whoever would hash a hex string or half a nonce. @throws ContentError `bad_binding` */
export function bytes32(bytes: Uint8Array, what: string): Uint8Array {
  if (bytes.length !== 32) throw new ContentError('bad_binding', `The ${what} is 32 bytes.`)
  return bytes
}
