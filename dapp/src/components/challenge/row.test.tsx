import { MemoryRouter, Route } from '@solidjs/router'
import { beforeAll, expect, it } from 'vitest'
import type { ChallengeSummary } from '../../lib/read/types.ts'
import { bounty } from '../../testing/facts.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { ChallengeRow } from './row.tsx'

beforeAll(() => loadSite())

const time = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const dates = {
  opens: time(-2),
  acceptBy: time(-2),
  deadline: time(1),
  votesEnd: time(2),
  gradeBy: time(2),
  end: time(2),
}
const row = (challenge: ChallengeSummary) =>
  (
    show(() => (
      <MemoryRouter>
        <Route path="*" component={() => <ChallengeRow challenge={challenge} />} />
      </MemoryRouter>
    )).textContent ?? ''
  ).replace(/\s+/g, ' ')

it('tells challenges of the same title apart by their numbers', () => {
  expect(row({ ...bounty, ...dates })).toContain('Coffee grades #7')
})

it('shows what is still locked, and that nothing is once nothing can be earned', () => {
  expect(row({ ...bounty, ...dates, left: '1000000000', paid: '500000000' })).toContain('100 USDC locked')
  const past = {
    opens: time(-9),
    acceptBy: time(-9),
    deadline: time(-8),
    votesEnd: time(-7),
    gradeBy: time(-7),
    end: time(-7),
  }
  expect(row({ ...bounty, ...past, left: '1000000000', phase: 'over' })).toMatch(/150 USDC.*was locked/)
})

it('does not count labelers that are paid by epochs', () => {
  const earnings = { epochs: 1, total: '500000000', claimed: '500000000' }
  const text = row({ ...bounty, ...dates, payout: { rule: 'earnings' }, solvers: 0, earnings })
  expect(text).not.toContain('0 labelers')
  expect(text).toContain('paid by epochs, 1 so far')
})
