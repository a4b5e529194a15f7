/** Counts in how many pairs of a positive and a negative row the positive one scores higher, without sorting all rows. */

/** How many rows share a bucket where scores are spread evenly. */
const PER_BUCKET = 4
/** Up to here each pair of a bucket is looked at. */
const FEW = 32

/**
 * Twice the number of pairs in which the positive row's score is higher, plus the number of ties: a whole number below 2^53 for any
 * file within the limits, so that nothing is rounded. Scores must be finite.
 */
export function orderedHalfPairs(scores: Float64Array, positive: Uint8Array): number {
  const { length } = scores
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < length; i++) {
    const x = scores[i]!
    if (x < min) min = x
    if (x > max) max = x
  }
  const buckets = Math.ceil(length / PER_BUCKET)
  const factor = buckets / (max - min)
  // Equal scores, or a range beyond float64.
  if (!(factor > 0 && factor < Number.POSITIVE_INFINITY)) return sortedHalfPairs(scores, positive, 0, length)

  // Rounded, (x − min) × factor still never falls while x rises: rows of different buckets are in order.
  const ends = new Int32Array(buckets + 2)
  for (let i = 0; i < length; i++) ends[(((scores[i]! - min) * factor) | 0) + 1]!++
  for (let b = 0; b <= buckets; b++) ends[b + 1]! += ends[b]!
  const values = new Float64Array(length)
  const flags = new Uint8Array(length)
  for (let i = 0; i < length; i++) {
    const x = scores[i]!
    const at = ends[((x - min) * factor) | 0]!++
    values[at] = x
    flags[at] = positive[i]!
  }
  let halves = 0
  let negativesBelow = 0
  for (let b = 0, from = 0; b <= buckets; b++) {
    const to = ends[b]!
    let above = 0
    for (let i = from; i < to; i++) above += flags[i]!
    const below = to - from - above
    halves += 2 * above * negativesBelow
    if (above > 0 && below > 0) {
      halves += to - from > FEW ? sortedHalfPairs(values, flags, from, to) : fewHalfPairs(values, flags, from, to)
    }
    negativesBelow += below
    from = to
  }
  return halves
}

function fewHalfPairs(values: Float64Array, flags: Uint8Array, from: number, to: number): number {
  let halves = 0
  for (let i = from; i < to; i++) {
    if (flags[i] === 0) continue
    const x = values[i]!
    for (let j = from; j < to; j++) {
      if (flags[j] === 1) continue
      const y = values[j]!
      if (x > y) halves += 2
      else if (x === y) halves++
    }
  }
  return halves
}

/** By sorting, so that no distribution of scores is slow. */
function sortedHalfPairs(values: Float64Array, flags: Uint8Array, from: number, to: number): number {
  const own = (flag: number): Float64Array =>
    values
      .subarray(from, to)
      .filter((_, i) => flags[from + i] === flag)
      .sort()
  const above = own(1)
  const below = own(0)
  let halves = 0
  let less = 0
  let notGreater = 0
  for (let i = 0; i < above.length; i++) {
    const score = above[i]!
    while (less < below.length && below[less]! < score) less++
    if (notGreater < less) notGreater = less
    while (notGreater < below.length && below[notGreater]! === score) notGreater++
    halves += less + notGreater
  }
  return halves
}
