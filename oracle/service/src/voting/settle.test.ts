/** What is decided gets settled, what is late is passed over, and mostly only one oracle sends the transaction. */
import { expect, test } from 'vitest'
import { BAD, challengeOf, entryOf, GOOD, RANKED, TERMS } from './challenge.fixture.ts'
import { toSettle, turn, votesSettle } from './settle.ts'

const entries = [1, 2, 3].map((number) => entryOf(1, number, 50))
const [one, two, three] = entries as [(typeof entries)[0], (typeof entries)[0], (typeof entries)[0]]
const DECIDED = { votes: [GOOD, GOOD] }
const SPLIT = { votes: [GOOD, BAD] }
const numbers = (challenge: ReturnType<typeof challengeOf>, now = 100) =>
  toSettle(challenge, now).map(({ number }) => number)

test('a bounty is settled in the order of the numbers, as far as it is decided', () => {
  expect(numbers(challengeOf(1, [[one, DECIDED], [two, DECIDED], three], { terms: TERMS }))).toEqual([1, 2])
  expect(numbers(challengeOf(1, [one, [two, DECIDED]], { terms: TERMS }))).toEqual([])
})

test('what does not get its verdict in time is passed over, so that what comes behind it can be concluded', () => {
  const challenge = challengeOf(
    1,
    [
      [one, SPLIT],
      [two, DECIDED],
    ],
    { terms: TERMS },
  )
  expect(numbers(challenge, 169)).toEqual([])
  expect(numbers(challenge, 170)).toEqual([1, 2])
})

test('the last winner makes void what comes behind, in the same call', () => {
  const terms = { ...TERMS, payout: { rule: 'bounty', reward: 10n, winners: 1 } } as const
  expect(numbers(challengeOf(1, [[one, DECIDED], two, three], { terms }))).toEqual([1, 2, 3])
})

test('from the end on everything is concluded, and before it starts nothing', () => {
  const challenge = challengeOf(1, [one, [two, SPLIT]], { terms: TERMS })
  expect(numbers(challenge, 1_999)).toEqual([])
  expect(numbers(challenge, 2_000)).toEqual([1, 2])
  expect(numbers(challengeOf(1, [[one, DECIDED]], { terms: TERMS, counters: { accepted: false } }), 2_000)).toEqual([])
})

test('without a queue nothing waits for its turn', () => {
  expect(numbers(challengeOf(1, [one, [two, { votes: [GOOD] }]], { terms: RANKED }))).toEqual([2])
})

test('votes settle in the same call where they complete a verdict that can be carried out', () => {
  const settles = (list: Parameters<typeof challengeOf>[1], number: number, now = 100) =>
    votesSettle(challengeOf(1, list, { terms: TERMS }), [{ number, verdict: GOOD }], now)
  const other = { votes: [undefined, GOOD] }
  expect(settles([[one, other], two], 1)).toBe(true)
  expect(settles([one, two], 1)).toBe(false)
  expect(settles([one, [two, other]], 2)).toBe(false)
  const both = challengeOf(
    1,
    [
      [one, other],
      [two, other],
    ],
    { terms: TERMS },
  )
  expect(
    votesSettle(
      both,
      [2, 1].map((number) => ({ number, verdict: GOOD })),
      100,
    ),
  ).toBe(true)
})

test('for each submission exactly one oracle goes first, and the others follow one by one', () => {
  for (const oracles of [1, 3, 5])
    for (let number = 1; number < 12; number++) {
      const turns = Array.from({ length: oracles }, (_, seat) => turn(seat, oracles, number, [0]))
      expect(turns.toSorted((a, b) => a - b)).toEqual(Array.from({ length: oracles }, (_, place) => place))
    }
})

test('the work is shared, and never waits for an oracle that did not even vote', () => {
  const first = (number: number, voters: number[]) => [0, 1, 2].find((seat) => turn(seat, 3, number, voters) === 0)
  expect(new Set([1, 2, 3].map((number) => first(number, [0, 1, 2])))).toEqual(new Set([0, 1, 2]))
  for (let number = 1; number < 12; number++) expect([0, 2]).toContain(first(number, [0, 2]))
})
