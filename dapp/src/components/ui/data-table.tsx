/** The first rows of a file, as text: never as HTML or formulas. */
import { For, type JSX } from 'solid-js'
import type { Preview } from '../../lib/content/preview.ts'

export function DataTable(props: { preview: Preview; caption: string }): JSX.Element {
  return (
    <section
      class="relative overflow-x-auto border border-line rounded-md focusable"
      tabindex="0"
      aria-label={props.caption}
    >
      <table class="text-sm border-collapse min-w-full">
        <caption class="sr-only">{props.caption}</caption>
        <thead class="bg-sunken">
          <tr>
            <For each={props.preview.header}>
              {(name) => (
                <th scope="col" class="th">
                  {name}
                </th>
              )}
            </For>
          </tr>
        </thead>
        <tbody class="divide-y divide-line">
          <For each={props.preview.rows}>
            {(row) => (
              <tr>
                <For each={row}>
                  {(value) => (
                    <td class="px-3 py-1.5 num text-xs text-ink-2 whitespace-nowrap max-w-60 truncate">{value}</td>
                  )}
                </For>
              </tr>
            )}
          </For>
        </tbody>
      </table>
    </section>
  )
}
