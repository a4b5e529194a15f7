/** The literals of a Zstandard block: raw, repeated, or Huffman-coded in one or four streams (RFC 8878, 3.1.1.3.1 and 4.2). */

import { Damaged } from '../damaged.ts'
import { BackwardBits, readFseTable } from './fse.ts'

/** By the next `log` bits: the byte and how many of the bits are its code. */
export interface HuffmanTable {
  readonly log: number
  readonly symbols: Uint8Array
  readonly bits: Uint8Array
}

const MAX_LOG = 11

/** What a frame remembers from block to block. */
export interface LiteralsState {
  huffman: HuffmanTable | undefined
}

/** @param most the largest regenerated size. @returns the literals and the first byte behind their section */
export function readLiterals(
  bytes: Uint8Array,
  start: number,
  stop: number,
  state: LiteralsState,
  most: number,
): { literals: Uint8Array; end: number } {
  const at = (i: number): number => {
    if (start + i >= stop) throw new Damaged()
    return bytes[start + i]!
  }
  const first = at(0)
  const kind = first & 3
  const format = (first >> 2) & 3
  if (kind < 2) {
    const [size, head] =
      format === 1
        ? [(first >> 4) | (at(1) << 4), 2]
        : format === 3
          ? [(first >> 4) | (at(1) << 4) | (at(2) << 12), 3]
          : [first >> 3, 1]
    const from = start + head
    const end = from + (kind === 0 ? size : 1)
    if (size > most || end > stop) throw new Damaged()
    return { literals: kind === 0 ? bytes.subarray(from, end) : new Uint8Array(size).fill(bytes[from]!), end }
  }
  const width = format < 2 ? 10 : format === 2 ? 14 : 18
  const head = format < 2 ? 3 : format === 2 ? 4 : 5
  let header = 0
  for (let i = head - 1; i >= 0; i--) header = header * 256 + at(i)
  const size = Math.floor(header / 16) % 2 ** width
  const packed = Math.floor(header / 2 ** (4 + width)) % 2 ** width
  let pos = start + head
  const end = pos + packed
  if (size > most || end > stop) throw new Damaged()
  if (kind === 2) {
    const read = readHuffman(bytes, pos, end)
    state.huffman = read.table
    pos = read.end
  }
  if (!state.huffman) throw new Damaged()
  const literals = new Uint8Array(size)
  if (format === 0) decodeStream(bytes, pos, end, state.huffman, literals)
  else fourStreams(bytes, pos, end, state.huffman, literals)
  return { literals, end }
}

function fourStreams(bytes: Uint8Array, pos: number, end: number, table: HuffmanTable, out: Uint8Array): void {
  if (pos + 6 > end) throw new Damaged()
  const each = (out.length + 3) >> 2
  if (each * 3 > out.length) throw new Damaged()
  let from = pos + 6
  for (let i = 0; i < 4; i++) {
    const to = i === 3 ? end : from + (bytes[pos + 2 * i]! | (bytes[pos + 2 * i + 1]! << 8))
    if (to > end) throw new Damaged()
    decodeStream(bytes, from, to, table, out.subarray(i * each, i === 3 ? out.length : (i + 1) * each))
    from = to
  }
}

function decodeStream(bytes: Uint8Array, start: number, end: number, table: HuffmanTable, out: Uint8Array): void {
  const stream = new BackwardBits(bytes, start, end)
  const { log, symbols, bits } = table
  for (let i = 0; i < out.length; i++) {
    const next = stream.peek(log)
    out[i] = symbols[next]!
    stream.left -= bits[next]!
  }
  if (stream.left !== 0) throw new Damaged()
}

function readHuffman(bytes: Uint8Array, start: number, stop: number): { table: HuffmanTable; end: number } {
  if (start >= stop) throw new Damaged()
  const head = bytes[start]!
  const weights: number[] = []
  if (head >= 128) {
    const count = head - 127
    const end = start + 1 + ((count + 1) >> 1)
    if (end > stop) throw new Damaged()
    for (let i = 0; i < count; i++) {
      const pair = bytes[start + 1 + (i >> 1)]!
      weights.push(i & 1 ? pair & 15 : pair >> 4)
    }
    return { table: huffmanTable(weights), end }
  }
  const end = start + 1 + head
  if (end > stop) throw new Damaged()
  const { table, end: from } = readFseTable(bytes, start + 1, end, { maxLog: 6, maxSymbol: 255 })
  const stream = new BackwardBits(bytes, from, end)
  // Two states take turns; the stream ends where one of them needs bits that are not there, and the other still holds a weight.
  const states = [stream.read(table.log), stream.read(table.log)]
  if (stream.left < 0) throw new Damaged()
  for (let turn = 0; ; turn ^= 1) {
    if (weights.length > 254) throw new Damaged()
    const state = states[turn]!
    weights.push(table.symbols[state]!)
    const count = table.bits[state]!
    if (count > stream.left) {
      weights.push(table.symbols[states[turn ^ 1]!]!)
      return { table: huffmanTable(weights), end }
    }
    states[turn] = table.base[state]! + stream.read(count)
  }
}

/** Weight 0 is no code, weight w a share of 2^(w − 1); the last symbol has what is left to a power of two. */
function huffmanTable(weights: number[]): HuffmanTable {
  if (weights.length > 255) throw new Damaged()
  let sum = 0
  for (const weight of weights) {
    if (weight > MAX_LOG + 1) throw new Damaged()
    if (weight > 0) sum += 1 << (weight - 1)
  }
  if (sum === 0) throw new Damaged()
  const log = 32 - Math.clz32(sum)
  const left = (1 << log) - sum
  if (log > MAX_LOG || (left & (left - 1)) !== 0) throw new Damaged()
  const all = [...weights, 32 - Math.clz32(left)]
  const symbols = new Uint8Array(1 << log)
  const bits = new Uint8Array(1 << log)
  let at = 0
  for (let weight = 1; weight <= log; weight++) {
    for (let symbol = 0; symbol < all.length; symbol++) {
      if (all[symbol] !== weight) continue
      const to = at + (1 << (weight - 1))
      symbols.fill(symbol, at, to)
      bits.fill(log + 1 - weight, at, to)
      at = to
    }
  }
  if (at !== 1 << log) throw new Damaged()
  return { log, symbols, bits }
}
