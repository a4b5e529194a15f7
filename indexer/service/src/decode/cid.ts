/** The text of a CID from its on-chain parts (CIDv1, base32, sha2-256): written out because every event has one. */

const ALPHABET = 'abcdefghijklmnopqrstuvwxyz234567'

/** @throws RangeError unless the codec is raw (0x55) or dag-pb (0x70) and the digest has 32 bytes. */
export function cidText(codec: number, digest: Uint8Array): string {
  if ((codec !== 0x55 && codec !== 0x70) || digest.length !== 32) {
    throw new RangeError('a CID on-chain is raw or dag-pb with a SHA-256 digest')
  }
  const bytes = new Uint8Array(36)
  bytes.set([0x01, codec, 0x12, 0x20])
  bytes.set(digest, 4)
  let text = 'b'
  let buffer = 0
  let bits = 0
  for (const byte of bytes) {
    buffer = (buffer << 8) | byte
    for (bits += 8; bits >= 5; ) {
      bits -= 5
      text += ALPHABET[(buffer >> bits) & 31]
    }
    buffer &= 0xff
  }
  return text + ALPHABET[(buffer << (5 - bits)) & 31]
}
