import { expect, it } from 'vitest'
import type { Challenge } from '../../lib/read/types.ts'
import { bounty } from '../../testing/facts.ts'
import { show } from '../../testing/show.ts'
import { Silence } from './silence.tsx'

const time = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const closes = 'No more submissions are taken from then on.'
const rest = 'What no one has won by then of the prize can be sent back to the maker, by anyone.'
const defaultsAt = (first: number, last: number): Challenge['defaults'] => [
  { at: time(first), code: 'submissions_close', text: closes },
  { at: time(last), code: 'refund_rest', text: rest },
]
const panel = (defaults: Challenge['defaults']) => show(() => <Silence challenge={{ ...bounty, defaults }} />)

it('says what comes, and folds what has passed', () => {
  const place = panel(defaultsAt(-1, 1))
  expect(place.querySelector('h2')?.textContent).toBe('If no one acts')
  expect(place.querySelector('section > ol')?.textContent).toContain(rest)
  expect(place.querySelector('details')?.textContent).toMatch(/Dates that have passed.*Submissions closed\./)
  expect(place.textContent).not.toContain(closes)
})

it('has nothing folded before the first date', () => {
  expect(panel(defaultsAt(1, 2)).querySelector('details')).toBeNull()
})

it('speaks of the past where every date has passed', () => {
  const place = panel(defaultsAt(-2, -1))
  expect(place.querySelector('h2')?.textContent).toBe('Dates that have passed')
  expect(place.textContent).not.toContain('If no one acts')
  expect(place.textContent).toContain('What no one had won by then')
})
