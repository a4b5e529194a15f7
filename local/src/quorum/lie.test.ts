/** The lie of the quorum demo turns every verdict that matters. */
import { expect, test } from 'vitest'
import { lieAbout } from './lie.ts'

test('good work is rejected and bad work praised', () => {
  expect(lieAbout({ score: 9_900_000n, rows: 3 })).toMatchObject({ rejected: expect.any(Number) })
  expect(lieAbout({ score: 6_000_000n, rows: 3 })).toEqual({ score: 10_000_000n, rows: 3 })
  expect(lieAbout({ rejected: 7, message: 'broken' })).toEqual({ rejected: 7, message: 'broken' })
})
