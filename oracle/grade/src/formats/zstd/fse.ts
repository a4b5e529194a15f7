/** Finite State Entropy, the arithmetic-like code of Zstandard (RFC 8878, 4.1), and its bits, which are read from the end. */

import { Damaged } from '../damaged.ts'

/** Bits of a stream that was written forwards and is read backwards: the last byte's highest bit marks its end. */
export class BackwardBits {
  readonly bytes: Uint8Array
  readonly start: number
  /** How many bits are left; negative once more was read than there is. */
  left: number

  constructor(bytes: Uint8Array, start: number, end: number) {
    const last = end > start ? bytes[end - 1]! : 0
    if (last === 0) throw new Damaged()
    this.bytes = bytes
    this.start = start
    this.left = (end - start) * 8 - Math.clz32(last) + 23
  }

  /** The next `count` bits, at most 24; zeros stand before the first. */
  peek(count: number): number {
    const from = this.left - count
    const at = this.start + (from >> 3)
    const { bytes, start } = this
    const byte = (i: number): number => (i < start ? 0 : (bytes[i] ?? 0))
    const word = byte(at) | (byte(at + 1) << 8) | (byte(at + 2) << 16) | (byte(at + 3) << 24)
    return (word >>> (from & 7)) & ((1 << count) - 1)
  }

  read(count: number): number {
    const value = this.peek(count)
    this.left -= count
    return value
  }
}

export interface FseTable {
  readonly log: number
  readonly symbols: Uint8Array
  readonly bits: Uint8Array
  readonly base: Uint16Array
}

/** A state that always gives one symbol. */
export const constantTable = (symbol: number): FseTable => ({
  ...{ log: 0, symbols: Uint8Array.of(symbol), bits: Uint8Array.of(0), base: Uint16Array.of(0) },
})

/** The table of these probabilities, of which −1 means "less than 1". */
export function fseTable(probabilities: readonly number[], log: number): FseTable {
  const size = 1 << log
  const symbols = new Uint8Array(size)
  const next = new Uint16Array(probabilities.length)
  let high = size - 1
  probabilities.forEach((probability, symbol) => {
    next[symbol] = probability < 0 ? 1 : probability
    if (probability < 0) symbols[high--] = symbol
  })
  const step = (size >> 1) + (size >> 3) + 3
  let at = 0
  probabilities.forEach((probability, symbol) => {
    for (let i = 0; i < probability; i++) {
      symbols[at] = symbol
      do at = (at + step) & (size - 1)
      while (at > high)
    }
  })
  const bits = new Uint8Array(size)
  const base = new Uint16Array(size)
  for (let state = 0; state < size; state++) {
    const value = next[symbols[state]!]!++
    bits[state] = log - (31 - Math.clz32(value))
    base[state] = (value << bits[state]!) - size
  }
  return { log, symbols, bits, base }
}

/** Reads the description of a table; `end` is the first byte behind it. */
export function readFseTable(
  bytes: Uint8Array,
  start: number,
  stop: number,
  { maxLog, maxSymbol }: { maxLog: number; maxSymbol: number },
): { table: FseTable; end: number } {
  let bit = start * 8
  const take = (count: number): number => {
    let value = 0
    for (let i = 0; i < count; i++, bit++) {
      if (bit >> 3 >= stop) throw new Damaged()
      value |= ((bytes[bit >> 3]! >> (bit & 7)) & 1) << i
    }
    return value
  }
  const log = take(4) + 5
  if (log > maxLog) throw new Damaged()
  const probabilities: number[] = []
  let remaining = (1 << log) + 1
  while (remaining > 1) {
    if (probabilities.length > maxSymbol) throw new Damaged()
    // A value up to `remaining`: small ones take a bit less.
    const width = 32 - Math.clz32(remaining)
    const low = take(width - 1)
    const short = (1 << width) - 1 - remaining
    let value = low
    if (low >= short) {
      value = low | (take(1) << (width - 1))
      if (value >= 1 << (width - 1)) value -= short
    }
    const probability = value - 1
    remaining -= Math.abs(probability)
    if (remaining < 1) throw new Damaged()
    probabilities.push(probability)
    if (probability !== 0) continue
    for (let repeat = 3; repeat === 3; ) {
      repeat = take(2)
      for (let i = 0; i < repeat; i++) probabilities.push(0)
      if (probabilities.length > maxSymbol + 1) throw new Damaged()
    }
  }
  if (probabilities.length > maxSymbol + 1) throw new Damaged()
  return { table: fseTable(probabilities, log), end: (bit + 7) >> 3 }
}
