/** One receiver whose payment fails must not keep a batch from being posted. */
import { expect, test } from 'vitest'
import { createBatchSizes } from './batch-size.ts'
import { MAX_BATCH } from './votes.ts'

test('a batch that fails is halved until the one that fails alone has its payment held', () => {
  const batchSizes = createBatchSizes()
  const queue = Array.from({ length: 40 }, (_, index) => `S${index}`)
  const bad = 'S5'
  const posted: string[] = []
  for (let rounds = 0; posted.length < 40 && rounds < 60; rounds++) {
    const batch = queue.slice(posted.length, posted.length + batchSizes.limit(1))
    if (batch.includes(bad) && !batchSizes.held(1, bad)) batchSizes.shrink(1, batch)
    else {
      posted.push(...batch)
      batchSizes.grow(1)
    }
  }
  expect(posted).toEqual(queue)
  expect(queue.filter((solver) => batchSizes.held(1, solver))).toEqual([bad])
})

test('other challenges keep their size', () => {
  const batchSizes = createBatchSizes()
  batchSizes.shrink(1, ['A', 'B'])
  expect([batchSizes.limit(1), batchSizes.limit(2)]).toEqual([1, MAX_BATCH])
})
