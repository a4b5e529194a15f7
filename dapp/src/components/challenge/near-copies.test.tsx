import { MemoryRouter, Route } from '@solidjs/router'
import { expect, test } from 'vitest'
import type { ReportedCopies } from '../../lib/content/near-copies.ts'
import { show } from '../../testing/show.ts'
import { Found } from './near-copies.tsx'

const pageOf = (found: ReportedCopies): HTMLElement =>
  show(() => (
    <MemoryRouter>
      <Route path="*" component={() => <Found challenge={{ id: 7 }} found={found} />} />
    </MemoryRouter>
  ))

test('says which submissions resemble each other, links them, and says that no prize follows from it', () => {
  const pairs = [{ numbers: [3, 1] as [number, number], measure: 'errors' as const, value: 0.95, by: 1 }]
  const page = pageOf({ compared: 4, oracles: 3, pairs })
  expect(page.textContent).toContain('#3 and #1 go wrong in the same places0.9500')
  expect(page.textContent).toContain('reported by 1 of 3 oracles')
  expect(page.textContent).toContain(
    '3 oracles report having compared up to 4 opened submissions of different solvers.',
  )
  expect(page.querySelector('a')?.getAttribute('href')).toBe('/challenges/7/submissions/3')
})

test('says that none does, too', () => {
  const page = pageOf({ compared: 4, oracles: 1, pairs: [] })
  expect(page.textContent).toContain(
    '1 oracle reports having compared up to 4 opened submissions of different solvers, and that none',
  )
})
