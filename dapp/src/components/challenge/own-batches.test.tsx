/** A labeler sees why a batch was rejected, and appeals by one press, with reasons or without. */
import { Keypair } from '@stellar/stellar-sdk/base'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Manifest } from '../../lib/content/manifest.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { connect, disconnect } from '../../lib/wallet/session.ts'
import type { OwnBatch } from '../../lib/write/work.ts'
import { bounty } from '../../testing/facts.ts'
import { button, field, fill, hasButton } from '../../testing/page.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { OwnBatches } from './own-batches.tsx'

const LABELER = Keypair.random()
const oracles = vi.hoisted(() => ({ batches: [] as OwnBatch[], appeals: [] as [number, number, string][] }))
vi.mock('../../lib/write/work.ts', () => ({
  ownWork: async () => ({ oracles: 3, batches: oracles.batches.map((one) => ({ ...one })) }),
  appeal: async (challenge: number, attempt: number, why: string) => {
    oracles.appeals.push([challenge, attempt, why])
    oracles.batches = oracles.batches.map((one) => (one.attempt === attempt ? { ...one, appeal: 'open' } : one))
  },
}))
const paid: Challenge = {
  ...bounty,
  payout: { rule: 'earnings' },
  earnings: { epochs: 1, total: '90000000', claimed: '0' },
}
const manifest = { labeling: { perItem: '0.5', overlap: 2 } } as Manifest

beforeAll(() => loadSite({ demoAccounts: [{ name: 'Ada', secret: LABELER.secret() }] }))
beforeEach(() => {
  oracles.appeals = []
  oracles.batches = [
    { attempt: 1, state: 'accepted', epoch: 1, units: 5, earned: '25000000', toldBy: 3 },
    { attempt: 2, state: 'rejected', epoch: 1, reason: 91, why: 'Too few answers agree.', toldBy: 1 },
    { attempt: 3, state: 'waiting', toldBy: 2 },
  ]
})
afterEach(disconnect)

const panel = (of: Manifest | undefined = manifest) => show(() => <OwnBatches challenge={paid} manifest={of} />)

it('is shown to a connected labeler where batches are signed, and nowhere else', async () => {
  expect(panel().textContent).toBe('')
  await connect('demo', 'Ada')
  expect(panel({ ...manifest, labeling: { items: 'a', minAccuracy: 1 } } as Manifest).textContent).toBe('')
  const place = panel()
  await expect.poll(() => place.textContent).toContain('5 answers paid by epoch 1, 2.5 USDC')
  expect(place.textContent).toContain('Too few answers agree.')
  expect(place.textContent!.match(/So far .*? so\./g)).toEqual(['So far 1 of 3 oracles says so.'])
  expect([...place.querySelectorAll('button')].filter((one) => one.textContent === 'Appeal')).toHaveLength(1)
})

it('appeals by one press, and says that the reviewer decides', async () => {
  await connect('demo', 'Ada')
  const place = panel()
  await expect.poll(() => hasButton(place, 'Appeal')).toBe(true)
  button(place, 'Appeal').click()
  await expect.poll(() => place.textContent).toContain('the reviewer decides')
  expect(oracles.appeals).toEqual([[7, 2, 'I think that my answers are right.']])
  expect(hasButton(place, 'Appeal'), 'once').toBe(false)
})

it('sends the reasons that were typed, and says how an appeal ended', async () => {
  await connect('demo', 'Ada')
  const place = panel()
  await expect.poll(() => hasButton(place, 'Appeal')).toBe(true)
  fill(field(place, 'Why your answers are right'), '  The seven has a bar. ')
  button(place, 'Appeal').click()
  await expect.poll(() => oracles.appeals).toEqual([[7, 2, 'The seven has a bar.']])
  oracles.batches = oracles.batches.map((one) => (one.attempt === 2 ? { ...one, appeal: 'upheld' } : one))
  const later = panel()
  await expect.poll(() => later.textContent).toContain('the reviewer left it rejected')
})

it('what is typed stays while the oracles are asked again', async () => {
  await connect('demo', 'Ada')
  oracles.batches.push({
    attempt: 4,
    state: 'rejected',
    epoch: 1,
    reason: 91,
    why: 'Too few answers agree.',
    toldBy: 3,
  })
  const place = panel()
  await expect.poll(() => [...place.querySelectorAll('input')].length).toBe(2)
  const [, second] = [...place.querySelectorAll('input')]
  fill(second!, 'Half a sent')
  oracles.batches = oracles.batches.map((one) => (one.attempt === 4 ? { ...one, toldBy: 1 } : one))
  button(place, 'Appeal').click()
  await expect.poll(() => place.textContent).toContain('the reviewer decides')
  expect(place.querySelector('input')).toBe(second)
  expect(second!.value).toBe('Half a sent')
})
