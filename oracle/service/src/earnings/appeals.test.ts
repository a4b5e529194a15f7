/** What anyone may ask for costs an oracle little, however much was decided. */
import type { Review } from '@stellartrain/ipfs-content/work'
import { expect, test } from 'vitest'
import { openAppeals } from './appeals.ts'
import { BELOW_ACCURACY } from './epoch.ts'
import type { OpenWork } from './open-work.ts'
import type { Held } from './store.ts'

test('decisions are read once for all appeals, and again once there are more', () => {
  let read = 0
  const reviewOf = (number: number, items: string[]): Review => ({
    ...{ number, accepted: [], upheld: [], signature: '' },
    get withdrawn() {
      read++
      return items
    },
  })
  const work = {
    reason: 0,
    message: '',
    layer: 1,
    expires: 9,
    ids: ['a'],
    answers: ['x'],
    known: [{ id: 'a', right: false }],
  }
  const held = (attempt: number) => ({ batch: { labeler: 'G', attempt }, time: 1, work }) as unknown as Held
  const appeals = new Map(
    Array.from({ length: 500 }, (_, i) => [`G/${i}`, { labeler: 'G', attempt: i, why: '', signature: '' }] as const),
  )
  const reviews = [reviewOf(1, ['b'])]
  const store = { reviews, epochs: [], appeals, named: ({ attempt }: { attempt: number }) => [held(attempt)] }
  const of = { store, terms: { minAccuracy: 0.5, reviewer: 'G' } } as unknown as OpenWork
  expect(openAppeals(of).appeals[0]).toMatchObject({ reason: BELOW_ACCURACY })
  expect(read).toBe(1)
  reviews.push(reviewOf(2, ['a']))
  expect(openAppeals(of)).toMatchObject({ appeals: [], won: 500 })
  expect(read).toBe(3)
})
