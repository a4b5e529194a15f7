/** The last step of a competition: everything that can happen and when; then one signature. */
import type { JSX } from 'solid-js'
import { EVALUATOR } from '../../lib/create/evaluator.ts'
import { outcomesOf } from '../../lib/create/outcomes.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { formTerms } from '../../lib/create/terms.ts'
import { sealedTruth } from '../../lib/create/usage.ts'
import { networkNow } from '../../lib/reactive/clock.ts'
import { config } from '../../lib/site/config.ts'
import { formatScore, meetsSign, metricName } from '../../lib/words/format.ts'
import { ChallengePreview } from './challenge-preview.tsx'
import { Complete } from './complete.tsx'
import { OutcomesTable } from './outcomes-table.tsx'
import { Sign } from './sign.tsx'

export function ReviewStep(props: { state: CreateState; missing: string[] }): JSX.Element {
  const { state } = props
  const goal = () =>
    `${meetsSign(state.trials()?.direction ?? 'maximize')} ${formatScore(Number(state.form.threshold))} (${metricName(state.form.metric)})`
  const outcomes = () => {
    const [sums, times, trials, decimals] = [state.sums(), state.times(), state.trials(), state.asset().decimals]
    const rows = state.prepared()?.target.rows ?? 0
    const terms =
      sums &&
      times &&
      trials &&
      formTerms(state.form, { sums, times, trials, decimals, recount: config().recount, now: networkNow() })
    return terms ? outcomesOf(state.form, sums, times, terms, state.asset(), { goal: goal(), rows }) : []
  }
  const prepare = async () => {
    const [data, trials, sums] = [state.prepared(), state.trials(), state.sums()]
    if (!data || !trials || !sums) return undefined
    const lib = await import('../../lib/create/create.ts')
    const baseline = state.form.baseline === 'file' ? state.files().baseline : undefined
    return lib.prepare({
      ...{ form: state.form, data, trials, feeBudget: sums.feeBudget, decimals: state.asset().decimals },
      evaluator: state.form.metric === EVALUATOR ? (state.files().evaluator?.bytes ?? null) : null,
      baseline: baseline?.bytes ?? null,
    })
  }
  const csv = () => {
    const data = state.prepared()
    return data && sealedTruth(state.form, data.truth)
  }
  return (
    <Complete state={state} missing={props.missing}>
      <ChallengePreview state={state} />
      <OutcomesTable outcomes={outcomes()} />
      <Sign state={state} sealed={{ what: 'the truth', csv }} prepare={prepare} />
    </Complete>
  )
}
