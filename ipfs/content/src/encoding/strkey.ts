/** Stellar addresses and secret keys as text, checked without loading a Stellar library. */
import { base32nopad } from '@scure/base'
import { ContentError } from '../errors.ts'

/** Version bytes: the two kinds of address that can sign or hold money here, and secret keys. */
const VERSIONS: Record<string, number> = { G: 6 << 3, C: 2 << 3, S: 18 << 3 }

/** CRC16-XModem, the checksum of a strkey. */
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = ((crc << 1) ^ (crc & 0x8000 ? 0x1021 : 0)) & 0xffff
  }
  return crc
}

/** The 32 bytes of `G…` or `C…`. @throws ContentError `bad_address` */
export function decodeAddress(address: string): Uint8Array<ArrayBuffer> {
  const bytes = isAddress(address) ? parse(address) : null
  if (!bytes)
    throw new ContentError('bad_address', 'Not a Stellar address: expected 56 characters beginning with G or C.')
  return bytes
}

export function isAddress(address: string): boolean {
  return address[0] !== 'S' && parse(address) !== null
}

export function isContract(address: string): boolean {
  return address.startsWith('C') && isAddress(address)
}

export function isAccount(address: string): boolean {
  return address.startsWith('G') && isAddress(address)
}

/** `S…`, the secret of an account. */
export function isSecretKey(text: string): boolean {
  return text.startsWith('S') && parse(text) !== null
}

function parse(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[GCS][A-Z2-7]{55}$/.test(text)) return null
  const bytes = base32nopad.decode(text)
  const checksum = (bytes[34]! << 8) | bytes[33]!
  if (bytes[0] !== VERSIONS[text[0]!] || crc16(bytes.subarray(0, 33)) !== checksum) return null
  return new Uint8Array(bytes.subarray(1, 33))
}
