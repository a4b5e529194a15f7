/** What labels cost and pay: the rate, the time, the hour that they make, who grades how many, and the dates. */
import { BATCHES, locksMore, UNJUDGED_TOO_OFTEN, unjudgedBatches } from '@stellartrain/sdk/labels-amounts'
import { type JSX, Show } from 'solid-js'
import { itemsMayBePrivate, type LabelsForm, quizOf } from '../../../lib/create/labels/form.ts'
import type { CreateState } from '../../../lib/create/state-shape.ts'
import { quorumOf } from '../../../lib/create/sums.ts'
import { formatAmount, formatCount } from '../../../lib/words/format.ts'
import { Given } from '../../ui/given.tsx'
import { Notice } from '../../ui/notice.tsx'
import { AssetField } from '../asset-field.tsx'
import { Choice } from '../choice.tsx'
import { Dates } from '../dates.tsx'
import { FormField, LabelsField } from '../form-field.tsx'
import { QuizFields } from './quiz-fields.tsx'

export function LabelsMoneyStep(props: { state: CreateState }): JSX.Element {
  const { form, labels } = props.state
  const code = () => props.state.asset().code
  const money = (units: bigint) => formatAmount(units, props.state.asset())
  const earnings = () => form.kind === 'earnings'
  const least = () => {
    const sums = labels.sums()
    return sums !== null && !earnings() && locksMore(sums)
  }
  return (
    <div class="grid gap-8">
      <section class="grid sm:grid-cols-2 gap-5" aria-label="Pay">
        <AssetField state={props.state} paid="labelers" />
        <LabelsField
          state={props.state}
          name="perItem"
          label="Pay for an accepted answer"
          suffix={code()}
          hint="To the labeler, for each item of an accepted batch."
        />
        <LabelsField
          state={props.state}
          name="seconds"
          label="Time an item takes"
          suffix="s"
          hint="As you expect. Leases last by it, and labelers see it."
        />
        <Given when={labels.sums()}>
          {(sums) => (
            <Notice tone="info" title={`An hour earns ${money(sums().hour)}`}>
              {earnings()
                ? 'Labelers pay no network fee.'
                : 'Before the network’s fee for one transaction a batch, which the labeler pays.'}
            </Notice>
          )}
        </Given>
      </section>
      <section class="grid sm:grid-cols-2 gap-5" aria-label="Labels">
        <LabelsField
          state={props.state}
          name="overlap"
          label="Labelers for each item"
          hint="The overlap. With three, a majority decides where two agree."
        />
        <LabelsField
          state={props.state}
          name="batch"
          label="Items in a full batch"
          hint="A batch is labeled, submitted and judged as one."
          placeholder={String(labels.sums()?.batch ?? '')}
        />
        <LabelsField
          state={props.state}
          name="minAccuracy"
          label="Known items to get right"
          suffix="%"
          hint="Of those in a batch, at least: then all of it is accepted, else none."
        />
        <LabelsField
          state={props.state}
          name="budget"
          label="All that can be paid out"
          suffix={code()}
          hint={`Leave it empty for ${least() ? `${BATCHES} full batches, the least that can be locked` : 'every label that is needed'}. What is not earned returns to you.`}
        />
      </section>
      <Unjudged state={props.state} />
      <Choice
        label="Who can read the labels"
        value={labels.form.results}
        onChange={(results) => labels.set({ results: results as LabelsForm['results'] })}
        options={[
          {
            value: 'maker',
            label: 'I alone, at any time',
            hint: 'The oracles seal them to a key. Its file is saved to your downloads before you sign: without it no one can read them.',
          },
          {
            value: 'everyone',
            label: 'Everyone, after the end',
            hint: earnings()
              ? 'You too read them only then. No key is needed.'
              : 'You too read them only then, and anyone can recompute every verdict. No key is needed.',
          },
        ]}
      />
      <Show when={itemsMayBePrivate(labels.form)}>
        <Choice
          label="Who can see the items"
          value={labels.form.items}
          onChange={(items) => labels.set({ items: items as LabelsForm['items'] })}
          options={[
            { value: 'public', label: 'Everyone', hint: 'Their file is published.' },
            {
              value: 'private',
              label: 'Whoever labels them',
              hint: 'They and their files are sealed to the oracles and to your key. The oracles show each labeler its own batch, and the known answers stay closed.',
            },
          ]}
        />
      </Show>
      <QuizFields state={props.state} />
      <section class="grid sm:grid-cols-2 gap-5" aria-label="Grading fees">
        <Show when={!earnings()}>
          <FormField
            state={props.state}
            name="deposit"
            label="Deposit per batch"
            suffix={code()}
            hint="Returned with every accepted batch. Of a rejected one it pays the oracles, and the rest is returned. 0 for none."
          />
        </Show>
        <FormField
          state={props.state}
          name="oracleFee"
          label={earnings() ? 'Fee for each posting' : 'Fee for each judged batch'}
          suffix={code()}
          hint={`Paid to ${quorumOf(form) === 1 ? 'the oracle' : `each of the ${quorumOf(form)} oracles that decide`}.`}
        />
        <LabelsField
          state={props.state}
          name="graded"
          label={earnings() ? 'Postings you pay for' : 'Batches you pay for'}
          hint="Leave it empty for as many as are needed. What is left returns to you."
          placeholder={String(labels.sums()?.graded ?? '')}
        />
      </section>
      <Dates state={props.state} />
    </div>
  )
}

/** Batches that have no known item are accepted whatever they say. */
function Unjudged(props: { state: CreateState }): JSX.Element {
  const kept = () => quizOf(props.state.labels.form)?.items ?? 0
  const share = () => {
    const [source, sums] = [props.state.labels.source(), props.state.labels.sums()]
    if (!source || !sums) return 0
    return unjudgedBatches({
      items: source.table.rows.length - kept(),
      known: source.known.size - kept(),
      batch: sums.batch,
    })
  }
  return (
    <Show when={share() > UNJUDGED_TOO_OFTEN}>
      <Notice tone="wait" title={`About ${Math.round(share() * 100)} % of the full batches would have no known item`}>
        They are accepted unjudged. Know more items, or make batches larger:{' '}
        {formatCount((props.state.labels.source()?.known.size ?? 0) - kept(), 'item is', 'items are')} known
        {kept() > 0 ? ' beside those of the quiz' : ''}.
      </Notice>
    </Show>
  )
}
