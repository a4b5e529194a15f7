/** What an account's submissions bring, summed over their stories: due, waiting to come back, and what would come now. */
import { createAsync } from '@solidjs/router'
import { totalOf } from '@stellartrain/sdk/story'
import { For, type JSX, Show } from 'solid-js'
import { networkNow } from '../lib/reactive/clock.ts'
import { getChallenge } from '../lib/read/api.ts'
import type { Asset, Submission } from '../lib/read/types.ts'
import { formatAmount } from '../lib/words/format.ts'
import { storyOf } from '../lib/words/tell.ts'

type Sum = { asset: Asset } & ReturnType<typeof totalOf>

/** One line for each asset in which something is due, waits or would come; nothing where all is done. */
export function AccountTotals(props: { submissions: Submission[] }): JSX.Element {
  const sums = createAsync(async (): Promise<Sum[]> => {
    const submissions = props.submissions
    const ids = [...new Set(submissions.map(({ challenge }) => challenge))]
    const found = await Promise.all(ids.map((id) => getChallenge(String(id))))
    const challenges = new Map(found.map((one) => [one.id, one]))
    const byAsset = Map.groupBy(submissions, ({ asset }) => asset.contract)
    return [...byAsset.values()].map((list) => ({
      asset: list[0]!.asset,
      ...totalOf(
        list.flatMap((one) => {
          const of = challenges.get(one.challenge)
          return of ? [storyOf(of, one, networkNow())] : []
        }),
      ),
    }))
  })
  return (
    <For each={(sums() ?? []).filter(({ due, waits, toCome }) => due + waits + toCome > 0n)}>
      {(sum) => (
        <p class="text-sm text-ink-2 flex flex-wrap gap-x-5 gap-y-0.5">
          <Show when={sum.due > 0n}>
            <span>{formatAmount(sum.due, sum.asset)} due, not yet sent</span>
          </Show>
          <Show when={sum.waits > 0n}>
            <span>{formatAmount(sum.waits, sum.asset)} of its own money waits to come back</span>
          </Show>
          <Show when={sum.toCome > 0n}>
            <span>{formatAmount(sum.toCome, sum.asset)} would come if everything ended now</span>
          </Show>
        </p>
      )}
    </For>
  )
}
