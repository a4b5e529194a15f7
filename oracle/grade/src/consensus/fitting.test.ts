/** The loops of the kernel and those in JavaScript give the same bits, whatever they are given. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { naturalLog } from '../arithmetic/log.ts'
import { confusionRows } from './confusionrows.ts'
import { expect as estimate, SMALLEST } from './expectation.ts'
import { createFitting } from './fitting.ts'
import { indexVotes, type Vote, type Votes } from './votes.ts'

/** Numbers from 0 to below 1, the same for the same seed. */
function randomOf(seed: number): () => number {
  let state = (seed % 2147483646) + 1
  return () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
}

/** How probable it is that something is said: sometimes certain, sometimes as good as impossible. */
function probability(random: () => number): number {
  const kind = random()
  if (kind < 0.2) return 1
  return kind < 0.5 ? SMALLEST : Math.max(SMALLEST, random() ** 8)
}

/** Counts and one step from a model that is drawn from a seed, by the kernel's loops or by others. */
function step(votes: Votes, known: Int32Array | undefined, seed: number, fewest: number) {
  const { fitting, loops } = createFitting(votes, confusionRows(votes), known, fewest)
  const random = randomOf(seed)
  const { probabilities, counts, priors, logPriors, errors, logErrors, shares } = fitting
  probabilities.forEach((_, i) => {
    probabilities[i] = random()
  })
  loops.count()
  const counted = counts.slice()
  for (const [values, logs] of [
    [priors, logPriors],
    [errors, logErrors],
  ] as const)
    values.forEach((_, i) => {
      values[i] = probability(random)
      logs[i] = naturalLog(values[i]!)
    })
  const entropy = estimate(fitting, loops)
  return { inKernel: counts.byteOffset > 0, counted, entropy: Float64Array.of(entropy), probabilities, counts, shares }
}

const bits = (values: Float64Array): BigUint64Array => new BigUint64Array(values.slice().buffer)

function compare(votes: Votes, known: Int32Array | undefined, seed: number): void {
  const one = step(votes, known, seed, 0)
  const other = step(votes, known, seed, Number.POSITIVE_INFINITY)
  expect([one.inKernel, other.inKernel]).toEqual([true, false])
  for (const part of ['counted', 'probabilities', 'counts', 'shares', 'entropy'] as const) {
    const [ones, others] = [bits(one[part]), bits(other[part])]
    expect({ part, differs: ones.findIndex((word, i) => word !== others[i]) }).toEqual({ part, differs: -1 })
    const strange = one[part].findIndex((value) => !(Math.abs(value) < Number.POSITIVE_INFINITY))
    expect({ part, strange }).toEqual({ part, strange: -1 })
  }
}

/** So many items of so many votes each, by labelers in turns. */
function crowd(items: number, each: number, labelers: number, labels: readonly string[], seed: number): Votes {
  const random = randomOf(seed)
  const votes: Vote[] = []
  for (let item = 0; item < items; item++)
    for (let nth = 0; nth < each; nth++) {
      const label = labels[Math.floor(random() ** 2 * labels.length)]!
      votes.push({ item: `i${item}`, labeler: `w${(item * 3 + nth) % labelers}`, label })
    }
  return indexVotes(votes, labels)
}

const named = (count: number): string[] => Array.from({ length: count }, (_, label) => `l${label}`)

test('any votes, any number of labels, some items known', () => {
  const crowds = fc.record({
    items: fc.integer({ min: 0, max: 300 }),
    each: fc.integer({ min: 1, max: 9 }),
    labels: fc.integer({ min: 1, max: 20 }),
    known: fc.boolean(),
    seed: fc.integer({ min: 0, max: 1e9 }),
  })
  fc.assert(
    fc.property(crowds, ({ items, each, labels, known, seed }) => {
      const votes = crowd(items, each, each + 3, named(labels), seed)
      const random = randomOf(seed + 1)
      const right = Int32Array.from(votes.items, () => Math.floor(random() * (labels + 4)) - 4)
      compare(votes, known ? right.map((label) => Math.max(-1, label)) : undefined, seed)
    }),
    { numRuns: 100 },
  )
})

test.each([
  ['no votes', indexVotes([])],
  ['no votes about three labels', indexVotes([], named(3))],
  ['one vote', crowd(1, 1, 1, named(1), 1)],
  ['one labeler', crowd(500, 1, 1, named(4), 2)],
  ['one label', crowd(300, 4, 7, named(1), 3)],
  ['ties', crowd(256, 2, 2, named(2), 4)],
  ['a thousand labels', crowd(20, 5, 5, named(1000), 5)],
  ['a thousand votes an item, whose probabilities no product can hold', crowd(5, 1000, 1000, named(6), 6)],
  ['thirty-two votes an item, most of whose probabilities are as good as 0', crowd(700, 32, 40, named(5), 7)],
])('%s', (_, votes) => {
  for (let seed = 0; seed < 5; seed++) {
    compare(votes, undefined, seed)
    compare(votes, new Int32Array(votes.items.length).fill(0), seed)
  }
})
