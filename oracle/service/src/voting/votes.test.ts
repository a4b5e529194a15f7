/** Which votes go out: in any order, never twice, never given up too early, and on copies only what is sure. */
import { expect, test } from 'vitest'
import type { QueueItem } from '../grading/queue.ts'
import { BAD, challengeOf, entryOf, GOOD, gradedItem, itemOf, SOLO, TERMS, UNAVAILABLE } from './challenge.fixture.ts'
import { dueVotes, owedVotes } from './votes.ts'

const entries = [1, 2, 3].map((number) => entryOf(1, number, 50))
const [one, two, three] = entries as [(typeof entries)[0], (typeof entries)[0], (typeof entries)[0]]

const due = (challenge: ReturnType<typeof challengeOf>, items: QueueItem[], now = 100) =>
  dueVotes(challenge, (number) => items.find(({ entry }) => entry.number === number), now).map(({ entry, verdict }) => [
    entry.number,
    verdict.status,
  ])

test('what is graded is voted on, whatever comes before it', () => {
  expect(due(challengeOf(1, entries), [gradedItem(three), itemOf(one)])).toEqual([[3, 'scored']])
})

test('what was voted on, concluded or decided without this oracle is left alone', () => {
  const scored = { status: GOOD }
  const late = { votes: [undefined, GOOD, GOOD], status: GOOD }
  const challenge = challengeOf(
    1,
    [
      [one, { votes: [GOOD] }],
      [two, late],
      [three, scored],
    ],
    { terms: TERMS },
  )
  expect(
    due(
      challenge,
      entries.map((entry) => gradedItem(entry)),
    ),
  ).toEqual([])
  // Decided by the two others and not concluded yet: the vote still counts in the record.
  const decided = challengeOf(1, [[one, { votes: [undefined, GOOD, GOOD] }]], { terms: TERMS })
  expect(due(decided, [gradedItem(one)])).toEqual([[1, 'scored']])
})

test('unavailable is voted after one patience and three attempts, and not while it is being graded', () => {
  const challenge = challengeOf(1, [one])
  const failing = (attempts: number, more: Partial<QueueItem> = {}) =>
    itemOf(one, { stage: 'failed_retrying', attempts, ...more })
  expect(due(challenge, [failing(3)], 109)).toEqual([])
  expect(due(challenge, [failing(3)], 110)).toEqual([[1, 'unavailable']])
  expect(due(challenge, [failing(2)], 110)).toEqual([])
  expect(due(challenge, [failing(1, { permanent: true })], 110)).toEqual([[1, 'unavailable']])
  expect(due(challenge, [failing(5, { stage: 'grading' })], 110)).toEqual([])
  expect(due(challenge, [itemOf(one)], 5_00)).toEqual([])
})

test('an own unavailable is improved while there is no verdict', () => {
  const open = challengeOf(1, [[one, { votes: [UNAVAILABLE] }]], { terms: TERMS })
  expect(due(open, [gradedItem(one)])).toEqual([[1, 'scored']])
  expect(due(open, [itemOf(one, { stage: 'failed_retrying', attempts: 9 })], 500)).toEqual([])
  expect(owedVotes(open, 100).map(({ number }) => number)).toEqual([1])
  const decided = challengeOf(1, [[one, { votes: [UNAVAILABLE, UNAVAILABLE] }]], { terms: TERMS })
  expect(due(decided, [gradedItem(one)])).toEqual([])
  expect(owedVotes(decided, 100)).toEqual([])
})

test('votes stop when their time ends; in a bounty that has ended they go on for the kept places', () => {
  const items = entries.map((entry) => gradedItem(entry))
  expect(due(challengeOf(1, [one]), items, 1_999)).toEqual([[1, 'scored']])
  expect(due(challengeOf(1, [one]), items, 2_000)).toEqual([])
  const ended = challengeOf(1, [one, [two, { passed: true, kept: true }]], { counters: { ended: true, kept: 1 } })
  expect(due(ended, items)).toEqual([[2, 'scored']])
  expect(owedVotes(ended, 100).map(({ number }) => number)).toEqual([2])
})

const UNIQUE = { ...TERMS, uniqueContent: true }

test('where content is unique, a copy waits for what has the content before it, then is rejected', () => {
  const items = [gradedItem(one), gradedItem(two), gradedItem(three, 95n, '06')]
  // The first is about to be voted on; before it has its verdict nothing can be said of the second, nor of what comes after that.
  expect(due(challengeOf(1, entries, { terms: UNIQUE }), items)).toEqual([[1, 'scored']])
  const decided = challengeOf(1, [[one, { votes: [GOOD, GOOD] }], two, three], { terms: UNIQUE })
  const votes = dueVotes(decided, (number) => items[number - 1], 100)
  expect(votes.map(({ entry, verdict }) => [entry.number, verdict])).toEqual([
    [2, { status: 'rejected', reason: 100 }],
    [3, { status: 'scored', score: 95n, content: '06', units: 0 }],
  ])
  // What was rejected takes nothing.
  const worthless = challengeOf(1, [[one, { votes: [GOOD, BAD, BAD] }], two], { terms: UNIQUE })
  expect(due(worthless, items)).toEqual([[2, 'scored']])
})

test('in the last patience before the votes end nobody waits any more: the own votes decide', () => {
  const items = [gradedItem(one), gradedItem(two)]
  const challenge = challengeOf(1, [[one, { votes: [GOOD] }], two], { terms: UNIQUE })
  expect(due(challenge, items, 1_939)).toEqual([])
  expect(due(challenge, items, 1_940)).toEqual([[2, 'rejected']])
})

test('where content is unique, nothing is said about what comes after a submission that is not known', () => {
  const challenge = challengeOf(1, entries, { terms: UNIQUE })
  challenge.submissions[0] = undefined
  const items = entries.map((entry) => gradedItem(entry))
  expect(due(challenge, items)).toEqual([])
  const plain = challengeOf(1, entries, { terms: SOLO })
  plain.submissions[0] = undefined
  expect(due(plain, items)).toEqual([
    [2, 'scored'],
    [3, 'scored'],
  ])
})

test('a solver may hand in its own content twice', () => {
  const again = { ...two, solver: one.solver }
  const challenge = challengeOf(1, [[one, { votes: [GOOD, GOOD] }], again], { terms: UNIQUE })
  expect(due(challenge, [gradedItem(one), gradedItem(again)])).toEqual([[2, 'scored']])
})

test('the score leaves rounded: finer digits would tell a prober more than the challenge allows', () => {
  const challenge = challengeOf(1, [one], { terms: { ...SOLO, step: 10n } })
  const [vote] = dueVotes(challenge, () => gradedItem(one, 99n), 100)
  expect(vote).toMatchObject({ verdict: { score: 90n }, rows: 1 })
})
