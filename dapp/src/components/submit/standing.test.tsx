import { expect, it } from 'vitest'
import { bounty } from '../../testing/facts.ts'
import { show } from '../../testing/show.ts'
import { Standing } from './standing.tsx'

it('says one attempt a day where there is one', () => {
  const words = (attemptsPerDay: number) =>
    show(() => <Standing challenge={{ ...bounty, attemptsPerDay }} state={{ at: 'unknown' }} />).textContent
  expect(words(1)).toContain('1 attempt a day, 5 in total')
  expect(words(5)).toContain('5 attempts a day, 5 in total')
})
