/** Sets of small numbers, one bit each: small enough to stay in the processor's cache where an array of a million numbers does not. */

export const createBits = (count: number): Uint8Array => new Uint8Array((count >> 3) + 1)

export const hasBit = (bits: Uint8Array, i: number): boolean => ((bits[i >> 3]! >> (i & 7)) & 1) === 1

export function setBit(bits: Uint8Array, i: number): void {
  bits[i >> 3] = bits[i >> 3]! | (1 << (i & 7))
}
