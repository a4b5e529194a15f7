/** The signature: where a second one fixes the ledger's rules and is not given, the first one counts, and its challenge's page goes on. */
import { createMemoryHistory, MemoryRouter, Route } from '@solidjs/router'
import { Keypair } from '@stellar/stellar-sdk/base'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { CreateProgress } from '../../lib/create/create.ts'
import { newForm } from '../../lib/create/form.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { connect, disconnect } from '../../lib/wallet/session.ts'
import { answerFrom } from '../../testing/api.ts'
import { bounty } from '../../testing/facts.ts'
import { alerts, button } from '../../testing/page.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { Sign } from './sign.tsx'

const MAKER = { name: 'Maker', secret: Keypair.random().secret() }
const chain = vi.hoisted(() => ({ steps: [] as unknown[], failure: undefined as unknown, kept: [] as unknown[] }))
vi.mock('../../lib/create/create.ts', () => ({
  create: async (_: unknown, __: unknown, tell: (step: CreateProgress) => void) => {
    for (const step of chain.steps as CreateProgress[]) tell(step)
    if (chain.failure) throw chain.failure
    return { challenge: 7 }
  },
}))
vi.mock('./keep-truth.ts', () => ({ keepTruth: (...kept: unknown[]) => void chain.kept.push(kept.slice(0, 2)) }))

beforeAll(() => loadSite({ demoAccounts: [MAKER] }))
afterEach(() => {
  disconnect()
  vi.unstubAllGlobals()
  Object.assign(chain, { steps: [], failure: undefined, kept: [] })
})

async function sign(judge: string) {
  answerFrom(() => ({ '/v1/challenges/7': { ...bounty, id: 7 }, '/v1/oracles': { data: [], next: null } }))
  await connect('demo', 'Maker')
  const form = { ...newForm(Date.now(), 'C'), judge }
  const state = { form, sums: () => null, asset: () => ({ code: 'XLM', decimals: 7, contract: 'C', issuer: null }) }
  const history = createMemoryHistory()
  history.set({ value: '/create' })
  const place = show(() => (
    <MemoryRouter history={history}>
      <Route
        path="/create"
        component={() => (
          <Sign
            state={state as unknown as CreateState}
            sealed={{ what: 'the truth', csv: () => 'id,label\n' }}
            prepare={async () => ({ warnings: [], salt: new Uint8Array(32) }) as never}
          />
        )}
      />
      <Route path="*" component={() => <p>The challenge</p>} />
    </MemoryRouter>
  ))
  return { place, history }
}

const funding = { step: 'funding', progress: { state: 'signing', maxFee: 1n } }
const fixing = { step: 'fixing_rules', challenge: 7, progress: { state: 'signing', maxFee: 1n } }
/** As the sdk throws it. */
const refusal = (code: string, message: string) => Object.assign(new Error(message), { name: 'UserError', code })
const SECOND = refusal('rules_not_fixed', 'Challenge 7 is funded, but how its judge scores is not fixed yet.')

it('says how many signatures there are', async () => {
  expect((await sign('recount')).place.textContent).toContain('then signs two transactions')
  expect((await sign('')).place.textContent).toContain('then signs one transaction')
})

it('a second signature that is declined loses neither the challenge nor what its maker keeps', async () => {
  Object.assign(chain, { steps: [funding, fixing], failure: SECOND })
  const { place, history } = await sign('recount')
  button(place, 'Sign and lock 0 XLM').click()
  await expect.poll(() => history.get()).toBe('/challenges/7')
  expect(chain.kept).toEqual([[7, 'id,label\n']])
})

it('what fails before the ledger has the challenge is said, and nothing is kept', async () => {
  Object.assign(chain, {
    steps: [funding],
    failure: refusal('no_funds', 'This locks 10 XLM; the account has 1.'),
  })
  const { place, history } = await sign('recount')
  button(place, 'Sign and lock 0 XLM').click()
  await expect.poll(() => alerts(place)).toContain('This locks 10 XLM')
  expect(history.get()).toBe('/create')
  expect(chain.kept).toEqual([])
})
