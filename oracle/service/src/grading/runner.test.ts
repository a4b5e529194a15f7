/** One submission that is unavailable must not keep the others waiting. */
import { ContentError } from '@stellartrain/ipfs-content'
import { silentLog } from '@stellartrain/service'
import { expect, test } from 'vitest'
import { scored } from './graded.ts'
import { createGradingQueue, type QueueItem, type Stage } from './queue.ts'
import { createGradingRunner, pick } from './runner.ts'

const entry = (number: number) => ({
  challenge: 1,
  number,
  solver: 'S',
  attempt: number,
  cid: 'bafy',
  commitment: new Uint8Array(32),
  units: 0,
  time: 0,
})
const item = (number: number, stage: Stage = 'waiting', attempts = 0, notBefore = 0): QueueItem => ({
  entry: entry(number),
  stage,
  attempts,
  lastError: null,
  permanent: false,
  notBefore,
})
const numbers = (items: QueueItem[]) => items.map((one) => one.entry.number)

test('fresh work comes before retries, and both in the order of the queue', () => {
  const items = [item(1, 'failed_retrying', 3), item(2), item(3, 'voting'), item(4)]
  expect(numbers(pick(items, 8, 10))).toEqual([2, 4, 1])
})

test('retries never fill all slots, so that new work always finds one', () => {
  const items = [1, 2, 3, 4, 5].map((number) => item(number, 'failed_retrying', 1))
  expect(numbers(pick(items, 4, 10))).toEqual([1, 2])
  const hanging = [item(1, 'fetching', 1), item(2, 'fetching', 1), item(3, 'failed_retrying', 1), item(4)]
  expect(numbers(pick(hanging, 4, 10))).toEqual([4])
})

test('nothing is tried before its time', () => {
  expect(pick([item(1, 'failed_retrying', 1, 11)], 4, 10)).toEqual([])
})

test('a failure is shown with its code and tried again until it succeeds', async () => {
  const queue = createGradingQueue()
  queue.add(entry(1))
  const seen: string[] = []
  let attempts = 0
  const done = new Promise<void>((resolve) => {
    const runner = createGradingRunner({
      queue,
      assess: async () => {
        if (++attempts < 3) throw new ContentError('not_found', 'It is not there.', { retryable: true })
        return scored(1n, '05', 1)
      },
      slots: 2,
      policy: { firstMs: 1, capMs: 2 },
      log: silentLog,
      now: Date.now,
      random: Math.random,
      onFailure: () => {},
      onChange: () => {
        const { stage, lastError } = queue.get(1, 1)!
        seen.push(`${stage}/${lastError?.code ?? '-'}`)
        if (stage === 'voting') resolve()
        else runner.start()
      },
      signal: new AbortController().signal,
    })
    runner.start()
  })
  await done
  expect(new Set(seen)).toEqual(new Set(['failed_retrying/not_found', 'voting/-']))
  expect(queue.get(1, 1)).toMatchObject({ attempts: 2, graded: { verdict: { score: 1n } } })
})
