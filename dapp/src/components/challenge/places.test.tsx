import { MemoryRouter, Route } from '@solidjs/router'
import { beforeAll, expect, it } from 'vitest'
import type { Challenge } from '../../lib/read/types.ts'
import { bounty, placeOf, ranked, score } from '../../testing/facts.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { Places } from './places.tsx'

beforeAll(() => loadSite())

const lines = (challenge: Challenge) =>
  [
    ...show(() => (
      <MemoryRouter>
        <Route path="*" component={() => <Places challenge={challenge} />} />
      </MemoryRouter>
    )).querySelectorAll('li'),
  ].map((line) => (line.textContent ?? '').replace(/\s+/g, ' '))

it('shows who has a place, who waits, for whom one is kept and until when, and what is free', () => {
  const board = [
    placeOf(2, 'B', { paid: true }),
    placeOf(3, 'C', { place: 2, due: false, waiting: true, score: score(0.93) }),
  ]
  const payout = { rule: 'bounty', reward: '500000000', winners: 5 } as const
  const [first, second, kept, free] = lines({
    ...{ ...bounty, board, payout },
    keptPlaces: [{ number: 1, solver: 'S', attempt: 1 }],
  })
  expect(first).toMatch(/1st.*#2.*0\.95.*50 USDC.*paid/)
  expect(second).toMatch(/2nd.*#3.*0\.93.*50 USDC.*waits/)
  expect(kept).toContain('A place is kept for #1 until 26 Nov 2026, 12:00 UTC')
  expect(free).toBe('2 places free')
})

it('shows what each place of a running table would bring now', () => {
  const board = [placeOf(1, 'S', { due: false, prize: '600000000' })]
  expect(lines({ ...ranked, board })[0]).toMatch(/1st.*60 USDC.*so far/)
})
