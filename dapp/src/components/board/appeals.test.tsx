/** The reviewer decides appeals by one key each and signs once; everyone else sees how many were won. */
import { MemoryRouter, Route } from '@solidjs/router'
import { Keypair } from '@stellar/stellar-sdk/base'
import { UserError } from '@stellartrain/sdk'
import { createSignal } from 'solid-js'
import { afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import type { Challenge } from '../../lib/read/types.ts'
import { connect, disconnect } from '../../lib/wallet/session.ts'
import type { Decisions, Appeals as Found } from '../../lib/write/work.ts'
import { address, bounty } from '../../testing/facts.ts'
import { button, field, fill, hasButton } from '../../testing/page.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { Appeals, appealsWords } from './appeals.tsx'

const REVIEWER = Keypair.random()
const oracles = vi.hoisted(() => ({
  found: {} as Found,
  decided: [] as [number, Decisions][],
  refusal: undefined as Error | undefined,
}))
vi.mock('../../lib/write/work.ts', () => ({
  appealsOf: async () => oracles.found,
  decide: async (challenge: number, decisions: Decisions) => {
    oracles.decided.push([challenge, decisions])
    if (oracles.refusal) throw oracles.refusal
    oracles.found = { ...oracles.found, appeals: [], won: 1, lost: 2 }
    return { number: 1, took: ['G1', 'G2'], oracles: 3 }
  },
}))
const challenge: Challenge = {
  ...bounty,
  payout: { rule: 'earnings' },
  earnings: { epochs: 1, total: '0', claimed: '0' },
}
const of = (letter: string, why: string) => ({
  ...{ labeler: address(letter), attempt: 1, why, signature: '', reason: 91, rejected: 'Too few answers agree.' },
})

beforeAll(() => loadSite({ demoAccounts: [{ name: 'Ada', secret: REVIEWER.secret() }] }))
beforeEach(() => {
  oracles.decided = []
  oracles.refusal = undefined
  oracles.found = {
    ...{ reviewer: REVIEWER.publicKey(), next: 1, last: null, won: 0, lost: 1 },
    appeals: [of('A', 'Mine are right.'), of('B', 'Please.')],
  }
})
afterEach(disconnect)

const board = () =>
  show(() => (
    <MemoryRouter>
      <Route path="*" component={() => <Appeals challenge={challenge} />} />
    </MemoryRouter>
  ))
const press = (key: string) =>
  document.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }))

it('says how many were won', () => {
  expect(appealsWords({ won: 0, lost: 0, appeals: [] })).toBe('No labeler has appealed.')
  expect(appealsWords({ won: 1, lost: 3, appeals: [of('A', '')] })).toBe(
    'Labelers won 1 of 4 decided appeals (25 %). 1 appeal waits.',
  )
})

it('offers nothing to decide to anyone but the reviewer', async () => {
  const place = board()
  await expect.poll(() => place.textContent).toContain('The one decided appeal was lost.')
  expect(hasButton(place, 'Leave it rejected')).toBe(false)
})

it('decides by one key each, takes back, and signs all of it once', async () => {
  await connect('demo', 'Ada')
  const place = board()
  await expect.poll(() => place.textContent).toContain('Mine are right.')
  press('a')
  expect(place.textContent, 'a key elsewhere decides nothing').toContain('Mine are right.')
  place.querySelector<HTMLElement>('section[tabindex="-1"]')!.focus()
  press('r')
  await expect.poll(() => place.textContent).toContain('Please.')
  press('u')
  await expect.poll(() => place.textContent).toContain('Mine are right.')
  press('a')
  press('r')
  fill(field(place, 'Ids of known items'), 'item-7\n\n')
  expect(place.textContent).toContain('3 decisions: 1 accepted, 1 left rejected, 1 withdrawn')
  button(place, 'Sign 3 decisions').click()
  await expect.poll(() => place.textContent).toContain('Labelers won 1 of 3 decided appeals')
  const [[id, decisions] = []] = oracles.decided
  expect(id).toBe(7)
  expect(decisions?.accepted?.map(({ labeler }) => labeler)).toEqual([address('A')])
  expect(decisions?.upheld?.map(({ labeler }) => labeler)).toEqual([address('B')])
  expect(decisions?.withdrawn).toEqual(['item-7'])
  expect(place.textContent).toContain('Decided: 2 of 3 oracles took your decisions.')
})

it('says nothing of decided before a majority of the oracles has it, and keeps the choices for the next try', async () => {
  await connect('demo', 'Ada')
  oracles.refusal = new UserError('not_handed_out', 'Only 1 of 3 oracles took it, and 2 have to.', { retryable: true })
  const place = board()
  await expect.poll(() => place.textContent).toContain('Mine are right.')
  button(place, 'Accept it after all').click()
  button(place, 'Sign 1 decision').click()
  await expect.poll(() => place.textContent).toContain('1 of 3 oracles took it')
  expect(place.textContent).not.toContain('Decided:')
  oracles.refusal = undefined
  button(place, 'Sign 1 decision').click()
  await expect.poll(() => place.textContent).toContain('Decided: 2 of 3 oracles')
})

it('keeps what was chosen, and the keys, while a new epoch has the list read again; what it settled needs no decision', async () => {
  await connect('demo', 'Ada')
  const [epochs, setEpochs] = createSignal(1)
  const place = show(() => (
    <MemoryRouter>
      <Route
        path="*"
        component={() => (
          <Appeals challenge={{ ...challenge, earnings: { ...challenge.earnings!, epochs: epochs() } }} />
        )}
      />
    </MemoryRouter>
  ))
  await expect.poll(() => place.textContent).toContain('Mine are right.')
  place.querySelector<HTMLElement>('section[tabindex="-1"]')!.focus()
  press('a')
  press('r')
  expect(hasButton(place, 'Sign 2 decisions')).toBe(true)
  oracles.found = { ...oracles.found, appeals: [of('B', 'Please.'), of('C', 'Look again.')], won: 1 }
  setEpochs(2)
  await expect.poll(() => place.textContent).toContain('Look again.')
  expect(place.textContent).toContain('1 decision: 0 accepted, 1 left rejected')
  press('a')
  expect(hasButton(place, 'Sign 2 decisions')).toBe(true)
})
