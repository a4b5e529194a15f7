/** The running summary: what the challenge is so far, and what it will lock. */

import type { JSX } from 'solid-js'
import { paysLabels } from '../../lib/create/kinds.ts'
import { judgeName } from '../../lib/create/recount.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { quorumOf } from '../../lib/create/sums.ts'
import { quorumWords } from '../../lib/words/challenge-words.ts'
import { formatAmount, formatCount, formatScore, meetsSign, metricName, shorten } from '../../lib/words/format.ts'
import { Amount } from '../ui/amount.tsx'
import { Facts } from '../ui/facts.tsx'
import { Given } from '../ui/given.tsx'
import { Panel } from '../ui/panel.tsx'
import { Time } from '../ui/time.tsx'

export function Summary(props: { state: CreateState }): JSX.Element {
  const form = props.state.form
  const goal = () => {
    const trials = props.state.trials()
    return form.metric && trials && form.threshold
      ? `${metricName(form.metric)} ${meetsSign(trials.direction)} ${formatScore(Number(form.threshold))}`
      : 'to be decided'
  }
  const competitionRows = (): [string, JSX.Element][] => [
    [
      'To predict',
      props.state.prepared() ? formatCount(props.state.prepared()?.target.rows ?? 0, 'row') : 'to be decided',
    ],
    ['To win', goal()],
  ]
  const labelsRows = (): [string, JSX.Element][] => {
    const sums = props.state.labels.sums()
    const known = props.state.labels.source()?.known.size
    return [
      [
        'To label',
        sums ? `${formatCount(sums.items, 'item')}, ${formatCount(sums.overlap, 'time')} each` : 'to be decided',
      ],
      ['Known', known === undefined ? 'to be decided' : formatCount(known, 'item')],
      ['An hour', sums ? formatAmount(sums.hour, props.state.asset()) : 'to be decided'],
    ]
  }
  const prizeName = () => {
    if (paysLabels(form.kind)) return 'For labels'
    return form.kind === 'ranked' ? 'Prizes' : `Prize, ${form.winners} × ${form.reward}`
  }
  const earnings = () => form.kind === 'earnings'
  return (
    <Panel title={form.title.trim() || 'Your challenge'} icon="file">
      <Facts
        rows={[
          ...(paysLabels(form.kind) ? labelsRows() : competitionRows()),
          ['Oracles', form.oracles.length > 0 ? quorumWords(quorumOf(form), form.oracles.length) : 'to be decided'],
          ['Judge', earnings() ? 'no one' : judgeName(form, shorten)],
          ...(!earnings() && form.gate.trim()
            ? ([['Admission', `by ${shorten(form.gate.trim())}`]] as [string, string][])
            : []),
          [
            'Closes',
            <Given when={props.state.times()} fallback="to be decided">
              {(times) => <Time at={times().deadline * 1000} />}
            </Given>,
          ],
        ]}
      />
      <Given
        when={props.state.sums()}
        fallback={<p class="text-sm text-ink-3">The total appears when all amounts are numbers.</p>}
      >
        {(sums) => (
          <dl class="grid gap-1 text-sm border-t border-line pt-3">
            <Line name={prizeName()}>
              <Amount units={sums().prize} asset={props.state.asset()} />
            </Line>
            <Line name={sums().rankingFees > 0n ? 'Fee budget, with the ranking’s' : 'Fee budget'}>
              <Amount units={sums().feeBudget} asset={props.state.asset()} />
            </Line>
            <div class="flex justify-between gap-4 font-600 border-t border-line pt-2 mt-1">
              <dt>To lock</dt>
              <dd>
                <Amount units={sums().total} asset={props.state.asset()} />
              </dd>
            </div>
          </dl>
        )}
      </Given>
    </Panel>
  )
}

function Line(props: { name: string; children: JSX.Element }): JSX.Element {
  return (
    <div class="flex justify-between gap-4">
      <dt class="text-ink-3">{props.name}</dt>
      <dd>{props.children}</dd>
    </div>
  )
}
