/** What is fitted to many votes, to the last bit, in Node and in browsers. */
import { dawidSkene, indexVotes, oneCoinDawidSkene, pooledDawidSkene, type Votes } from './index.ts'

/** Enough for a kernel: five votes about each of 2,000 items, by labelers who are right more or less often. */
export function manyVotes(): Votes {
  let state = 2026
  const below = (n: number): number => {
    state = (state * 48271) % 2147483647
    return state % n
  }
  const votes = Array.from({ length: 10_000 }, (_, at) => {
    const item = Math.floor(at / 5)
    const by = (item + (at % 5)) % 23
    return { item: `i${item}`, labeler: `w${by}`, label: `l${below(23) < by ? item % 7 : below(7)}` }
  })
  return indexVotes(votes)
}

/** A number in hexadecimal digits that changes with any bit of any result. */
export function checksumOf(votes: Votes): string {
  let sum = 0n
  for (const fit of [dawidSkene, oneCoinDawidSkene, pooledDawidSkene]) {
    const { probabilities, bounds, quality, priors, confusion } = fit(votes, { maxIterations: 12 })
    for (const values of [probabilities, Float64Array.from(bounds), quality, priors, confusion(3)])
      for (const word of new BigUint64Array(values.slice().buffer))
        sum = BigInt.asUintN(64, (sum ^ word) * 0x9e3779b97f4a7c15n)
  }
  return sum.toString(16)
}
