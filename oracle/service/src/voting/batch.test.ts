/** Votes go out in order and without gaps, whatever order the work finishes in. */
import { expect, test } from 'vitest'
import { rejected, scored, unavailable } from '../grading/verdict.ts'
import { MAX_BATCH, nextBatch, type Progress } from './batch.ts'

const ready: Progress = { since: 0n, verdict: scored(1n, new Uint8Array(32), 10), failed: false }
const working: Progress = { since: 100n, failed: false }
const failing: Progress = { since: 100n, failed: true }
const clock = { patience: 60n, now: 120n }

function numbers(progress: Record<number, Progress>, clocked = clock, first = 1, last = 99): number[] {
  return nextBatch({ first, last }, (number) => progress[number], clocked).map((vote) => vote.number)
}

test('work that finished early waits for its elder', () => {
  expect(numbers({ 1: working, 2: ready, 3: ready })).toEqual([])
  expect(numbers({ 1: ready, 2: ready, 3: working, 4: ready })).toEqual([1, 2])
  expect(numbers({ 1: ready, 3: ready })).toEqual([1])
})

test('content that is unavailable holds the queue up for one patience, no longer', () => {
  const progress = { 1: failing, 2: { since: 0n, verdict: rejected(2), failed: false } }
  expect(numbers(progress, { patience: 60n, now: 159n })).toEqual([])
  const batch = nextBatch({ first: 1, last: 2 }, (number) => progress[number as 1 | 2], { patience: 60n, now: 160n })
  expect(batch.map((vote) => vote.number)).toEqual([1, 2])
  expect(batch[0]?.verdict).toBe(unavailable)
})

test('slow work is not given up: only what failed is', () => {
  expect(numbers({ 1: working }, { patience: 60n, now: 100_000n })).toEqual([])
})

test('a batch never exceeds what the contract takes', () => {
  const progress = Object.fromEntries(Array.from({ length: 60 }, (_, index) => [index + 1, ready]))
  expect(numbers(progress)).toHaveLength(MAX_BATCH)
  expect(numbers(progress, clock, 41, 60)).toHaveLength(20)
})
