/** Which columns labelers see, as what, and under which name. */
import { For, type JSX, Show } from 'solid-js'
import { type ShownAs, shownOf } from '../../../lib/create/labels/form.ts'
import type { CreateState } from '../../../lib/create/state-shape.ts'

const AS: readonly { value: ShownAs; label: string }[] = [
  { value: 'no', label: 'not shown' },
  { value: 'text', label: 'as text' },
  { value: 'image', label: 'as an image' },
  { value: 'audio', label: 'as a sound' },
]

export function ShownColumns(props: { state: CreateState }): JSX.Element {
  const { labels } = props.state
  const columns = () => shownOf(labels.form, labels.looked()?.header ?? [])
  const asOf = (column: string) => columns().find(([name]) => name === column)?.[1]
  const names = () => columns().map(([column]) => column)
  return (
    <fieldset class="grid gap-2">
      <legend class="text-sm font-600 mb-1.5">What labelers see of an item</legend>
      <ul class="grid gap-2">
        <For each={names()} fallback={<li class="text-sm text-ink-3">Choose the items first.</li>}>
          {(column) => (
            <li class="grid gap-2 sm:grid-cols-[minmax(0,1fr)_10rem_minmax(0,1fr)] sm:items-center">
              <code class="num text-sm [overflow-wrap:anywhere]">{column}</code>
              <select
                class="control"
                aria-label={`${column} is shown`}
                onChange={(event) =>
                  labels.set({ shown: { ...labels.form.shown, [column]: event.currentTarget.value as ShownAs } })
                }
              >
                <For each={AS}>
                  {({ value, label }) => (
                    <option value={value} selected={asOf(column) === value}>
                      {label}
                    </option>
                  )}
                </For>
              </select>
              <Show when={asOf(column) !== 'no'}>
                <input
                  class="control"
                  aria-label={`Name of ${column} on the page`}
                  placeholder="Name on the page (optional)"
                  autocomplete="off"
                  value={labels.form.titles[column] ?? ''}
                  onInput={(event) =>
                    labels.set({ titles: { ...labels.form.titles, [column]: event.currentTarget.value } })
                  }
                />
              </Show>
            </li>
          )}
        </For>
      </ul>
    </fieldset>
  )
}
