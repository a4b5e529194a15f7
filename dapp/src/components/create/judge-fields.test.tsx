/** The judge of a new challenge, as the wizard asks for it: the ledger where it can, else a sentence why not. */
import { type RecountSource, recountRules } from '@stellartrain/contracts-client/recount-rules'
import type { MetricId } from '@stellartrain/oracle-grade'
import { createSignal } from 'solid-js'
import { createStore } from 'solid-js/store'
import { expect, it } from 'vitest'
import { checkStep } from '../../lib/create/check.ts'
import type { Trials } from '../../lib/create/engine.ts'
import { type Form, newForm } from '../../lib/create/form.ts'
import { ledgerJudge } from '../../lib/create/recount.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { timesOf } from '../../lib/create/sums.ts'
import { taskSource } from '../../lib/create/target.ts'
import { address } from '../../testing/facts.ts'
import { describedBy, field, fill } from '../../testing/page.ts'
import { show } from '../../testing/show.ts'
import { JudgeFields } from './judge-fields.tsx'

const now = Date.now()
const target = {
  ...{ idColumn: 'id', column: 'y', rows: 72, numeric: false, labels: ['a', 'b'] },
  ...{ distinct: 2, example: 'a', odd: null, more: [] },
}

function fields(first: MetricId | undefined, contract: string | null = address('R', 'C')) {
  const [form, setForm] = createStore<Form>({ ...newForm(now, 'C'), oracles: ['G1'] })
  const [metric, setMetric] = createSignal(first)
  const trials = (): Trials | undefined => {
    const id = metric()
    if (!id) return undefined
    const source = taskSource(target, id, 1, '')
    return { source, recount: recountRules(source as RecountSource) } as Trials
  }
  const judge = () => ledgerJudge(form, trials(), contract)
  const problems = () =>
    checkStep('oracles', form, { now, decimals: 7, minPatience: 60, minWindow: 3_600, ledgerJudge: judge() })
  const state = { form, setForm, trials, problems, ledgerJudge: judge, times: () => timesOf(form, now) }
  return { place: show(() => <JudgeFields state={state as unknown as CreateState} />), form, setForm, setMetric }
}

const radio = (place: ParentNode, value: string) => place.querySelector<HTMLInputElement>(`input[value=${value}]`)

it('the ledger can be chosen, with what that costs whom before anything is signed', () => {
  const { place, form, setForm } = fields('accuracy')
  expect(radio(place, 'named')?.checked).toBe(true)
  expect(place.textContent).not.toContain('What it costs')
  radio(place, 'recount')?.click()
  expect(form.judge).toBe('recount')
  expect(place.textContent).toContain('A second signature, right after the first, fixes how the ledger scores')
  expect(place.textContent).toContain('about 0.12 XLM')
  expect(place.textContent).toContain('each solver’s work 1 transaction, about 0.065 XLM, which the solver pays')
  expect(place.textContent).not.toContain('becomes public')
  setForm({ opensTruth: false })
  expect(place.textContent).toContain('it becomes public then, though the plan keeps it closed')
  setForm({ unique: 'yes' })
  expect(place.textContent).toContain('Identical content is a copy')
  fill(field(place, 'The judge decides within'), '0.01')
  expect(describedBy(place, field(place, 'The judge decides within'))).toContain('At least 1 h')
})

it('going back to someone asks for an address again, and keeps none', () => {
  const { place, form } = fields('accuracy')
  radio(place, 'recount')?.click()
  radio(place, 'named')?.click()
  expect(form.judge).toBe('')
  fill(field(place, 'Address of the judge'), 'my friend')
  expect(describedBy(place, field(place, 'Address of the judge'))).toContain('begins with G or C')
})

it('where the ledger cannot score, it is not offered, and a sentence says why', () => {
  const { place } = fields('log_loss')
  expect(radio(place, 'recount')).toBeNull()
  expect(place.textContent).toContain(
    'The ledger itself cannot be the judge here: the ledger does not compute log_loss.',
  )
  expect(fields('accuracy', null).place.textContent).toContain('this site has no contract that grades')
  expect(fields(undefined).place.textContent).not.toContain('cannot be the judge')
})

it('another metric chosen later is said at once, and lets the choice be undone', () => {
  const { place, setMetric } = fields('accuracy')
  radio(place, 'recount')?.click()
  setMetric('log_loss')
  expect(place.querySelector('[role=alert]')?.textContent).toBe(
    'The ledger cannot be the judge here: the ledger does not compute log_loss.',
  )
  expect(place.textContent).not.toContain('What it costs')
  radio(place, 'named')?.click()
  expect(place.querySelector('[role=alert]')).toBeNull()
})
