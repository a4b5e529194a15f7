/** The share of appeals that labelers won stands on their maker's page, over all challenges whose oracles answer. */
import { expect, it, vi } from 'vitest'
import type { Challenge } from '../lib/read/types.ts'
import { bounty } from '../testing/facts.ts'
import { show } from '../testing/show.ts'
import { AccountAppeals } from './account-appeals.tsx'

vi.mock('../lib/write/work.ts', () => ({
  appealsOf: async (challenge: number) => {
    if (challenge === 3) throw new Error('no oracle answers')
    return { won: challenge, lost: 1, appeals: [{}] }
  },
}))
const earned = (id: number): Challenge => ({
  ...{ ...bounty, id, payout: { rule: 'earnings' } },
  earnings: { epochs: 1, total: '0', claimed: '0' },
})

it('sums appeals of challenges that pay by earnings, and says of how many where not all are told', async () => {
  expect(show(() => <AccountAppeals challenges={[bounty]} />).textContent).toBe('')
  const place = show(() => <AccountAppeals challenges={[earned(1), bounty, earned(2), earned(3)]} />)
  await expect
    .poll(() => place.textContent)
    .toBe('In 2 of 3 challenges, whose oracles answered: Labelers won 3 of 5 decided appeals. 2 wait.')
  const all = show(() => <AccountAppeals challenges={[earned(1), earned(2)]} />)
  await expect.poll(() => all.textContent).toBe('Labelers won 3 of 5 decided appeals. 2 wait.')
})
