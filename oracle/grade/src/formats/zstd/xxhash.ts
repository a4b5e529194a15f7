/** XXH64 by 32-bit halves: the checksum of a frame is its low half. The published hashes of npm are for other algorithms, or in WebAssembly. */

/** A number of 64 bits: its high and low half. */
type Word = [high: number, low: number]

const P1: Word = [0x9e3779b1, 0x85ebca87]
const P2: Word = [0xc2b2ae3d, 0x27d4eb4f]
const P3: Word = [0x165667b1, 0x9e3779f9]
const P4: Word = [0x85ebca77, 0xc2b2ae63]
const P5: Word = [0x27d4eb2f, 0x165667c5]

function multiply(a: Word, b: Word): void {
  const [high, low] = a
  const [a1, a0] = [low >>> 16, low & 0xffff]
  const [b1, b0] = [b[1] >>> 16, b[1] & 0xffff]
  const least = a0 * b0
  const middle = a1 * b0 + (least >>> 16)
  const other = a0 * b1 + (middle & 0xffff)
  const carry = a1 * b1 + Math.floor(middle / 65_536) + Math.floor(other / 65_536)
  a[0] = (carry + Math.imul(high, b[1]) + Math.imul(low, b[0])) | 0
  a[1] = (other << 16) | (least & 0xffff)
}

function add(a: Word, high: number, low: number): void {
  const sum = (a[1] >>> 0) + (low >>> 0)
  a[0] = (a[0] + high + (sum > 0xffffffff ? 1 : 0)) | 0
  a[1] = sum | 0
}

/** By 1 to 63, not 32. */
function rotate(a: Word, by: number): void {
  const [high, low] = by < 32 ? a : [a[1], a[0]]
  const left = by & 31
  a[0] = (high << left) | (low >>> (32 - left))
  a[1] = (low << left) | (high >>> (32 - left))
}

function round(state: Word, high: number, low: number): void {
  const input: Word = [high, low]
  multiply(input, P2)
  add(state, input[0], input[1])
  rotate(state, 31)
  multiply(state, P1)
}

function merge(hash: Word, state: Word): void {
  const zero: Word = [0, 0]
  round(zero, state[0], state[1])
  hash[0] ^= zero[0]
  hash[1] ^= zero[1]
  multiply(hash, P1)
  add(hash, P4[0], P4[1])
}

/** x ^= x >>> by, by from 1 on. */
function shiftMix(a: Word, by: number): void {
  const [high, low] = a
  if (by < 32) {
    a[0] = high ^ (high >>> by)
    a[1] = low ^ ((low >>> by) | (high << (32 - by)))
  } else a[1] = low ^ (by === 32 ? high : high >>> (by - 32))
}

/** The low half of XXH64 with seed 0, of the bytes from `start` to `end`. */
export function xxh64Low(bytes: Uint8Array, start: number, end: number): number {
  const view = new DataView(bytes.buffer, bytes.byteOffset)
  const low = (at: number): number => view.getInt32(at, true)
  const length = end - start
  let at = start
  let hash: Word
  if (length >= 32) {
    const states: [Word, Word, Word, Word] = [[...P1], [...P2], [0, 0], [0, 0]]
    add(states[0], P2[0], P2[1])
    // 0 − P1
    add(states[3], ~P1[0], ~P1[1])
    add(states[3], 0, 1)
    for (; at + 32 <= end; at += 32)
      for (let lane = 0; lane < 4; lane++) round(states[lane]!, low(at + 8 * lane + 4), low(at + 8 * lane))
    hash = [0, 0]
    for (const [lane, by] of [1, 7, 12, 18].entries()) {
      const turned: Word = [...states[lane]!]
      rotate(turned, by)
      add(hash, turned[0], turned[1])
    }
    for (const state of states) merge(hash, state)
  } else hash = [...P5]
  add(hash, Math.floor(length / 2 ** 32), length | 0)
  for (; at + 8 <= end; at += 8) {
    const input: Word = [0, 0]
    round(input, low(at + 4), low(at))
    hash[0] ^= input[0]
    hash[1] ^= input[1]
    rotate(hash, 27)
    multiply(hash, P1)
    add(hash, P4[0], P4[1])
  }
  if (at + 4 <= end) {
    const input: Word = [0, low(at)]
    multiply(input, P1)
    hash[0] ^= input[0]
    hash[1] ^= input[1]
    rotate(hash, 23)
    multiply(hash, P2)
    add(hash, P3[0], P3[1])
    at += 4
  }
  for (; at < end; at++) {
    const input: Word = [0, bytes[at]!]
    multiply(input, P5)
    hash[0] ^= input[0]
    hash[1] ^= input[1]
    rotate(hash, 11)
    multiply(hash, P1)
  }
  shiftMix(hash, 33)
  multiply(hash, P2)
  shiftMix(hash, 29)
  multiply(hash, P3)
  shiftMix(hash, 32)
  return hash[1] >>> 0
}
