/** Words of 32 cells give what the table of all pairs gives. */

import { expect, test } from 'vitest'
import { commonLength, editDistance } from './editdistance.ts'

/** The table of all pairs, cell by cell, as the definitions have it. */
function table(a: readonly string[], b: readonly string[]): { distance: number; common: number } {
  const [rows, columns] = [a.length + 1, b.length + 1]
  const distance = Array.from({ length: rows }, (_, i) => Array.from({ length: columns }, (_, j) => i + j))
  const common = Array.from({ length: rows }, () => new Array<number>(columns).fill(0))
  for (let i = 1; i < rows; i++)
    for (let j = 1; j < columns; j++) {
      const same = a[i - 1] === b[j - 1]
      const [above, left] = [distance[i - 1]!, distance[i]!]
      distance[i]![j] = Math.min(above[j - 1]! + (same ? 0 : 1), above[j]! + 1, left[j - 1]! + 1)
      common[i]![j] = same ? common[i - 1]![j - 1]! + 1 : Math.max(common[i - 1]![j]!, common[i]![j - 1]!)
    }
  return { distance: distance.at(-1)!.at(-1)!, common: common.at(-1)!.at(-1)! }
}

test('of six hundred random pairs, of lengths around those of one to four words', () => {
  let seed = 7
  const next = (below: number): number => {
    seed = (Math.imul(seed, 1103515245) + 12345) >>> 0
    return Math.floor((seed / 2 ** 32) * below)
  }
  const lengths = [0, 1, 2, 31, 32, 33, 63, 64, 65, 96, 97, 130]
  for (let run = 0; run < 600; run++) {
    const letters = 1 + next(run % 3 === 0 ? 200 : 4)
    const list = (): string[] => Array.from({ length: lengths[next(lengths.length)]! }, () => `i${next(letters)}`)
    const [a, b] = [list(), list()]
    expect({ a, b, distance: editDistance(a, b), common: commonLength(a, b) }).toEqual({ a, b, ...table(a, b) })
  }
})
