import { expect, it } from 'vitest'
import { bounty, placeOf, ranked } from '../../testing/facts.ts'
import { keptWords, placesOf } from './places.ts'

it('the board has rows that are due, rows that wait, kept places and free ones', () => {
  const board = [placeOf(2, 'B', { paid: true }), placeOf(3, 'C', { place: 2, due: false, waiting: true })]
  const view = placesOf({ ...bounty, board, keptPlaces: [{ number: 1, solver: 'S', attempt: 1 }] })!
  expect(view.rows.map(({ kind }) => kind)).toEqual(['paid', 'waiting'])
  expect(view).toMatchObject({ kept: [1], free: 0 })
  expect(keptWords(view)).toEqual({
    before: 'A place is kept for',
    after: 'until 26 Nov 2026, 12:00 UTC: one or more oracles say that it wins, and no quorum has decided.',
  })
})

it('a ranking shows what each place would bring now; labels have no places', () => {
  const board = [placeOf(1, 'S', { due: false, prize: '600000000' })]
  expect(placesOf({ ...ranked, board })?.rows).toMatchObject([{ kind: 'running', place: { prize: '600000000' } }])
  expect(placesOf({ ...bounty, payout: { rule: 'per_unit', rate: '1', maxUnits: 10 } })).toBeNull()
})
