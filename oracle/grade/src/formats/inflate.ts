/** DEFLATE by RFC 1951: strict, and never beyond the limit of its output. */

import { Damaged, type Output } from './damaged.ts'

/** Codes up to this length are looked up; longer ones are rare, and a table of them would cost more than a small block has. */
const ROOT = 10
const LONGEST = 15

/** A canonical Huffman code. */
interface Code {
  /** By the next `ROOT` bits: symbol × 16 + length, or 0 where the code is longer. */
  readonly table: Uint16Array
  /** How many codes there are of each length. */
  readonly counts: Uint16Array
  /** Symbols in the order of their codes. */
  readonly symbols: Uint16Array
}

interface Bits {
  readonly bytes: Uint8Array
  pos: number
  held: number
  count: number
}

/** Reads a stream from `start` on into `out`; returns the first byte behind it. @throws Damaged, TooLarge */
export function inflate(bytes: Uint8Array, start: number, out: Output): number {
  const bits: Bits = { bytes, pos: start, held: 0, count: 0 }
  for (let last = false; !last; ) {
    last = take(bits, 1) === 1
    const kind = take(bits, 2)
    if (kind === 0) stored(bits, out)
    else if (kind === 1) block(bits, out, fixedLiterals(), fixedDistances())
    else if (kind === 2) block(bits, out, ...dynamicCodes(bits))
    else throw new Damaged()
  }
  return bits.pos - (bits.count >> 3)
}

function take(bits: Bits, count: number): number {
  while (bits.count < count) {
    if (bits.pos >= bits.bytes.length) throw new Damaged()
    bits.held |= bits.bytes[bits.pos++]! << bits.count
    bits.count += 8
  }
  const value = bits.held & ((1 << count) - 1)
  bits.held >>>= count
  bits.count -= count
  return value
}

function stored(bits: Bits, out: Output): void {
  bits.pos -= bits.count >> 3
  bits.held = 0
  bits.count = 0
  const { bytes, pos } = bits
  if (pos + 4 > bytes.length) throw new Damaged()
  const length = bytes[pos]! | (bytes[pos + 1]! << 8)
  if ((length ^ 0xffff) !== (bytes[pos + 2]! | (bytes[pos + 3]! << 8)) || pos + 4 + length > bytes.length)
    throw new Damaged()
  out.append(bytes, pos + 4, pos + 4 + length)
  bits.pos = pos + 4 + length
}

function decode(bits: Bits, { table, counts, symbols }: Code): number {
  while (bits.count < LONGEST && bits.pos < bits.bytes.length) {
    bits.held |= bits.bytes[bits.pos++]! << bits.count
    bits.count += 8
  }
  const entry = table[bits.held & ((1 << ROOT) - 1)]!
  const known = entry & 15
  if (known > 0) {
    if (known > bits.count) throw new Damaged()
    bits.held >>>= known
    bits.count -= known
    return entry >> 4
  }
  let code = 0
  let first = 0
  let index = 0
  for (let length = 1; length <= LONGEST && length <= bits.count; length++) {
    code |= (bits.held >> (length - 1)) & 1
    const count = counts[length]!
    if (code - count < first) {
      bits.held >>>= length
      bits.count -= length
      return symbols[index + code - first]!
    }
    index += count
    first = (first + count) << 1
    code <<= 1
  }
  throw new Damaged()
}

/** @param whole whether every sequence of bits must be a code; of a single distance code of one bit the other may be free. */
function codeOf(lengths: Uint8Array, whole: boolean): Code {
  const counts = new Uint16Array(LONGEST + 1)
  for (const length of lengths) counts[length]!++
  const used = lengths.length - counts[0]!
  counts[0] = 0
  let left = 1
  const offsets = new Uint16Array(LONGEST + 2)
  for (let length = 1; length <= LONGEST; length++) {
    left = left * 2 - counts[length]!
    if (left < 0) throw new Damaged()
    offsets[length + 1] = offsets[length]! + counts[length]!
  }
  if (left > 0 && (whole || used > 1 || (used === 1 && counts[1] !== 1))) throw new Damaged()
  const symbols = new Uint16Array(used)
  for (let symbol = 0; symbol < lengths.length; symbol++)
    if (lengths[symbol]! > 0) symbols[offsets[lengths[symbol]!]!++] = symbol
  return { table: tableOf(counts, symbols), counts, symbols }
}

function tableOf(counts: Uint16Array, symbols: Uint16Array): Uint16Array {
  const table = new Uint16Array(1 << ROOT)
  let code = 0
  let index = 0
  for (let length = 1; length <= ROOT; length++, code <<= 1) {
    for (let i = 0; i < counts[length]!; i++, code++, index++) {
      // Codes arrive with their first bit lowest.
      let reversed = 0
      for (let bit = 0; bit < length; bit++) reversed |= ((code >> bit) & 1) << (length - 1 - bit)
      const entry = (symbols[index]! << 4) | length
      for (let at = reversed; at < 1 << ROOT; at += 1 << length) table[at] = entry
    }
  }
  return table
}

let fixed: [Code, Code] | undefined
function fixedCodes(): [Code, Code] {
  if (!fixed) {
    const lengths = new Uint8Array(288).fill(8).fill(9, 144, 256).fill(7, 256, 280)
    fixed = [codeOf(lengths, true), codeOf(new Uint8Array(32).fill(5), true)]
  }
  return fixed
}
const fixedLiterals = (): Code => fixedCodes()[0]
const fixedDistances = (): Code => fixedCodes()[1]

const ORDER = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15]

function dynamicCodes(bits: Bits): [Code, Code] {
  const literals = take(bits, 5) + 257
  const distances = take(bits, 5) + 1
  const given = take(bits, 4) + 4
  if (literals > 286 || distances > 30) throw new Damaged()
  const own = new Uint8Array(19)
  for (let i = 0; i < given; i++) own[ORDER[i]!] = take(bits, 3)
  const code = codeOf(own, true)
  const lengths = new Uint8Array(literals + distances)
  for (let at = 0; at < lengths.length; ) {
    const symbol = decode(bits, code)
    if (symbol < 16) {
      lengths[at++] = symbol
      continue
    }
    if (symbol === 16 && at === 0) throw new Damaged()
    const repeated = symbol === 16 ? lengths[at - 1]! : 0
    const times = symbol === 16 ? 3 + take(bits, 2) : symbol === 17 ? 3 + take(bits, 3) : 11 + take(bits, 7)
    if (at + times > lengths.length) throw new Damaged()
    lengths.fill(repeated, at, at + times)
    at += times
  }
  // Without the code of the end the block has none.
  if (lengths[256] === 0) throw new Damaged()
  return [codeOf(lengths.subarray(0, literals), true), codeOf(lengths.subarray(literals), false)]
}

const LENGTHS = [
  3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258,
]
const LENGTH_BITS = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0]
const DISTANCES = [
  1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577,
]

function block(bits: Bits, out: Output, literals: Code, distances: Code): void {
  for (;;) {
    const symbol = decode(bits, literals)
    if (symbol < 256) {
      out.need(1)
      out.bytes[out.length++] = symbol
      continue
    }
    if (symbol === 256) return
    const at = symbol - 257
    if (at >= LENGTHS.length) throw new Damaged()
    const length = LENGTHS[at]! + take(bits, LENGTH_BITS[at]!)
    const far = decode(bits, distances)
    if (far >= DISTANCES.length) throw new Damaged()
    const distance = DISTANCES[far]! + take(bits, far < 2 ? 0 : (far >> 1) - 1)
    if (distance > 32768) throw new Damaged()
    out.repeat(distance, length)
  }
}
