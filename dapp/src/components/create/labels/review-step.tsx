/** The last step of a task for labelers: the whole of it as they will see it, everything that can happen, then one signature. */
import { toDecimal } from '@stellartrain/contracts-client/units'
import type { JSX } from 'solid-js'
import { csvText } from '../../../lib/content/csv.ts'
import { labelsOutcomes, labelsTerms } from '../../../lib/create/labels/outcomes.ts'
import type { CreateState } from '../../../lib/create/state-shape.ts'
import { networkNow } from '../../../lib/reactive/clock.ts'
import { Complete } from '../complete.tsx'
import { OutcomesTable } from '../outcomes-table.tsx'
import { Sign } from '../sign.tsx'
import { createKeptKey } from './keep-key.ts'
import { LabelsPreview } from './preview.tsx'

export function LabelsReviewStep(props: { state: CreateState; missing: string[] }): JSX.Element {
  const { state } = props
  const key = createKeptKey()
  const outcomes = () => {
    const [sums, times] = [state.labels.sums(), state.times()]
    const terms = sums && times && labelsTerms(state.form, { sums, times, now: networkNow() })
    return terms ? labelsOutcomes(state.form, { sums, times, terms, asset: state.asset() }) : []
  }
  const prepare = async () => {
    const [source, sums] = [state.labels.source(), state.labels.sums()]
    if (!source || !sums) return undefined
    const lib = await import('../../../lib/create/labels/create.ts')
    const { labels, title } = state.form
    const results = labels.results === 'everyone' ? labels.results : await key(lib.newLabelsKey, title.trim())
    const feeBudget = toDecimal(sums.feeBudget, state.asset().decimals)
    return lib.prepareLabels({ form: state.form, source, feeBudget, results })
  }
  const csv = () => {
    const source = state.labels.source()
    return source && csvText([['id', 'answer'], ...source.known])
  }
  return (
    <Complete state={state} missing={props.missing}>
      <LabelsPreview state={state} />
      <OutcomesTable outcomes={outcomes()} />
      <Sign state={state} sealed={{ what: 'the known answers', csv }} prepare={prepare} />
    </Complete>
  )
}
