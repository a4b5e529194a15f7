/** Asset, prize, deposit, fee budget and dates; the total is beside it all the time. */
import { type JSX, Show } from 'solid-js'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { quorumOf } from '../../lib/create/sums.ts'
import { AssetField } from './asset-field.tsx'
import { Dates } from './dates.tsx'
import { FormField } from './form-field.tsx'

export function MoneyStep(props: { state: CreateState }): JSX.Element {
  const { form } = props.state
  const code = () => props.state.asset().code
  return (
    <div class="grid gap-8">
      <section class="grid sm:grid-cols-2 gap-5" aria-label="Prize">
        <AssetField state={props.state} paid="solvers" />
        <Show
          when={form.kind === 'bounty'}
          fallback={
            <>
              <FormField
                state={props.state}
                name="prizes"
                label="Prizes by rank"
                suffix={code()}
                hint="Between commas, the largest first. A rank without a solver returns to you."
                inputmode="text"
              />
              <FormField
                state={props.state}
                name="publicShare"
                label="Public rows"
                suffix="%"
                hint="Of the rows to predict: scored at once. The others stay hidden and decide the prizes."
              />
            </>
          }
        >
          <FormField state={props.state} name="reward" label="Reward for each winner" suffix={code()} />
          <FormField
            state={props.state}
            name="winners"
            label="Winners"
            inputmode="numeric"
            hint="The first to reach the threshold, in the order of submission."
          />
        </Show>
        <FormField
          state={props.state}
          name="deposit"
          label="Deposit per submission"
          suffix={code()}
          hint="Returned with every valid file. For an invalid one it pays the oracles, and the rest is returned. 0 for none."
        />
      </section>
      <section class="grid sm:grid-cols-2 gap-5" aria-label="Grading fees">
        <FormField
          state={props.state}
          name="oracleFee"
          label="Fee per graded submission"
          suffix={code()}
          hint={`Paid to ${quorumOf(form) === 1 ? 'the oracle' : `each of the ${quorumOf(form)} oracles whose equal votes are the verdict`}. It is also the price of one more score: with a fee of 0, anyone can work out the truth from many scores.`}
        />
        <FormField
          state={props.state}
          name="graded"
          label="Submissions you pay for"
          inputmode="numeric"
          hint={`When this budget is used up, solvers carry the fee themselves. What is left returns to you.${form.kind === 'ranked' ? ' One more is set aside for the ranking.' : ''}`}
        />
      </section>
      <Dates state={props.state}>
        <FormField state={props.state} name="attempts" label="Attempts in total" inputmode="numeric" />
        <FormField state={props.state} name="attemptsPerDay" label="Attempts per day" inputmode="numeric" />
      </Dates>
    </div>
  )
}
