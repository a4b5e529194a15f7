/** What happens by itself, with dates: no one's silence can lock the money up. */
import { For, type JSX, Show } from 'solid-js'
import { createNow } from '../../lib/clock.ts'
import { formatDay } from '../../lib/format.ts'
import type { Challenge } from '../../lib/types.ts'
import { Panel } from '../ui/panel.tsx'

export function Silence(props: { challenge: Challenge }): JSX.Element {
  const now = createNow()
  return (
    <Show when={props.challenge.defaults.length > 0}>
      <Panel title="If no one acts" icon="clock">
        <ol class="grid gap-3">
          <For each={props.challenge.defaults}>
            {(item) => (
              <li
                class={`text-sm border-l-2 pl-3 ${Date.parse(item.at) < now() ? 'border-line text-ink-3' : 'border-accent text-ink-2'}`}
              >
                <time dateTime={item.at} class="block text-xs font-600 text-ink">
                  {formatDay(Date.parse(item.at))}
                  {Date.parse(item.at) < now() ? ' (past)' : ''}
                </time>
                {item.text}
              </li>
            )}
          </For>
        </ol>
      </Panel>
    </Show>
  )
}
