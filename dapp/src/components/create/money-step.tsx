/** Step 3: asset, prize, deposit, fee budget and dates; the total is beside it all the time. */
import type { JSX } from 'solid-js'
import { config } from '../../lib/config.ts'
import { formatDay } from '../../lib/format.ts'
import { SelectField, TextField } from '../ui/field.tsx'
import type { CreateState } from './context.ts'

export function MoneyStep(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const problems = () => props.state.problems()
  const code = () => props.state.asset().code
  const times = () => props.state.times()
  return (
    <div class="grid gap-8">
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
        <TextField
          label="Deposit per submission"
          mono
          inputmode="decimal"
          suffix={code()}
          value={form.deposit}
          onInput={(deposit) => setForm({ deposit })}
          error={problems().deposit}
          hint="Returned with every valid file, lost with an invalid one or a copy. 0 for none."
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
          hint="Paid to each oracle whose vote counts."
        />
        <TextField
          label="Submissions you pay for"
          mono
          inputmode="numeric"
          value={form.graded}
          onInput={(graded) => setForm({ graded })}
          error={problems().graded}
          hint="When this budget is used up, solvers pay the fee themselves. What is left returns to you."
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
          hint="If one does not, you can cancel and get everything back."
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
      <details class="card px-4 py-3">
        <summary class="text-sm font-600 summary">If an oracle does not answer</summary>
        <div class="grid sm:grid-cols-2 gap-5 pt-4">
          <TextField
            label="Waiting time for an oracle"
            mono
            suffix="min"
            inputmode="decimal"
            value={form.patienceMinutes}
            onInput={(patienceMinutes) => setForm({ patienceMinutes })}
            error={problems().patienceMinutes}
          />
          <TextField
            label="Grading ends after the deadline"
            mono
            suffix="days"
            inputmode="decimal"
            value={form.gradeDays}
            onInput={(gradeDays) => setForm({ gradeDays })}
            error={problems().gradeDays}
            hint={times() ? `From ${formatDay((times()?.gradeBy ?? 0) * 1000)} the fallback rules apply.` : undefined}
          />
          <TextField
            label="Share for ungraded submissions"
            mono
            suffix="%"
            inputmode="decimal"
            value={form.silencePercent}
            onInput={(silencePercent) => setForm({ silencePercent })}
            error={problems().silencePercent}
            hint="Of what is left of the prize; the rest returns to you."
          />
        </div>
      </details>
    </div>
  )
}
