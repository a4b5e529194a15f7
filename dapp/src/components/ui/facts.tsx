/** A list of names and values, the workhorse of money pages. */
import { For, type JSX } from 'solid-js'

export function Facts(props: { rows: [name: string, value: JSX.Element][]; wide?: boolean }): JSX.Element {
  return (
    <dl class="grid text-sm">
      <For each={props.rows}>
        {([name, value]) => (
          <div
            class={`grid gap-x-4 gap-y-0.5 py-2 border-b border-line last:border-b-0 ${props.wide ? 'sm:grid-cols-[13rem_1fr] items-baseline' : 'grid-cols-[auto_1fr] items-baseline'}`}
          >
            <dt class="text-ink-3">{name}</dt>
            <dd class={`text-ink min-w-0 break-words ${props.wide ? '' : 'text-right'}`}>{value}</dd>
          </div>
        )}
      </For>
    </dl>
  )
}
