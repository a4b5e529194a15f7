import { expect, it } from 'vitest'
import { bounty, oracles } from '../../testing/facts.ts'
import { conductWords } from '../oracle/conduct.ts'
import { bestIsUnknown, doubtWords } from './known.ts'
import { prizeParts } from './money.ts'
import { headlineOf, lockedWords, peopleWords, wholePrize } from './payout.ts'

const recovered = {
  ...{ state: 'recovered' as const, reason: 'late_start', since: 9, asOf: 9 },
  ...{ unknown: ['paid', 'solvers', 'best'], unknownSubmissions: 1 },
}

it('says of a challenge what is not known of it', () => {
  expect(doubtWords(bounty)).toBeNull()
  expect(doubtWords({ completeness: recovered })).toMatch(/is not known, and a submission is not shown\.$/)
  expect(doubtWords({ completeness: { ...recovered, state: 'partial' } })).toMatch(/may be wrong/)
  expect([bestIsUnknown(bounty), bestIsUnknown({ completeness: recovered })]).toEqual([false, true])
})

it('has no figure for what is not known', () => {
  const earnings = { ...bounty, payout: { rule: 'earnings' as const }, prize: null, added: null, solvers: null }
  expect(wholePrize(earnings)).toBeNull()
  expect(headlineOf(earnings, '').units).toBeNull()
  expect(lockedWords(earnings, 'open')).toMatch(/locked$/)
  expect(peopleWords({ ...bounty, solvers: null })).toBe('solvers not known')
  expect(conductWords({ ...oracles[0]!, votes: null })).toBe('votes not known')
})

it('adds up no money of which a part is not known', () => {
  const units = (challenge: Parameters<typeof prizeParts>[0]) =>
    Object.fromEntries(prizeParts(challenge).parts.map(({ id, units }) => [id, units]))
  const lost = { ...bounty, paid: null, money: { ...bounty.money, refunded: null } }
  expect(units(lost)).toMatchObject({ paid: null, returned: null, left: 1_500_000_000n })
  expect(prizeParts(lost).total).toBe(1_500_000_000n)
  // What went back is what is neither sent nor there any more.
  const returned = { ...bounty, money: { ...bounty.money, escrow: '500000000', refunded: null } }
  expect(units(returned)).toMatchObject({ paid: 0n, returned: 1_000_000_000n, left: 500_000_000n })
  expect(prizeParts({ ...lost, prize: null }).total).toBeNull()
})
