/** Everything that can happen to a challenge, and when: read before it is signed. */
import { For, type JSX } from 'solid-js'
import type { Outcome } from '../../lib/create/outcomes.ts'

export function OutcomesTable(props: { outcomes: readonly Outcome[] }): JSX.Element {
  return (
    <table class="w-full border-collapse text-sm">
      <caption class="text-left text-base font-600 pb-2">Everything that can happen, and when</caption>
      <thead class="sr-only">
        <tr>
          <th scope="col">When</th>
          <th scope="col">What happens</th>
        </tr>
      </thead>
      <tbody>
        <For each={props.outcomes}>
          {(outcome) => (
            <tr class="border-b border-line align-top block sm:table-row py-2 sm:py-0">
              <th scope="row" class="text-left font-600 pr-5 sm:py-2.5 sm:w-50 block sm:table-cell">
                {outcome.when}
              </th>
              <td class="text-ink-2 sm:py-2.5 block sm:table-cell text-pretty">{outcome.what}</td>
            </tr>
          )}
        </For>
      </tbody>
    </table>
  )
}
