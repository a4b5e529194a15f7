/** So much at once, the rest by turns of those whose it is and each one's in its order, also where some of it fails. */
import { expect, test } from 'vitest'
import { createAtOnce } from './at-once.ts'

test('no more runs at once than may, and what fails leaves its place', async () => {
  const atOnce = createAtOnce(3)
  const ends: (() => void)[] = []
  const began: number[] = []
  const work = Array.from({ length: 8 }, (_, i) =>
    atOnce(async () => {
      began.push(i)
      await new Promise<void>((resolve) => void ends.push(resolve))
      if (i % 2 === 1) throw new Error(`${i} failed`)
      return i
    }),
  )
  const results = Promise.allSettled(work)
  for (let ended = 0; ended < 8; ended++) {
    expect(began).toHaveLength(Math.min(8, ended + 3))
    ends[ended]!()
    await new Promise(setImmediate)
  }
  expect(began).toEqual([0, 1, 2, 3, 4, 5, 6, 7])
  expect((await results).map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message))).toEqual([
    ...[0, '1 failed', 2, '3 failed', 4, '5 failed', 6, '7 failed'],
  ])
})

test('a client that brings a thousand keeps no other waiting for more than one of them', async () => {
  const atOnce = createAtOnce(2)
  const began: string[] = []
  const work = (name: string, client: string) =>
    atOnce(async () => {
      began.push(name)
      await new Promise(setImmediate)
    }, client)
  const all = Array.from({ length: 1_000 }, (_, i) => work(`greedy ${i}`, 'greedy'))
  all.push(work('first', 'modest'), work('second', 'modest'), work('third', 'other'))
  await Promise.all(all)
  expect(began.slice(0, 8)).toEqual([
    ...['greedy 0', 'greedy 1', 'greedy 2', 'first', 'third', 'greedy 3', 'second', 'greedy 4'],
  ])
  expect(began).toHaveLength(1_003)
})
