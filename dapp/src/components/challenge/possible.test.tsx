/** What can be done now, and what each call would do, before anybody signs. */
import { MemoryRouter, Route } from '@solidjs/router'
import { Keypair } from '@stellar/stellar-sdk/base'
import { afterEach, beforeAll, expect, it, vi } from 'vitest'
import type { Challenge, Submission } from '../../lib/read/types.ts'
import { connect, disconnect } from '../../lib/wallet/session.ts'
import { answerFrom } from '../../testing/api.ts'
import { address, bounty, oracles, pending, scored } from '../../testing/facts.ts'
import { hasButton } from '../../testing/page.ts'
import { show } from '../../testing/show.ts'
import { loadSite } from '../../testing/site.ts'
import { Possible } from './possible.tsx'

const MAKER = Keypair.random()
const demoAccounts = [{ name: 'Maker', secret: MAKER.secret() }]
beforeAll(() => loadSite({ recount: address('R', 'C'), demoAccounts }))
afterEach(() => {
  disconnect()
  vi.unstubAllGlobals()
})

const time = (hours: number) => new Date(Date.now() + hours * 3_600_000).toISOString()
const over: Challenge = {
  ...bounty,
  ...{
    phase: 'over',
    opens: time(-90),
    acceptBy: time(-90),
    deadline: time(-50),
    votesEnd: time(-1),
    gradeBy: time(-1),
  },
}

/** Each has a number of its own, for what was read once is kept for a while. */
let id = 70

function panel(of: Challenge, submissions: Submission[]) {
  const challenge = { ...of, id: ++id }
  answerFrom(() => ({ [`/v1/challenges/${challenge.id}/submissions`]: { data: submissions, next: null } }))
  return show(() => (
    <MemoryRouter>
      <Route path="*" component={() => <Possible challenge={challenge} />} />
    </MemoryRouter>
  ))
}

it('shows nothing while nothing can be done', async () => {
  const place = panel({ ...over, phase: 'open', deadline: time(50), votesEnd: time(90), gradeBy: time(90) }, [pending])
  await new Promise((resolve) => setTimeout(resolve, 50))
  expect(place.textContent).toBe('')
})

it('after the end it says what settling, releasing and closing would do', async () => {
  const closing = { prize: '0', budget: '100000000', total: '100000000', keptPrize: '0', keptBudget: '0', folds: true }
  const held = { ...scored(0.5), number: 2, payment: null, flags: { ...pending.flags, held: true } }
  const place = panel({ ...over, closing, concluded: 1 }, [{ ...pending, submittedAt: time(-60) }, held])
  await expect.poll(() => place.textContent).toContain('Settling makes #1 final. It sends 1 USDC.')
  expect(place.textContent).toContain('A payment waits to be sent.')
  expect(place.querySelector(`a[href="/challenges/${id}/submissions/2"]`)?.textContent).toBe('Submission 2')
  expect(place.textContent).toContain('Closing sends the maker 10 USDC, which no one can still earn')
  expect(place.textContent).toContain('updates the records')
  for (const name of ['Settle', 'Close']) expect(hasButton(place, name)).toBe(true)
})

it('before the oracles have accepted, anyone may cancel after the time for it', async () => {
  const waiting = oracles.map((oracle) => ({ ...oracle, accepted: false }))
  const place = panel({ ...over, phase: 'lapsed', oracles: waiting }, [scored(0.5)])
  await expect.poll(() => hasButton(place, 'Cancel the challenge')).toBe(true)
  expect(hasButton(place, 'Settle')).toBe(false)
})

it('a maker whose second signature is missing is told what waits for it; the truth is asked for where it is needed', async () => {
  const judge = { address: address('R', 'C'), judgeBy: time(90) }
  const fresh: Challenge = { ...over, phase: 'accepting', acceptBy: time(9), submissions: 0, judge }
  const of = { ...fresh, deadline: time(20), gradeBy: time(50), votesEnd: time(50), maker: MAKER.publicKey() }
  await connect('demo', 'Maker')
  const place = panel(of, [])
  await expect.poll(() => hasButton(place, 'Fix how the ledger scores')).toBe(true)
  expect(place.textContent).toContain('the oracles do not accept the challenge before')
  const area = panel({ ...of, info: { ...bounty.info!, metric: 'roc_auc' } }, [])
  await expect.poll(() => area.querySelector('input[type=file]')).not.toBeNull()
  expect(area.textContent).toContain('with the file that was saved when you created the challenge')
})
