/** The order of numbers: a radix sort of their bits, so that it takes the same time for every file and equal values stay in their order. */

const FEW = 2048
const RADIX = 65536

/** Row numbers in ascending order of the values (−0 equals 0), equal ones in the order of the rows. Values are finite. */
export function argsort(values: Float64Array): Int32Array {
  const { length } = values
  const order = new Int32Array(length)
  for (let i = 0; i < length; i++) order[i] = i
  if (length <= FEW) return order.sort((a, b) => values[a]! - values[b]! || a - b)
  // Adding 0 turns −0 into 0. As unsigned integers, bits of positive numbers are in order; those of negative ones are in reverse.
  const keys = Float64Array.from(values, (value) => value + 0)
  const words = new Uint32Array(keys.buffer)
  const littleEndian = new Uint8Array(Uint16Array.of(1).buffer)[0] === 1
  const [low, high] = littleEndian ? [0, 1] : [1, 0]
  for (let i = 0; i < length; i++) {
    const negative = words[2 * i + high]! >>> 31 === 1
    words[2 * i + high]! ^= negative ? 0xffffffff : 0x80000000
    if (negative) words[2 * i + low]! ^= 0xffffffff
  }
  let from = order
  let to = new Int32Array(length)
  for (const [word, shift] of [
    [low, 0],
    [low, 16],
    [high, 0],
    [high, 16],
  ] as const) {
    const starts = new Int32Array(RADIX + 1)
    for (let i = 0; i < length; i++) starts[((words[2 * i + word]! >>> shift) & 0xffff) + 1]!++
    for (let d = 0; d < RADIX; d++) starts[d + 1]! += starts[d]!
    for (let i = 0; i < length; i++) {
      const row = from[i]!
      to[starts[(words[2 * row + word]! >>> shift) & 0xffff]!++] = row
    }
    ;[from, to] = [to, from]
  }
  return from
}

/** The rank of each value, from 1 on; equal values share the mean of their ranks, which is exact. */
export function meanRanks(values: Float64Array): Float64Array {
  const order = argsort(values)
  const ranks = new Float64Array(values.length)
  for (let from = 0; from < order.length; ) {
    let to = from + 1
    while (to < order.length && values[order[to]!] === values[order[from]!]) to++
    for (let i = from; i < to; i++) ranks[order[i]!] = (from + 1 + to) / 2
    from = to
  }
  return ranks
}
