/** Bytes as base32 (RFC 4648, without padding), as addresses and content ids are written: by tables, since every event names some. */

const LARGE = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

export const base32 = encoder(LARGE)
export const base32Small = encoder(LARGE.toLowerCase())

function encoder(alphabet: string): (bytes: Uint8Array) => string {
  /** Ten bits, two digits. */
  const pairs = Array.from({ length: 1024 }, (_, bits) => alphabet[bits >> 5]! + alphabet[bits & 31]!)
  return (bytes) => {
    const { length } = bytes
    let text = ''
    let at = 0
    for (; at + 5 <= length; at += 5) {
      const [a, b, c, d, e] = [bytes[at]!, bytes[at + 1]!, bytes[at + 2]!, bytes[at + 3]!, bytes[at + 4]!]
      text += pairs[(a << 2) | (b >> 6)]! + pairs[((b & 63) << 4) | (c >> 4)]!
      text += pairs[((c & 15) << 6) | (d >> 2)]! + pairs[((d & 3) << 8) | e]!
    }
    let [bits, count] = [0, 0]
    for (; at < length; at++) {
      bits = ((bits & 31) << 8) | bytes[at]!
      for (count += 8; count >= 5; count -= 5) text += alphabet[(bits >> (count - 5)) & 31]!
    }
    return count === 0 ? text : text + alphabet[(bits << (5 - count)) & 31]!
  }
}
