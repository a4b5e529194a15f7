/** What an oracle did, from its votes on the ledger. */
import type { JSX } from 'solid-js'
import type { Oracle } from '../../lib/read/types.ts'
import { formatDuration } from '../../lib/words/format.ts'
import { NOT_KNOWN } from '../../lib/words/known.ts'
import { Facts } from '../ui/facts.tsx'
import { Panel } from '../ui/panel.tsx'

export function OracleRecord(props: { oracle: Oracle }): JSX.Element {
  return (
    <Panel title="Record" icon="shield" aside={<span class="text-xs text-ink-3">from the ledger</span>}>
      <OracleFacts oracle={props.oracle} />
    </Panel>
  )
}

export function OracleFacts(props: { oracle: Oracle }): JSX.Element {
  const it = () => props.oracle
  const marked = (count: number, tone: string) => <span class={count > 0 ? tone : ''}>{count}</span>
  return (
    <Facts
      rows={[
        ['Challenges accepted', String(it().record.accepted)],
        ['Votes', String(it().votes)],
        ['Agreed with the verdict', String(it().agreed)],
        ['Against a verdict', marked(it().disagreed, 'text-bad')],
        ['“Unavailable”', String(it().unavailable)],
        ['Missing', marked(it().missing, 'text-wait')],
        ['Not decided yet', String(it().open)],
        ['Half of its votes within', speedOf(it())],
      ]}
    />
  )
}

export const speedOf = ({ medianSecondsToVote, lowerBound }: Oracle): string =>
  medianSecondsToVote === null ? (lowerBound ? NOT_KNOWN : 'no vote yet') : formatDuration(medianSecondsToVote)
