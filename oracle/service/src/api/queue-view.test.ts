/** The public queue shows a solver their position and the reason of a delay. */
import { expect, test } from 'vitest'
import type { Entry } from '../chain/entry.ts'
import { createGradingQueue, type QueueItem } from '../grading/queue.ts'
import { viewQueue } from './queue-view.ts'

const entry = (challenge: number, number: number): Entry => ({
  challenge,
  number,
  solver: `S${number}`,
  attempt: 1,
  cid: 'bafy',
  commitment: new Uint8Array(32),
  units: 0,
  time: 1_000,
})

test('positions count by challenge, in the order of the numbers, whatever order they came in', () => {
  const queue = createGradingQueue()
  for (const [challenge, number] of [
    [2, 5],
    [1, 9],
    [2, 4],
    [1, 8],
    [2, 6],
  ] as const)
    queue.add(entry(challenge, number))
  queue.keep(2, new Set([5, 6]))
  const standing = ({ entry }: QueueItem) => ({ passed: entry.number === 6, kept: false, voted: null })
  const lines = viewQueue(queue.all(), standing, 1_090_500)
  expect(lines.map(({ challenge, number, position }) => [challenge, number, position])).toEqual([
    [1, 8, 1],
    [1, 9, 2],
    [2, 5, 1],
    [2, 6, 2],
  ])
  expect(lines[0]).toMatchObject({ ageSeconds: 90, state: 'waiting', attempts: 0, lastError: null, passedOver: false })
  expect(lines[3]).toMatchObject({ number: 6, passedOver: true })
})

test('an event that is delivered twice does not reset the work', () => {
  const queue = createGradingQueue()
  queue.add(entry(1, 1))
  queue.get(1, 1)!.stage = 'grading'
  queue.add(entry(1, 1))
  expect(queue.get(1, 1)?.stage).toBe('grading')
})
