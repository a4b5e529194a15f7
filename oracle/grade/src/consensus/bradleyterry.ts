/**
 * The Bradley–Terry model of pairwise preferences: i is preferred to j with probability p_i ÷ (p_i + p_j).
 *
 * R. A. Bradley and M. E. Terry, Biometrika 39 (1952); fitted by the MM algorithm of D. R. Hunter, Annals of Statistics 32 (2004).
 */

import { compareUtf8 } from '../csv/utf8.ts'
import { GradeError } from '../errors.ts'

/** One comparison: `winner` was preferred to `loser`. */
export interface Preference {
  readonly winner: string
  readonly loser: string
}

export interface BradleyTerry {
  /** In the order of their UTF-8 bytes. */
  readonly items: readonly string[]
  /** Strength of each, adding up to 1. */
  readonly scores: Float64Array
  readonly iterations: number
}

/**
 * Fits the strengths. Ends when they change by less than `tolerance` in all. Equal to crowd-kit's `BradleyTerry` after the same number
 * of rounds. Throws `GradeError` `votes_invalid` where an item is compared with itself, and where some items never beat the others (the
 * comparisons are not strongly connected), for then no strength is the most likely one.
 */
export function bradleyTerry(
  preferences: readonly Preference[],
  { maxIterations = 1000, tolerance = 1e-10 }: { maxIterations?: number; tolerance?: number } = {},
): BradleyTerry {
  const items = [...new Set(preferences.flatMap(({ winner, loser }) => [winner, loser]))].sort(compareUtf8)
  const at = new Map(items.map((item, index) => [item, index]))
  const pairs = countPairs(preferences, at)
  checkConnected(items, pairs)
  const wins = new Float64Array(items.length)
  for (const { winner } of preferences) wins[at.get(winner)!]!++
  let scores = new Float64Array(items.length).fill(1)
  let iterations = 0
  while (iterations < maxIterations && items.length > 0) {
    const next = round(scores, wins, pairs)
    iterations++
    const change = next.reduce((sum, score, item) => sum + Math.abs(score - scores[item]!), 0)
    scores = next
    if (change < tolerance) break
  }
  return { items, scores, iterations }
}

/** Each compared pair once, `low` < `high` by number, sorted; `lowWins` says whether `low` ever won, `highWins` the other. */
interface Pair {
  readonly low: number
  readonly high: number
  count: number
  lowWins: boolean
  highWins: boolean
}

function countPairs(preferences: readonly Preference[], at: ReadonlyMap<string, number>): Pair[] {
  const pairs = new Map<number, Pair>()
  for (const { winner, loser } of preferences) {
    const [w, l] = [at.get(winner)!, at.get(loser)!]
    if (w === l) throw new GradeError('votes_invalid', `"${winner}" is compared with itself.`)
    const [low, high] = w < l ? [w, l] : [l, w]
    const key = low * at.size + high
    const pair = pairs.get(key) ?? { low, high, count: 0, lowWins: false, highWins: false }
    pair.count++
    if (w === low) pair.lowWins = true
    else pair.highWins = true
    pairs.set(key, pair)
  }
  return [...pairs.values()].sort((a, b) => a.low - b.low || a.high - b.high)
}

function round(scores: Float64Array, wins: Float64Array, pairs: readonly Pair[]): Float64Array<ArrayBuffer> {
  const expected = new Float64Array(scores.length)
  for (const { low, high, count } of pairs) {
    const share = count / (scores[low]! + scores[high]!)
    expected[low]! += share
    expected[high]! += share
  }
  const next = Float64Array.from(wins, (won, item) => won / expected[item]!)
  const sum = next.reduce((total, score) => total + score, 0)
  return next.map((score) => score / sum)
}

/** Everybody can be reached from the first item by "beat" and by "was beaten by". */
function checkConnected(items: readonly string[], pairs: readonly Pair[]): void {
  if (items.length === 0) return
  for (const forward of [true, false]) {
    const next = items.map((): number[] => [])
    for (const { low, high, lowWins, highWins } of pairs) {
      if (forward ? lowWins : highWins) next[low]!.push(high)
      if (forward ? highWins : lowWins) next[high]!.push(low)
    }
    const seen = new Uint8Array(items.length)
    const stack = [0]
    seen[0] = 1
    for (let item = stack.pop(); item !== undefined; item = stack.pop()) {
      for (const other of next[item]!) {
        if (seen[other]) continue
        seen[other] = 1
        stack.push(other)
      }
    }
    const apart = seen.indexOf(0)
    if (apart < 0) continue
    const [better, worse] = forward ? [items[apart], items[0]] : [items[0], items[apart]]
    throw new GradeError(
      'votes_invalid',
      `No chain of wins leads from "${worse}" to "${better}", so their strengths cannot be compared; more comparisons are needed.`,
    )
  }
}
