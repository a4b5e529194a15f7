/** Consensus and agreement equal crowd-kit, krippendorff, statsmodels and scikit-learn, and do what a maker relies on. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { digamma } from '../arithmetic/digamma.ts'
import { exponential } from '../arithmetic/exp.ts'
import {
  bradleyTerry,
  cohenKappa,
  type DawidSkene,
  dawidSkene,
  fleissKappa,
  glad,
  indexVotes,
  krippendorffAlpha,
  mace,
  majorityVote,
  oneCoinDawidSkene,
  pooledDawidSkene,
  type Vote,
  type Votes,
  wawa,
} from './index.ts'

type Matrix = number[][]
interface Fitted {
  iterations: number
  probabilities: Matrix
}
interface Golden {
  aggregated: {
    name: string
    votes: [string, string, string][]
    majority: Matrix
    weights: number[]
    weighted: Matrix
    wawa: { probabilities: Matrix; quality: number[] }
    dawidSkene: Fitted & { priors: number[]; bounds: number[] }
    stopped: Fitted
    known: Fitted & { labels: Record<string, string> }
    oneCoin: Fitted & { quality: number[] }
    glad: (Fitted & { alphas: number[]; betas: number[] }) | null
    mace: (Fitted & { method: 'vb' | 'em'; competence: number[]; starts: { spamming: Matrix; thetas: Matrix }[] })[]
  }[]
  agreement: {
    name: string
    votes: [string, string, string][]
    alpha: Record<'nominal' | 'ordinal' | 'interval', number>
    fleiss: number | null
    cohen: number
  }[]
  preferences: { name: string; rows: [string, string, string][]; iterations: number; scores: number[] }[]
}

const golden: Golden = JSON.parse(readFileSync(new URL('../../vectors/consensus.json', import.meta.url), 'utf8'))
type Pooled = Fitted & { name: string; quality: number[]; confusion: number[][][] }
const pooled: Pooled[] = JSON.parse(readFileSync(new URL('../../vectors/pooled.json', import.meta.url), 'utf8'))
const votesOf = (rows: readonly [string, string, string][]): Vote[] =>
  rows.map(([item, labeler, label]) => ({ item, labeler, label }))

/** No two numbers further apart than that. */
function close(actual: ArrayLike<number>, expected: readonly number[], apart = 1e-9): void {
  expect(actual.length).toBe(expected.length)
  expect(Math.max(...expected.map((value, at) => Math.abs(value - actual[at]!)))).toBeLessThan(apart)
}

describe.each(golden.aggregated)('equal to crowd-kit: $name', (vector) => {
  const votes = indexVotes(votesOf(vector.votes))
  test('majority, weighted majority, Wawa', () => {
    close(majorityVote(votes).probabilities, vector.majority.flat())
    close(majorityVote(votes, Float64Array.from(vector.weights)).probabilities, vector.weighted.flat())
    close(wawa(votes).probabilities, vector.wawa.probabilities.flat())
    close(wawa(votes).quality, vector.wawa.quality)
  })
  test('Dawid–Skene: rounds, the bound that stops it, known labels, one coin', () => {
    const fitted = dawidSkene(votes, { maxIterations: vector.dawidSkene.iterations, tolerance: -1 })
    close(fitted.probabilities, vector.dawidSkene.probabilities.flat())
    close(fitted.priors, vector.dawidSkene.priors)
    close(fitted.bounds, vector.dawidSkene.bounds)
    const stopped = dawidSkene(votes)
    expect(stopped.iterations).toBe(vector.stopped.iterations)
    close(stopped.probabilities, vector.stopped.probabilities.flat())
    const known = Int32Array.from(votes.items, (item) => votes.labels.indexOf(vector.known.labels[item] ?? ''))
    const helped = dawidSkene(votes, { known, maxIterations: vector.known.iterations, tolerance: -1 })
    close(helped.probabilities, vector.known.probabilities.flat())
    const coin = oneCoinDawidSkene(votes, { maxIterations: vector.oneCoin.iterations, tolerance: -1 })
    close(coin.probabilities, vector.oneCoin.probabilities.flat())
  })
  test.each(vector.mace)('MACE by $method', ({ method, iterations, starts, probabilities, competence }) => {
    const begin = starts.map(({ spamming, thetas }) => ({
      spamming: Float64Array.from(spamming.flat()),
      habits: Float64Array.from(thetas.flat()),
    }))
    const fitted = mace(votes, { method, iterations, starts: begin })
    close(fitted.probabilities, probabilities.flat())
    close(fitted.quality, competence)
  })
})

test.each(pooled)('pooled Dawid–Skene: $name', ({ name, iterations, probabilities, quality, confusion }) => {
  const votes = indexVotes(votesOf(golden.aggregated.find((one) => one.name === name)!.votes))
  const fitted = pooledDawidSkene(votes, { maxIterations: iterations, tolerance: -1 })
  close(fitted.probabilities, probabilities.flat())
  close(fitted.quality, quality)
  confusion.forEach((matrix, labeler) => {
    close(fitted.confusion(labeler), matrix.flat())
  })
})

/** How many of 600 digits each method gets right, where every other labeler takes a 7 for a 1, and a 9 for a 4, six times in ten. */
function rightOf(labelers: number, seed: number): Record<'majority' | 'own' | 'pooled', number> {
  const digits = [...'0123456789']
  let state = seed
  const below = (count: number) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((state / 2 ** 32) * count)
  }
  const truth = new Map(Array.from({ length: 600 }, (_, at) => [`i${at}`, digits[below(10)]!]))
  const confused: Record<string, string> = { '7': '1', '9': '4' }
  const votes = [...truth].flatMap(([item, right]) =>
    [0, 1, 2].map((nth): Vote => {
      const by = nth * labelers + below(labelers)
      const label =
        by % 2 === 0 && below(100) < 60 ? (confused[right] ?? right) : below(100) < 6 ? digits[below(10)]! : right
      return { item, labeler: `w${by}`, label }
    }),
  )
  const all = indexVotes(votes)
  const right = ({ labelOf }: { labelOf: Int32Array }) =>
    all.items.filter((item, at) => all.labels[labelOf[at]!] === truth.get(item)).length
  return { majority: right(majorityVote(all)), own: right(dawidSkene(all)), pooled: right(pooledDawidSkene(all)) }
}

test.each([1, 2, 3])('matrices drawn to that of all labelers serve with few votes each as with many (%i)', (seed) => {
  // Nine votes a labeler: an own matrix is noise, and a pooled one costs at most a hundredth against the majority.
  const few = rightOf(66, seed)
  expect(few.pooled).toBeGreaterThan(few.own + 30)
  expect(few.pooled).toBeGreaterThan(few.majority - 6)
  // A hundred and fifty votes: as good as its own matrix.
  const many = rightOf(4, seed)
  expect(many.pooled).toBeGreaterThan(many.majority)
  expect(many.pooled).toBeGreaterThan(many.own - 6)
})

test.each(golden.aggregated.filter(({ glad }) => glad))('GLAD: $name', ({ votes: rows, glad: vector }) => {
  const { iterations, probabilities, alphas, betas } = vector!
  const options = { maxIterations: iterations, tolerance: -1, slope: 1e-10, ascentSteps: 2000 }
  const fitted = glad(indexVotes(votesOf(rows)), options)
  close(fitted.probabilities, probabilities.flat(), 1e-7)
  close(fitted.abilities, alphas, 1e-6)
  close(fitted.ease, betas, 1e-6)
})

test.each(golden.agreement)('agreement of $name', ({ votes: rows, alpha, fleiss, cohen }) => {
  const votes = indexVotes(votesOf(rows))
  for (const level of ['nominal', 'ordinal', 'interval'] as const)
    expect(krippendorffAlpha(votes, level)).toBeCloseTo(alpha[level], 12)
  if (fleiss === null) expect(fleissKappa(votes)).toBeNull()
  else expect(fleissKappa(votes)).toBeCloseTo(fleiss, 12)
  expect(cohenKappa(votes, 0, 1)).toBeCloseTo(cohen, 12)
})

test.each(golden.preferences)('Bradley–Terry: $name', ({ rows, iterations, scores }) => {
  const preferences = rows.map(([left, right, winner]) => ({ winner, loser: winner === left ? right : left }))
  const fitted = bradleyTerry(preferences, { maxIterations: iterations, tolerance: -1 })
  const sorted = fitted.items.toSorted()
  close(
    sorted.map((item) => fitted.scores[fitted.items.indexOf(item)]!),
    scores,
  )
})

const crowd = fc.uniqueArray(
  fc.record({
    item: fc.integer({ min: 0, max: 8 }).map((n) => `i${n}`),
    labeler: fc.integer({ min: 0, max: 5 }).map((n) => `w${n}`),
    label: fc.constantFrom('a', 'b', 'ä'),
  }),
  { minLength: 1, maxLength: 40, selector: ({ item, labeler }) => `${item} ${labeler}` },
)

test('the order in which votes arrive changes no bit', () => {
  fc.assert(
    fc.property(crowd, fc.infiniteStream(fc.nat()), (votes, keys) => {
      const shuffled = votes.map((vote) => ({ vote, key: keys.next().value! })).sort((a, b) => a.key - b.key)
      const labels = ['a', 'b', 'ä']
      const one = indexVotes(votes, labels)
      const other = indexVotes(
        shuffled.map(({ vote }) => vote),
        labels,
      )
      for (const fit of [majorityVote, wawa, dawidSkene, pooledDawidSkene, oneCoinDawidSkene, mace, glad]) {
        const [first, second] = [fit(one), fit(other)]
        expect(second.probabilities).toEqual(first.probabilities)
        for (let row = 0; row < one.items.length; row++) {
          const sum = first.probabilities.subarray(row * 3, row * 3 + 3).reduce((a, b) => a + b, 0)
          if (fit !== wawa || sum > 0) expect(sum).toBeCloseTo(1, 9)
        }
      }
    }),
    { numRuns: 25 },
  )
})

test('where most answer by chance, Dawid–Skene finds those who know; a careless majority does not', () => {
  let state = 2026
  const below = (n: number) => {
    state = (state * 48271) % 2147483647
    return state % n
  }
  const truth = Array.from({ length: 200 }, () => `l${below(3)}`)
  const votes = truth.flatMap((label, item) =>
    Array.from({ length: 9 }, (_, labeler) => {
      const knows = labeler < 3 && below(10) > 0
      return { item: `${item}`, labeler: `${labeler}`, label: knows ? label : `l${below(3)}` }
    }),
  )
  const indexed = indexVotes(votes)
  const right = (labelOf: Int32Array) =>
    indexed.items.filter((item, at) => indexed.labels[labelOf[at]!] === truth[Number(item)]).length
  const fitted = dawidSkene(indexed)
  expect(right(fitted.labelOf)).toBeGreaterThan(right(majorityVote(indexed).labelOf) + 10)
  expect(Math.min(...fitted.quality.subarray(0, 3))).toBeGreaterThan(Math.max(...fitted.quality.subarray(3)))
})

/** One round from this model, item by item in logarithms, and the bound after it. */
function plainRound(votes: Votes, before: DawidSkene, after: DawidSkene, known: Int32Array) {
  const count = votes.labels.length
  const smallest = 1e-10
  const confusions = [before, after].map(({ confusion }) => votes.labelers.map((_, labeler) => confusion(labeler)))
  let bound = 0
  const probabilities = votes.items.flatMap((_, item) => {
    const said = Array.from(votes.labelOf.subarray(votes.first[item], votes.first[item + 1]))
    const by = votes.labelerOf.subarray(votes.first[item], votes.first[item + 1])
    const logOf = (model: 0 | 1, nth: number, label: number) =>
      Math.log(confusions[model]![by[nth]!]![label * count + said[nth]!]!)
    const sums = Array.from(before.priors, (prior, label) =>
      said.reduce((sum, _, nth) => sum + logOf(0, nth, label), Math.log(prior)),
    )
    const largest = Math.max(...sums)
    const all = sums.reduce((sum, one) => sum + Math.exp(one - largest), 0)
    const right = known[item]!
    const row = sums.map((sum, label) => (right < 0 ? Math.exp(sum - largest) / all : Number(label === right)))
    row.forEach((p, label) => {
      bound -= Math.max(p, smallest) * Math.log(Math.max(p, smallest))
      for (let nth = 0; nth < said.length && p > 0; nth++)
        bound += p * (logOf(1, nth, label) + Math.log(after.priors[label]!))
    })
    return row
  })
  return { probabilities, bound: bound / votes.labelOf.length }
}

test('an item of a thousand votes, whose probabilities no product can hold, and items of three are estimated alike', () => {
  const answer = (item: number, labeler: number) =>
    'abcdef'[(item * 7 + ((labeler * labeler) % 11 < 5 ? 0 : labeler)) % 6]!
  const rows = Array.from({ length: 1000 }, (_, labeler) => ({
    item: 'crowded',
    labeler: `w${labeler}`,
    label: answer(3, labeler),
  }))
  for (let item = 0; item < 300; item++)
    for (let nth = 0; nth < 3; nth++) {
      const labeler = (item * 5 + nth * 13) % 1000
      rows.push({ item: `i${item}`, labeler: `w${labeler}`, label: answer(item, labeler) })
    }
  rows.push(...rows.slice(0, 1000).map((row, labeler) => ({ ...row, item: 'known', label: answer(4, labeler) })))
  const votes = indexVotes(rows)
  const known = Int32Array.from(votes.items, (item) => (item === 'known' ? 5 : item === 'i7' ? 1 : -1))
  const [before, after] = [1, 2].map((maxIterations) => dawidSkene(votes, { known, maxIterations, tolerance: -1 }))
  const plain = plainRound(votes, before!, after!, known)
  close(after!.probabilities, plain.probabilities)
  close([after!.bounds[1]!], [plain.bound])
})

test('votes that contradict themselves, labels outside the schema and bad parameters are refused by name', () => {
  const vote = { item: 'i', labeler: 'w', label: 'a' }
  const other = { item: 'i', labeler: 'v', label: 'b' }
  expect(() => indexVotes([vote, vote])).toThrow(/w labeled item "i" twice/)
  expect(() => indexVotes([vote], ['b'])).toThrow(/"a" is not one of the labels/)
  const votes = indexVotes([vote, other])
  expect(() => majorityVote(votes, Float64Array.of(1))).toThrow(/1 weights for 2 labelers/)
  expect(() => majorityVote(votes, Float64Array.of(1, Number.NaN))).toThrow(/weight of w is NaN/)
  expect(() => dawidSkene(votes, { known: Int32Array.of(2) })).toThrow(/known label 2 of item "i"/)
  expect(() => oneCoinDawidSkene(indexVotes([vote]))).toThrow(/at least two labels/)
  expect(() => bradleyTerry([{ winner: 'a', loser: 'a' }])).toThrow(/compared with itself/)
  expect(() => bradleyTerry([{ winner: 'a', loser: 'b' }])).toThrow(/No chain of wins leads from "b" to "a"/)
})

test('nothing to measure is null, not a number', () => {
  const same = indexVotes([
    { item: 'i', labeler: 'v', label: 'a' },
    { item: 'i', labeler: 'w', label: 'a' },
  ])
  expect([krippendorffAlpha(same), fleissKappa(same), cohenKappa(same, 0, 1)]).toEqual([null, null, null])
  const none = indexVotes([])
  expect([krippendorffAlpha(none), fleissKappa(none), cohenKappa(none, 0, 1)]).toEqual([null, null, null])
  expect(dawidSkene(none).labelOf).toHaveLength(0)
  expect(bradleyTerry([]).items).toEqual([])
})

test('exp and digamma are right to the last digits', () => {
  for (let x = -700; x <= 700; x += 0.731) expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(6e-16)
  expect([exponential(0), exponential(-800), exponential(800)]).toEqual([1, 0, Number.POSITIVE_INFINITY])
  expect(exponential(Number.NaN)).toBeNaN()
  // By mpmath with 30 digits.
  for (const [x, value] of [
    [0.5, -1.9635100260214235],
    [1, -0.5772156649015329],
    [10.5, 2.3030010342976865],
    [1000, 6.907255195648812],
    [1e-3, -1000.5755719318103],
  ] as const)
    expect(Math.abs(digamma(x) - value) / Math.max(1, Math.abs(value))).toBeLessThan(2e-15)
})
