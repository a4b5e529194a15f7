/** Step 3: asset, prize, deposit, fee budget and dates; the total is beside it all the time. */
import { type JSX, Show } from 'solid-js'
import { config } from '../../lib/config.ts'
import { quorumOf } from '../../lib/create/form.ts'
import { formatDay } from '../../lib/format.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import { Choice } from './choice.tsx'
import type { CreateState } from './context.ts'

export function MoneyStep(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const problems = () => props.state.problems()
  const code = () => props.state.asset().code
  const times = () => props.state.times()
  return (
    <div class="grid gap-8">
      <Choice
        label="Who wins"
        value={form.kind}
        onChange={(kind) =>
          setForm({ kind: kind as 'bounty' | 'ranked', ...(kind === 'ranked' ? { opensSubmissions: 'all' } : {}) })
        }
        options={[
          { value: 'bounty', label: 'The first to reach it', hint: 'Paid at once, in the order of submission.' },
          {
            value: 'ranked',
            label: 'The best after the deadline',
            hint: 'Ranked by rows whose scores no one has seen.',
          },
        ]}
      />
      <section class="grid sm:grid-cols-2 gap-5" aria-label="Prize">
        <SelectField
          label="Paid in"
          value={form.asset}
          onChange={(asset) => setForm({ asset })}
          options={config().assets.map((asset) => ({ value: asset.contract, label: asset.code }))}
          hint={
            props.state.asset().issuer
              ? 'An issued asset: solvers need a trustline, and its issuer keeps its powers.'
              : 'The native asset: every account can hold it.'
          }
        />
        <Show
          when={form.kind === 'bounty'}
          fallback={
            <>
              <TextField
                label="Prizes by rank"
                mono
                suffix={code()}
                value={form.prizes}
                onInput={(prizes) => setForm({ prizes })}
                error={problems().prizes}
                hint="Between commas, the largest first. A rank without a solver returns to you."
              />
              <TextField
                label="Public rows"
                mono
                inputmode="decimal"
                suffix="%"
                value={form.publicShare}
                onInput={(publicShare) => setForm({ publicShare })}
                error={problems().publicShare}
                hint="Of the rows to predict: scored at once. The others stay hidden and decide the prizes."
              />
            </>
          }
        >
          <TextField
            label="Reward for each winner"
            mono
            inputmode="decimal"
            suffix={code()}
            value={form.reward}
            onInput={(reward) => setForm({ reward })}
            error={problems().reward}
          />
          <TextField
            label="Winners"
            mono
            inputmode="numeric"
            value={form.winners}
            onInput={(winners) => setForm({ winners })}
            error={problems().winners}
            hint="The first to reach the threshold, in the order of submission."
          />
        </Show>
        <TextField
          label="Deposit per submission"
          mono
          inputmode="decimal"
          suffix={code()}
          value={form.deposit}
          onInput={(deposit) => setForm({ deposit })}
          error={problems().deposit}
          hint="Returned with every valid file. For an invalid one it pays the oracles, and the rest is returned. 0 for none."
        />
      </section>
      <section class="grid sm:grid-cols-2 gap-5" aria-label="Grading fees">
        <TextField
          label="Fee per graded submission"
          mono
          inputmode="decimal"
          suffix={code()}
          value={form.oracleFee}
          onInput={(oracleFee) => setForm({ oracleFee })}
          error={problems().oracleFee}
          hint={`Paid to ${quorumOf(form) === 1 ? 'the oracle' : `each of the ${quorumOf(form)} oracles whose equal votes are the verdict`}. It is also the price of one more score: with a fee of 0, anyone can work out the truth from many scores.`}
        />
        <TextField
          label="Submissions you pay for"
          mono
          inputmode="numeric"
          value={form.graded}
          onInput={(graded) => setForm({ graded })}
          error={problems().graded}
          hint={`When this budget is used up, solvers carry the fee themselves. What is left returns to you.${form.kind === 'ranked' ? ' One more is set aside for the ranking.' : ''}`}
        />
      </section>
      <section class="grid sm:grid-cols-2 gap-5" aria-label="Dates and limits">
        <TextField
          label="Closes"
          type="datetime-local"
          value={form.deadline}
          onInput={(deadline) => setForm({ deadline })}
          error={problems().deadline}
          hint={times() ? `Your time zone; ${formatDay((times()?.deadline ?? 0) * 1000)}` : undefined}
        />
        <TextField
          label="Oracles accept within"
          mono
          suffix="hours"
          inputmode="decimal"
          value={form.acceptHours}
          onInput={(acceptHours) => setForm({ acceptHours })}
          error={problems().acceptHours}
          hint="If one does not, you can cancel and get everything back. At least one waiting time must lie between this and the deadline."
        />
        <TextField
          label="Attempts in total"
          mono
          inputmode="numeric"
          value={form.attempts}
          onInput={(attempts) => setForm({ attempts })}
          error={problems().attempts}
        />
        <TextField
          label="Attempts per day"
          mono
          inputmode="numeric"
          value={form.attemptsPerDay}
          onInput={(attemptsPerDay) => setForm({ attemptsPerDay })}
          error={problems().attemptsPerDay}
        />
      </section>
      <details class="card px-4 py-3" open={Boolean(problems().patienceMinutes || problems().gradeDays)}>
        <summary class="text-sm font-600 summary">If an oracle does not answer</summary>
        <div class="grid sm:grid-cols-2 gap-5 pt-4">
          <TextField
            label="Waiting time"
            mono
            suffix="min"
            inputmode="decimal"
            value={form.patienceMinutes}
            onInput={(patienceMinutes) => setForm({ patienceMinutes })}
            error={problems().patienceMinutes}
            hint="An oracle tries a file at least this long before it gives up, and others wait this long for its vote."
          />
          <TextField
            label="Votes end after the deadline"
            mono
            suffix="days"
            inputmode="decimal"
            value={form.gradeDays}
            onInput={(gradeDays) => setForm({ gradeDays })}
            error={problems().gradeDays}
            hint={
              times()
                ? `On ${formatDay((times()?.gradeBy ?? 0) * 1000)}: what has no verdict by then is left to the judge, if there is one.`
                : undefined
            }
          />
        </div>
      </details>
    </div>
  )
}
