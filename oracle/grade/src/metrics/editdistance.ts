/** Edit distance: the fewest insertions, deletions and substitutions that make one list another. */

/** Levenshtein's distance in memory of one list; time is the product of the lengths, less equal ends. */
export function editDistance(a: readonly string[], b: readonly string[]): number {
  let start = 0
  let [aEnd, bEnd] = [a.length, b.length]
  while (start < aEnd && start < bEnd && a[start] === b[start]) start++
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--
    bEnd--
  }
  const codes = new Map<string, number>()
  const encode = (items: readonly string[], end: number): Int32Array =>
    Int32Array.from(items.slice(start, end), (item) => {
      const known = codes.get(item) ?? codes.size
      codes.set(item, known)
      return known
    })
  const [x, y] = [encode(a, aEnd), encode(b, bEnd)]
  if (x.length === 0 || y.length === 0) return x.length + y.length
  const row = Int32Array.from({ length: y.length + 1 }, (_, j) => j)
  for (let i = 1; i <= x.length; i++) {
    let diagonal = row[0]!
    row[0] = i
    for (let j = 1; j <= y.length; j++) {
      const above = row[j]!
      const replaced = diagonal + (x[i - 1] === y[j - 1] ? 0 : 1)
      const moved = Math.min(above, row[j - 1]!) + 1
      row[j] = Math.min(replaced, moved)
      diagonal = above
    }
  }
  return row[y.length]!
}

/** Length of the longest common subsequence. */
export function commonLength(a: readonly string[], b: readonly string[]): number {
  const row = new Int32Array(b.length + 1)
  for (const item of a) {
    let diagonal = 0
    for (let j = 1; j <= b.length; j++) {
      const above = row[j]!
      row[j] = item === b[j - 1] ? diagonal + 1 : Math.max(above, row[j - 1]!)
      diagonal = above
    }
  }
  return row[b.length]!
}
