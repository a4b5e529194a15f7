/** UTF-8 on bytes: valid sequences, and the order of texts. */

/** Length of the multi-byte sequence at `p` if it is valid (no overlong form, no surrogate, at most U+10FFFF), otherwise 0. */
export function sequenceLength(bytes: Uint8Array, p: number): number {
  const lead = bytes[p]!
  const second = bytes[p + 1]
  if (lead < 0xc2 || lead > 0xf4 || !continues(second)) return 0
  if (lead < 0xe0) return 2
  if (!continues(bytes[p + 2])) return 0
  if (lead < 0xf0) {
    if (lead === 0xe0 && second < 0xa0) return 0
    if (lead === 0xed && second > 0x9f) return 0
    return 3
  }
  if (!continues(bytes[p + 3])) return 0
  if (lead === 0xf0 && second < 0x90) return 0
  if (lead === 0xf4 && second > 0x8f) return 0
  return 4
}

const continues = (byte: number | undefined): byte is number => byte !== undefined && (byte & 0xc0) === 0x80

const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { ignoreBOM: true })

export const utf8 = (text: string): Uint8Array => encoder.encode(text)
export const utf8Text = (bytes: Uint8Array): string => decoder.decode(bytes)

/** Order of two texts by their UTF-8 bytes (not JavaScript's order, which is by UTF-16 units). */
export function compareUtf8(a: string, b: string): number {
  return compareBytes(utf8(a), utf8(b))
}

/** Order of two byte strings, the shorter one first where one begins the other. */
export function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length)
  for (let i = 0; i < shared; i++) {
    const difference = a[i]! - b[i]!
    if (difference !== 0) return difference
  }
  return a.length - b.length
}
