/** Who pays the network fee is said where it matters, and nothing where the account has enough. */
import { MemoryRouter, Route } from '@solidjs/router'
import { Keypair } from '@stellar/stellar-sdk/base'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import { connect, disconnect } from '../../lib/wallet/session.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { FeeLine } from './fee-line.tsx'

const ME = Keypair.random()
const said = vi.hoisted(() => ({ fees: { enough: true, paidBy: null as string | null }, asked: [] as unknown[] }))
vi.mock('../../lib/write/fees.ts', () => ({
  feesOf: async (...of: unknown[]) => {
    said.asked.push(of)
    return said.fees
  },
}))
beforeAll(() => loadSite({ demoAccounts: [{ name: 'Ada', secret: ME.secret() }] }))
afterEach(disconnect)

const line = async (fees: typeof said.fees) => {
  said.fees = fees
  said.asked = []
  await connect('demo', 'Ada')
  const place = show(() => (
    <MemoryRouter>
      <Route path="*" component={() => <FeeLine challenge={7} />} />
    </MemoryRouter>
  ))
  await expect.poll(() => said.asked).toEqual([[7, ME.publicKey()]])
  return place
}

it('names who pays for an account that has nothing to spend', async () => {
  const payer = Keypair.random().publicKey()
  const place = await line({ enough: false, paidBy: payer })
  await expect.poll(() => place.textContent).toContain('The network fee is paid for you')
  expect(place.querySelector(`a[href="/accounts/${payer}"]`)).not.toBeNull()
})

it('warns where no one does', async () => {
  const place = await line({ enough: false, paidBy: null })
  await expect.poll(() => place.textContent).toContain('No oracle of this challenge offers to pay it')
})

it('says nothing to an account that has enough', async () => {
  const place = await line({ enough: true, paidBy: null })
  await new Promise((done) => requestAnimationFrame(done))
  expect(place.textContent).toBe('')
})
