/** What an address and a secret key look like, checksum included; without a dependency, and without keeping anything. */
import { isAddress } from '@stellartrain/ipfs-content/strkey'

export const isAccount = (text: string): boolean => text.startsWith('G') && isAddress(text)

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
/** The version byte of a secret seed, `S`. */
const SEED = 18 << 3

/** The 32 bytes of a secret key `S…`; undefined for anything else. */
export function seedOf(secret: string): Uint8Array | undefined {
  if (!/^S[A-Z2-7]{55}$/.test(secret)) return undefined
  const bytes = new Uint8Array(35)
  let bits = 0
  let value = 0
  let at = 0
  for (const char of secret) {
    value = (value << 5) | ALPHABET.indexOf(char)
    bits += 5
    if (bits < 8) continue
    bits -= 8
    bytes[at++] = (value >>> bits) & 0xff
    value &= (1 << bits) - 1
  }
  const sum = bytes[33]! | (bytes[34]! << 8)
  return bytes[0] === SEED && crc16(bytes.subarray(0, 33)) === sum ? bytes.slice(1, 33) : undefined
}

/** CRC-16/XMODEM, as strkeys have it. */
function crc16(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = crc & 0x8000 ? ((crc << 1) ^ 0x1021) & 0xffff : (crc << 1) & 0xffff
  }
  return crc
}
