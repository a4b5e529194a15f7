/** What an oracle can do and cannot, and what its record says about that. */
import { type JSX, Show } from 'solid-js'
import type { Oracle } from '../../lib/read/types.ts'
import { formatCount } from '../../lib/words/format.ts'
import { Icon, type IconName } from '../ui/icon.tsx'
import { Panel } from '../ui/panel.tsx'

export function OracleTrust(props: { oracle: Oracle }): JSX.Element {
  const decided = () => props.oracle.agreed + props.oracle.disagreed
  return (
    <Panel title="Trust" icon="info">
      <ul class="grid gap-2.5 text-sm text-ink-2">
        <Show when={props.oracle.disagreed > 0}>
          <Line icon="alert" tone="text-bad">
            {formatCount(props.oracle.disagreed, 'vote')} of {decided()} differed from the verdict. Grading is
            deterministic: one of the sides was wrong, and the submission's page shows both.
          </Line>
        </Show>
        <Show when={props.oracle.disagreed === 0 && props.oracle.agreed > 0}>
          <Line icon="check" tone="text-good">
            None of its votes differed from the verdict. Where it grades alone, nothing could.
          </Line>
        </Show>
        <Show when={props.oracle.votes === 0}>
          <Line icon="info" tone="text-ink-3">
            It has not voted yet, so nothing is known about its work.
          </Line>
        </Show>
        <Show when={props.oracle.missing > 0}>
          <Line icon="alert" tone="text-wait">
            {formatCount(props.oracle.missing, 'submission')} without a quorum lacked its vote.
          </Line>
        </Show>
        <Line icon="alert" tone="text-wait">
          It opens submissions and knows the truth of what it grades, and could show both to anyone.
        </Line>
        <Line icon="check" tone="text-good">
          It cannot take a prize: the contract pays by the vote of the quorum, and refuses its address as a solver
          there. With three or five oracles, no single one decides.
        </Line>
      </ul>
    </Panel>
  )
}

function Line(props: { icon: IconName; tone: string; children: JSX.Element }): JSX.Element {
  return (
    <li class="flex gap-2">
      <Icon name={props.icon} size={15} class={`mt-0.5 ${props.tone}`} />
      <span class="min-w-0 text-pretty">{props.children}</span>
    </li>
  )
}
