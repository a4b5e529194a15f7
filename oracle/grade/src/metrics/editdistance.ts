/**
 * Edit distance, the fewest insertions, deletions and substitutions that make one list another, and the longest common subsequence.
 * Both by 32 cells of the table of all pairs at a time: Myers 1999 and Crochemore et al. 2001, in the block forms of Hyyrö 2003 and 2004.
 */

/** Cells of a word. */
const WIDTH = 32

/** Levenshtein's distance, in memory of both lists; time is a 32nd of the product of the lengths, less equal ends. */
export function editDistance(a: readonly string[], b: readonly string[]): number {
  let start = 0
  let [aEnd, bEnd] = [a.length, b.length]
  while (start < aEnd && start < bEnd && a[start] === b[start]) start++
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--
    bEnd--
  }
  const { x, y, matches } = encode(a.slice(start, aEnd), b.slice(start, bEnd))
  if (x.length === 0 || y.length === 0) return x.length + y.length
  // By how much each column grows to the right at the lower edge of the words done so far; above the first it grows by 1.
  const steps = new Int8Array(y.length).fill(1)
  for (let from = 0; from < x.length; from += WIDTH) {
    const size = Math.min(WIDTH, x.length - from)
    for (let i = 0; i < size; i++) matches[x[from + i]!]! |= 1 << i
    const last = 1 << (size - 1)
    // Whether a cell is 1 above or 1 below the one over it.
    let [up, down] = [-1, 0]
    for (let j = 0; j < y.length; j++) {
      let equal = matches[y[j]!]!
      const step = steps[j]!
      const vertical = equal | down
      if (step < 0) equal |= 1
      const horizontal = (((equal & up) + up) ^ up) | equal
      let more = down | ~(horizontal | up)
      let less = up & horizontal
      steps[j] = more & last ? 1 : less & last ? -1 : 0
      more = (more << 1) | (step > 0 ? 1 : 0)
      less = (less << 1) | (step < 0 ? 1 : 0)
      up = less | ~(vertical | more)
      down = more & vertical
    }
    for (let i = 0; i < size; i++) matches[x[from + i]!] = 0
  }
  return steps.reduce((sum, step) => sum + step, x.length)
}

/** Length of the longest common subsequence; time and memory as above. */
export function commonLength(a: readonly string[], b: readonly string[]): number {
  const { x, y, matches } = encode(a, b)
  const carries = new Uint8Array(y.length)
  let common = 0
  for (let from = 0; from < x.length; from += WIDTH) {
    const size = Math.min(WIDTH, x.length - from)
    for (let i = 0; i < size; i++) matches[x[from + i]!]! |= 1 << i
    let row = -1
    for (let j = 0; j < y.length; j++) {
      const equal = matches[y[j]!]!
      const sum = (row >>> 0) + ((row & equal) >>> 0) + carries[j]!
      carries[j] = sum > 0xffffffff ? 1 : 0
      row = sum | 0 | (row & ~equal)
    }
    for (let i = 0; i < size; i++) {
      if ((row & (1 << i)) === 0) common++
      matches[x[from + i]!] = 0
    }
  }
  return common
}

/** Both lists as numbers, and a word for each different item. */
function encode(a: readonly string[], b: readonly string[]) {
  const codes = new Map<string, number>()
  const numbers = (items: readonly string[]): Int32Array =>
    Int32Array.from(items, (item) => {
      const known = codes.get(item) ?? codes.size
      codes.set(item, known)
      return known
    })
  const [x, y] = [numbers(a), numbers(b)]
  return { x, y, matches: new Int32Array(codes.size) }
}
