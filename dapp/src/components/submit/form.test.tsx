/** The submit form in each state of its machine: what it says, and which of its buttons can be pressed. */
import { MemoryRouter, Route } from '@solidjs/router'
import { Keypair } from '@stellar/stellar-sdk/base'
import { precheck } from '@stellartrain/oracle-grade'
import { createSignal } from 'solid-js'
import { beforeAll, expect, it } from 'vitest'
import type { Manifest } from '../../lib/content/manifest.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { groupProblems } from '../../lib/submit/problem-groups.ts'
import { next, type SubmitEvent, type SubmitState } from '../../lib/submit/state.ts'
import { connect, disconnect } from '../../lib/wallet/session.ts'
import { bounty } from '../../testing/facts.ts'
import { alerts, button, hasButton } from '../../testing/page.ts'
import { show } from '../../testing/show.ts'
import { loadSite, XLM } from '../../testing/site.ts'
import { Form } from './form.tsx'

const ADA = { name: 'Ada', secret: Keypair.random().secret() }
const challenge = { ...bounty, id: 1, quorum: 1, asset: { ...XLM, native: true } } as unknown as Challenge
const columns = [{ name: 'sex', type: 'label', labels: ['female', 'male'] }]
const manifest = { submission: { idColumn: 'id', columns, rows: 2 }, datasets: [] } as unknown as Manifest

const shape = { idColumn: 'id', rows: 2, columns: [{ name: 'sex', type: 'label', labels: ['female', 'male'] }] }
const file = new File([''], 'predictions.csv')
const bytes = new Uint8Array([1])
/** By the oracle's engine, as the page's worker does it. */
const check = (csv: string) => ({
  ...precheck(new TextEncoder().encode(csv), { ...shape, ids: ['a', 'b'] } as unknown as Parameters<
    typeof precheck
  >[1]),
  ...{ groups: [], hint: null, evaluated: null },
})
const chosen: SubmitEvent[] = [
  { type: 'chosen', file },
  { type: 'read', file, bytes },
]
const good: SubmitEvent = { type: 'checked', file, check: check('id,sex\na,male\nb,female\n') }
const bad: SubmitEvent = { type: 'checked', file, check: check('id,sex\na,robot\n') }

beforeAll(() => loadSite({ demoAccounts: [ADA] }))

function form(...events: SubmitEvent[]) {
  return formOf(challenge, events)
}

function formOf(challenge: Challenge, events: SubmitEvent[]) {
  const [state, setState] = createSignal(events.reduce(next, { at: 'empty' } as SubmitState))
  const tell = (event: SubmitEvent) => void setState((now) => next(now, event))
  const run = {
    ...{ state, choose: (one: File) => tell({ type: 'chosen', file: one }), again: () => tell({ type: 'again' }) },
    submit: async () => tell({ type: 'submitting' }),
    cancel: () => tell({ type: 'cancelled' }),
  }
  const standing = {
    at: 'clear',
    terms: { attempt: 1, attemptsLeft: 1, attemptsLeftToday: 1, deposit: 10_000_000n, carry: 2_000_000n },
  } as const
  const place = show(() => (
    <MemoryRouter>
      <Route
        path="*"
        component={() => <Form challenge={challenge} manifest={manifest} run={run} standing={standing} />}
      />
    </MemoryRouter>
  ))
  return { place, tell, text: () => place.textContent ?? '' }
}

it('without a wallet it offers to connect one, and nothing to press that would send', () => {
  const { place } = form(...chosen, good)
  expect(hasButton(place, 'Connect a wallet to submit')).toBe(true)
  expect(hasButton(place, 'Seal, sign and hand over')).toBe(false)
})

it('shows the hint of a problem once, below the problem', () => {
  const checked = check('id,sex\na,Male\nb,Female\n')
  const groups = groupProblems(checked.problems, [], [])
  const { text } = form(...chosen, { type: 'checked', file, check: { ...checked, groups } })
  expect(text().match(/Hint: It is known in other upper and lower case/g)).toHaveLength(1)
})

it('walks from the file to the ledger, and says that nothing was sent only while that is known', async () => {
  await connect('demo', 'Ada')
  const { place, tell, text } = form()
  const seal = () => button(place, 'Seal, sign and hand over')
  expect(text()).toContain('Columns id, sex; 2 rows')
  expect(text()).toContain('submits attempt 1 to challenge 1 and moves 1.2 XLM into the contract')
  expect(text()).toContain('on anything else, this page refuses')
  expect(seal().disabled).toBe(true)
  for (const event of chosen) tell(event)
  expect(text()).toContain('Checking the file')
  tell(bad)
  expect(text()).toContain('would reject this file')
  expect(text()).toContain('Nothing has been sent or spent')
  expect(seal().disabled).toBe(true)
  for (const event of [...chosen, good]) tell(event)
  expect(text()).toContain('would take this file')
  expect(seal().disabled).toBe(false)
  seal().click()
  expect(button(place, 'Submitting…').disabled).toBe(true)
  expect(hasButton(place, 'Cancel')).toBe(true)
  expect(text()).not.toContain('Nothing has been sent')
  tell({ type: 'moved', draft: { stage: 'send', tx: 'ab' } })
  expect(hasButton(place, 'Cancel')).toBe(false)
  tell({
    type: 'failed',
    words: { title: 'No answer', sentence: 'It may be on the ledger.', details: '', retryable: true },
  })
  expect(alerts(place)).toContain('It may be on the ledger.')
  expect(button(place, 'Try again').disabled).toBe(false)
  expect(text()).not.toContain('Nothing has been sent')
  disconnect()
})

it('a check that could not be made says so and keeps the button shut', async () => {
  await connect('demo', 'Ada')
  const words = { title: 'Not checked', sentence: 'The check could not be started.', details: '', retryable: true }
  const { place, text } = form(...chosen, { type: 'unreadable', file, words })
  expect(alerts(place)).toContain('The check could not be started.')
  expect(text()).not.toContain('would take this file')
  expect(button(place, 'Seal, sign and hand over').disabled).toBe(true)
  disconnect()
})

it('says what is lost with the nonce where the judge is the contract that grades, and nowhere else', () => {
  const recount = { configuredAt: '', configuredTx: 'aa', truth: null, recounted: 0 }
  const { text } = formOf({ ...challenge, recount }, [...chosen, good])
  expect(text()).toContain('this browser keeps the file and a nonce')
  expect(text()).toContain('Without them you lose this right, and nothing else.')
  expect(form(...chosen, good).text()).not.toContain('nonce')
})
