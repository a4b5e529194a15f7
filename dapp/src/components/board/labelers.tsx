/** Labelers of a task with what became of their batches; the most labels first. */
import { For, type JSX, Show } from 'solid-js'
import type { LabelerRow } from '../../lib/board/running.ts'
import { Hash } from '../ui/hash.tsx'

/** Of a list that may be long. */
const SHOWN = 20

export function Labelers(props: {
  rows: readonly LabelerRow[]
  money: (units: bigint) => string
  /** The amounts cannot be read now. */
  unknown?: boolean
}): JSX.Element {
  return (
    <Show when={props.rows.length > 0}>
      <section class="grid gap-2" aria-label="Labelers">
        <h2 class="section-title">Labelers</h2>
        <section class="relative overflow-x-auto focusable" tabindex="0" aria-label="Labelers, batch by batch">
          <table class="w-full text-sm border-collapse max-sm:[&_td]:px-1.5 max-sm:[&_th]:px-1.5 max-sm:[&_th]:whitespace-normal">
            <thead>
              <tr class="border-b border-line">
                <th scope="col" class="th">
                  Labeler
                </th>
                <th scope="col" class="th text-right">
                  Paid labels
                </th>
                <th scope="col" class="th text-right">
                  Batches accepted
                </th>
                <th scope="col" class="th text-right">
                  Earned
                </th>
              </tr>
            </thead>
            <tbody class="divide-y divide-line">
              <For each={props.rows.slice(0, SHOWN)}>
                {(row) => (
                  <tr>
                    <td class="px-3 py-1">
                      <Hash value={row.address} what="labeler" href={`/accounts/${row.address}`} />
                    </td>
                    <td class="px-3 py-1 num text-right">{row.labels}</td>
                    <td class="px-3 py-1 num text-right">
                      {row.accepted} of {row.accepted + row.rejected}
                    </td>
                    <td class="px-3 py-1 num text-right whitespace-nowrap">
                      {props.unknown ? 'not known' : props.money(row.paid)}
                    </td>
                  </tr>
                )}
              </For>
            </tbody>
          </table>
        </section>
        <Show when={props.rows.length > SHOWN}>
          <p class="text-xs text-ink-3">
            The {SHOWN} with the most labels of {props.rows.length}.
          </p>
        </Show>
      </section>
    </Show>
  )
}
