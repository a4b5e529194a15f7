/** The queue has what a vote is owed on, and those who withhold their files are not in the way of those who do not. */
import { expect, test } from 'vitest'
import type { Challenge } from '../chain/challenge.ts'
import { createGradingQueue } from '../grading/queue.ts'
import { challengeOf, entryOf, GOOD, TERMS, UNAVAILABLE } from '../voting/challenge.fixture.ts'
import { createGaps } from './gaps.ts'
import type { Tasks } from './tasks.ts'
import { type TickDeps, tick } from './tick.ts'

function world(challenge: Challenge) {
  const queue = createGradingQueue()
  const started: string[] = []
  const note = (name: string) => () => void started.push(name)
  const tasks = Object.fromEntries(['find', 'inspect', 'refuse', 'rank', 'open'].map((name) => [name, note(name)]))
  const watch = {
    clock: () => ({ ledger: 1, closedAt: 100 }),
    challenges: () => [challenge],
    get: (id: number) => (id === challenge.id ? challenge : undefined),
    forget: note('forget'),
  }
  const deps = {
    ...{ watch, queue, tasks: tasks as unknown as Tasks, gaps: createGaps(), privateScores: { drop: () => {} } },
    ...{ undeliverable: () => false, unclosable: () => false, forgotten: () => {}, now: () => 0 },
  } as unknown as TickDeps
  return { queue, started, look: () => tick(deps), numbers: () => queue.of(1).map(({ entry }) => entry.number) }
}

const entries = (count: number) => Array.from({ length: count }, (_, index) => entryOf(1, index + 1, 50))

test('what is not voted on is in work, and so is an own unavailable that can be improved', () => {
  const [one, two, three, four] = entries(4) as [ReturnType<typeof entryOf>, ...ReturnType<typeof entryOf>[]]
  const challenge = challengeOf(
    1,
    [[one, { votes: [UNAVAILABLE] }], [two!, { votes: [GOOD] }], [three!, { status: GOOD }], four!],
    { terms: TERMS },
  )
  const { look, numbers } = world(challenge)
  look()
  expect(numbers()).toEqual([1, 4])
  challenge.submissions[3] = { ...challenge.submissions[3]!, status: GOOD }
  look()
  expect(numbers()).toEqual([1])
})

test('a hundred and twenty withheld files do not keep the next one from being graded', () => {
  const { queue, look, numbers } = world(challengeOf(1, entries(300)))
  look()
  expect(numbers()).toHaveLength(120)
  for (const item of queue.of(1)) Object.assign(item, { stage: 'failed_retrying', attempts: 1 })
  look()
  expect(numbers()).toHaveLength(240)
})

test('a challenge that waits for its oracles is inspected, one in which nothing is left is forgotten', () => {
  const accepting = world(challengeOf(1, [], { accepted: [0], counters: { accepted: false } }))
  accepting.look()
  expect(accepting.started).toEqual(['inspect'])
  const cancelled = world(challengeOf(1, [], { phase: 'cancelled', counters: { cancelled: true } }))
  cancelled.look()
  expect(cancelled.started).toEqual(['forget'])
})
