/** Stellar's text form of keys (SEP-23): base32 with a version byte and a checksum. */

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
const VERSIONS = { account: 6 << 3, contract: 2 << 3 } as const

function checksum(bytes: Uint8Array): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  }
  return crc
}

function encode(version: number, key: Uint8Array): string {
  const bytes = Buffer.alloc(35)
  bytes[0] = version
  bytes.set(key, 1)
  bytes.writeUInt16LE(checksum(bytes.subarray(0, 33)), 33)
  let [text, bits, value] = ['', 0, 0]
  for (const byte of bytes) {
    value = (value << 8) | byte
    for (bits += 8; bits >= 5; bits -= 5) text += ALPHABET[(value >>> (bits - 5)) & 31]
    value &= 31
  }
  return text
}

/** The 32 bytes of an address, or `undefined` when it is not one of that kind. */
function decode(version: number, text: string): Buffer | undefined {
  if (text.length !== 56) return undefined
  const bytes: number[] = []
  let [bits, value] = [0, 0]
  for (const letter of text) {
    const digit = ALPHABET.indexOf(letter)
    if (digit < 0) return undefined
    value = (value << 5) | digit
    bits += 5
    if (bits >= 8) {
      bits -= 8
      bytes.push((value >>> bits) & 255)
      value &= (1 << bits) - 1
    }
  }
  const all = Buffer.from(bytes)
  const valid = all[0] === version && all.readUInt16LE(33) === checksum(all.subarray(0, 33))
  return valid ? all.subarray(1, 33) : undefined
}

export const contractAddress = (key: Uint8Array): string => encode(VERSIONS.contract, key)
export const accountAddress = (key: Uint8Array): string => encode(VERSIONS.account, key)
export const accountKey = (text: string): Buffer | undefined => decode(VERSIONS.account, text)
export const contractId = (text: string): Buffer | undefined => decode(VERSIONS.contract, text)
export const isContract = (text: string): boolean => contractId(text) !== undefined
