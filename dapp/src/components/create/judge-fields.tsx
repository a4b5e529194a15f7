/** Who decides what the oracles leave undecided: no one, someone by an address, or the ledger itself, where it can. */
import type { RecountCost } from '@stellartrain/contracts-client/recount-cost'
import { recountCautions } from '@stellartrain/sdk/recount-words'
import { For, type JSX, Show } from 'solid-js'
import { judgedByLedger, RECOUNT } from '../../lib/create/recount.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { uniqueOf } from '../../lib/create/terms.ts'
import { formatAmount, formatCount, formatDay } from '../../lib/words/format.ts'
import { TextField } from '../ui/field.tsx'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'
import { Choice } from './choice.tsx'

const XLM = { code: 'XLM', decimals: 7, contract: '' }

export function JudgeFields(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const byLedger = () => judgedByLedger(form)
  const offer = () => props.state.ledgerJudge()
  const cost = () => {
    const known = offer()
    return known && 'cost' in known ? known.cost : undefined
  }
  const why = () => {
    const known = offer()
    return known && 'why' in known ? known.why : undefined
  }
  const cautions = () => {
    const trials = props.state.trials()
    return trials ? recountCautions({ opensTruth: form.opensTruth, unique: uniqueOf(form, trials).unique }) : []
  }
  return (
    <>
      <Show when={cost() || byLedger()}>
        <Choice
          label="Judge, if the oracles leave something undecided"
          value={byLedger() ? RECOUNT : 'named'}
          onChange={(value) => setForm({ judge: value === RECOUNT ? RECOUNT : '' })}
          options={[
            {
              value: RECOUNT,
              label: 'The ledger itself',
              hint: 'A contract computes the score again from the opened truth and the opened work. It takes no one’s word.',
            },
            { value: 'named', label: 'Someone, or no one', hint: 'A person, a jury or another contract, by address.' },
          ]}
        />
      </Show>
      <Show when={byLedger()}>
        <p class="text-xs font-600 text-bad empty:hidden" role="alert">
          {props.state.problems().judge}
        </p>
        <Given when={cost()}>{(known) => <Cost cost={known()} cautions={cautions()} />}</Given>
      </Show>
      <Show when={!byLedger()}>
        <TextField
          label={cost() ? 'Address of the judge' : 'Judge, if the oracles leave something undecided'}
          mono
          placeholder="G… or C…, or no one"
          value={form.judge}
          onInput={(judge) => setForm({ judge })}
          error={props.state.problems().judge}
          hint="An account or a contract: a person or a jury. It decides only after the oracles' time, and only what they left undecided. Without one, undecided work earns nothing, and the rest of the prize returns to you."
        />
        <Given when={why()}>
          {(words) => (
            <p class="text-xs text-ink-3 max-w-[60ch]">The ledger itself cannot be the judge here: {words()}</p>
          )}
        </Given>
      </Show>
      <Show when={form.judge.trim()}>
        <TextField
          label="The judge decides within"
          mono
          suffix="days"
          inputmode="decimal"
          class="max-w-80"
          value={form.judgeDays}
          onInput={(judgeDays) => setForm({ judgeDays })}
          error={props.state.problems().judgeDays}
          hint={
            props.state.times()?.judgeBy
              ? `After the votes end; until ${formatDay((props.state.times()?.judgeBy ?? 0) * 1000)}.`
              : 'After the votes end.'
          }
        />
      </Show>
    </>
  )
}

function Cost(props: { cost: RecountCost; cautions: string[] }): JSX.Element {
  const xlm = (stroops: bigint) => `about ${formatAmount(String(stroops), XLM)}`
  const of = ({ transactions, stroops }: RecountCost['truth']) =>
    `${formatCount(transactions, 'transaction')}, ${xlm(stroops)}`
  return (
    <Notice tone="info" title="What it costs">
      <p>
        A second signature, right after the first, fixes how the ledger scores; the network’s fee is{' '}
        {xlm(props.cost.configureStroops)}. If the oracles leave work undecided, opening the truth takes{' '}
        {of(props.cost.truth)}, and each solver’s work {of(props.cost.work)}, which the solver pays.
      </p>
      <For each={props.cautions}>{(words) => <p class="mt-1">{words}</p>}</For>
    </Notice>
  )
}
