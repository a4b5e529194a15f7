/** What a labeler earned and was not sent is claimed by its proof; nothing is offered where nothing is left. */
import { MemoryRouter, Route } from '@solidjs/router'
import { Keypair } from '@stellar/stellar-sdk/base'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Challenge } from '../../lib/read/types.ts'
import { connect, disconnect } from '../../lib/wallet/session.ts'
import { bounty } from '../../testing/facts.ts'
import { button, field, fill, hasButton } from '../../testing/page.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { EarningsClaim } from './earnings-claim.tsx'

const LABELER = Keypair.random()
const OTHER = Keypair.random().publicKey()
const ledger = vi.hoisted(() => ({ cumulative: 50_000_000n, claimed: 20_000_000n }))
const claimed = vi.hoisted(() => [] as string[])
vi.mock('../../lib/write/earnings.ts', () => ({
  earnedBy: async () => ({ epoch: 3, ...ledger }),
  claimFor: async (_challenge: number, labeler: string) => {
    claimed.push(labeler)
    ledger.claimed = ledger.cumulative
  },
}))
const earnings = { epochs: 3, total: '90000000', claimed: '20000000' }
const paid: Challenge = { ...bounty, payout: { rule: 'earnings' }, earnings }

beforeAll(() => loadSite({ demoAccounts: [{ name: 'Ada', secret: LABELER.secret() }] }))
afterEach(disconnect)

const panel = (challenge: Challenge) =>
  show(() => (
    <MemoryRouter>
      <Route path="*" component={() => <EarningsClaim challenge={challenge} />} />
    </MemoryRouter>
  ))

it('is shown where earnings are paid and a wallet is connected', async () => {
  expect(panel(paid).textContent).toBe('')
  await connect('demo', 'Ada')
  expect(panel(bounty).textContent).toBe('')
  // Its maker earns nothing in it, and can claim for those who do.
  const { textContent } = panel({ ...paid, maker: LABELER.publicKey() })
  expect(textContent).not.toContain('Your earnings')
  expect(textContent).toContain('Claim for another labeler')
  expect(panel(paid).textContent).toContain('Your earnings')
})

it('claims what was earned and not sent, once', async () => {
  await connect('demo', 'Ada')
  const place = panel(paid)
  await expect.poll(() => place.textContent).toContain('By epoch 3 you have earned 5 USDC, of which 2 USDC was sent')
  button(place, 'Claim 3 USDC').click()
  await expect.poll(() => place.textContent).toContain('of which 5 USDC was sent')
  expect(hasButton(place, 'Claim 3 USDC')).toBe(false)
  expect(claimed).toEqual([LABELER.publicKey()])
})

it('claims for another labeler, whose account need not exist, and for no text that is no account', async () => {
  ledger.claimed = 20_000_000n
  claimed.length = 0
  await connect('demo', 'Ada')
  const place = panel({ ...paid, maker: LABELER.publicKey() })
  fill(field(place, 'Account of the labeler'), OTHER.slice(0, -1))
  await expect.poll(() => place.textContent).toContain('This is not the address of an account')
  expect(hasButton(place, 'Claim 3 USDC')).toBe(false)
  fill(field(place, 'Account of the labeler'), ` ${OTHER} `)
  await expect.poll(() => place.textContent).toContain('this account has earned 5 USDC')
  button(place, 'Claim 3 USDC').click()
  await expect.poll(() => claimed).toEqual([OTHER])
})
