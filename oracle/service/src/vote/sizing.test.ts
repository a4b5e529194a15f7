/** One receiver who cannot be paid must not keep a batch from being posted. */
import { expect, test } from 'vitest'
import { MAX_BATCH } from './batch.ts'
import { createSizing } from './sizing.ts'

test('a batch that fails is halved until the one that fails alone has its payment held', () => {
  const sizing = createSizing()
  const queue = Array.from({ length: 40 }, (_, index) => `S${index}`)
  const bad = 'S5'
  const posted: string[] = []
  for (let rounds = 0; posted.length < 40 && rounds < 60; rounds++) {
    const batch = queue.slice(posted.length, posted.length + sizing.limit(1))
    if (batch.includes(bad) && !sizing.held(1, bad)) sizing.tooMuch(1, batch)
    else {
      posted.push(...batch)
      sizing.went(1)
    }
  }
  expect(posted).toEqual(queue)
  expect(queue.filter((solver) => sizing.held(1, solver))).toEqual([bad])
})

test('other challenges keep their size', () => {
  const sizing = createSizing()
  sizing.tooMuch(1, ['A', 'B'])
  expect([sizing.limit(1), sizing.limit(2)]).toEqual([1, MAX_BATCH])
})
