/** Asset, prize, deposit, fee budget and dates; the total is beside it all the time. */
import { type JSX, Show } from 'solid-js'
import { quorumOf } from '../../lib/create/sums.ts'
import { TextField } from '../ui/field.tsx'
import { AssetField } from './asset-field.tsx'
import type { CreateState } from './context.ts'
import { Dates } from './dates.tsx'

export function MoneyStep(props: { state: CreateState }): JSX.Element {
  const { form, setForm } = props.state
  const problems = () => props.state.problems()
  const code = () => props.state.asset().code
  return (
    <div class="grid gap-8">
      <section class="grid sm:grid-cols-2 gap-5" aria-label="Prize">
        <AssetField state={props.state} paid="solvers" />
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
      <Dates state={props.state}>
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
      </Dates>
    </div>
  )
}
