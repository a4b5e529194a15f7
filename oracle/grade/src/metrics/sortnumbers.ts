/** Sorts many numbers faster than the engine's own sort: first into buckets by size, then each bucket by itself. */

/** How many numbers share a bucket where they are spread evenly. */
const PER_BUCKET = 4
/** Buckets above this go to the engine's sort, so that no distribution is slow. */
const FEW = 32

/** Sorts finite numbers in place, ascending. */
export function sortNumbers(numbers: Float64Array): void {
  const { length } = numbers
  let min = Number.POSITIVE_INFINITY
  let max = Number.NEGATIVE_INFINITY
  for (let i = 0; i < length; i++) {
    const x = numbers[i]!
    if (x < min) min = x
    if (x > max) max = x
  }
  const buckets = Math.ceil(length / PER_BUCKET)
  const factor = buckets / (max - min)
  if (length < 1000 || !(factor > 0 && Number.isFinite(factor))) {
    numbers.sort()
    return
  }

  // Rounded, (x − min) × factor still never falls while x rises: that is all the order needs.
  const starts = new Int32Array(buckets + 2)
  for (let i = 0; i < length; i++) starts[(((numbers[i]! - min) * factor) | 0) + 1]!++
  for (let b = 0; b <= buckets; b++) starts[b + 1]! += starts[b]!
  const sorted = new Float64Array(length)
  for (let i = 0; i < length; i++) {
    const x = numbers[i]!
    sorted[starts[((x - min) * factor) | 0]!++] = x
  }
  // Each start has moved to the end of its bucket.
  let from = 0
  for (let b = 0; b <= buckets; b++) {
    const to = starts[b]!
    if (to - from > FEW) sorted.subarray(from, to).sort()
    else if (to - from > 1) sortFew(sorted, from, to)
    from = to
  }
  numbers.set(sorted)
}

function sortFew(numbers: Float64Array, from: number, to: number): void {
  for (let i = from + 1; i < to; i++) {
    const x = numbers[i]!
    let j = i
    while (j > from && numbers[j - 1]! > x) {
      numbers[j] = numbers[j - 1]!
      j--
    }
    numbers[j] = x
  }
}
