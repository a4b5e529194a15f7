/** What happens by itself, with dates: no one's silence can lock the money up. What has passed is told as past, and folded while more comes. */
import { For, type JSX, Show } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import type { Challenge } from '../../lib/read/types.ts'
import { formatDay } from '../../lib/words/format.ts'
import { pastDefault } from '../../lib/words/past-default.ts'
import { Panel } from '../ui/panel.tsx'

const PAST = 'Dates that have passed'

export function Silence(props: { challenge: Challenge }): JSX.Element {
  const now = createNow()
  const isPast = ({ at }: { at: string }) => Date.parse(at) <= now()
  const past = () => props.challenge.defaults.filter(isPast)
  const ahead = () => props.challenge.defaults.filter((item) => !isPast(item))
  const passed = () => (
    <Dates of={past().map((item) => ({ at: item.at, text: pastDefault(item, props.challenge) }))} past />
  )
  return (
    <Show when={props.challenge.defaults.length > 0}>
      <Show
        when={ahead().length > 0}
        fallback={
          <Panel title={PAST} icon="clock">
            {passed()}
          </Panel>
        }
      >
        <Panel title="If no one acts" icon="clock">
          <Dates of={ahead()} />
          <Show when={past().length > 0}>
            <details class="text-sm">
              <summary class="text-ink-3 summary">{PAST}</summary>
              <div class="mt-2">{passed()}</div>
            </details>
          </Show>
        </Panel>
      </Show>
    </Show>
  )
}

function Dates(props: { of: { at: string; text: string }[]; past?: boolean }): JSX.Element {
  return (
    <ol class="grid gap-3">
      <For each={props.of}>
        {(item) => (
          <li class={`text-sm border-l-2 pl-3 ${props.past ? 'border-line text-ink-3' : 'border-accent text-ink-2'}`}>
            <time dateTime={item.at} class="block text-xs font-600 text-ink">
              {formatDay(Date.parse(item.at))}
            </time>
            {item.text}
          </li>
        )}
      </For>
    </ol>
  )
}
