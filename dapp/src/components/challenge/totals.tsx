/** All challenges in one line: locked now, paid out, how fast. */
import { createAsync } from '@solidjs/router'
import { ErrorBoundary, For, type JSX, Show, Suspense } from 'solid-js'
import { getTotals } from '../../lib/read/api.ts'
import type { Asset } from '../../lib/read/types.ts'
import { formatCount, formatDuration } from '../../lib/words/format.ts'
import { LOWER_BOUND } from '../../lib/words/known.ts'
import { Amount } from '../ui/amount.tsx'
import { Given } from '../ui/given.tsx'

export function TotalsLine(): JSX.Element {
  return (
    <div class="mt-5 min-h-6 text-sm text-ink-2">
      <ErrorBoundary fallback={null}>
        <Suspense fallback={<div class="skeleton h-5 w-80 max-w-full" />}>
          <Totals />
        </Suspense>
      </ErrorBoundary>
    </div>
  )
}

function Totals(): JSX.Element {
  const totals = createAsync(() => getTotals())
  return (
    <Given when={totals()}>
      {(all) => (
        <p class="flex flex-wrap gap-x-6 gap-y-1">
          <span>
            <Amounts of={all().locked.filter(({ amount }) => BigInt(amount) > 0n)} /> locked now
          </span>
          <span>
            <Amounts of={all().paid.filter(({ amount }) => BigInt(amount) > 0n)} /> paid out
          </span>
          <Show when={all().lowerBound}>
            <span>{LOWER_BOUND}</span>
          </Show>
          <span>{formatCount(all().submissions, 'submission')}</span>
          <Show when={all().medianSecondsToPayment !== null}>
            <span>
              median time to payment <span class="text-ink font-600">{quick(all().medianSecondsToPayment ?? 0)}</span>
            </span>
          </Show>
        </p>
      )}
    </Given>
  )
}

const quick = (seconds: number): string => (seconds < 1 ? 'a second' : formatDuration(seconds))

function Amounts(props: { of: { asset: Asset; amount: string }[] }): JSX.Element {
  return (
    <Show when={props.of.length > 0} fallback="Nothing">
      <For each={props.of}>
        {(item, index) => (
          <>
            {index() > 0 ? ' + ' : ''}
            <Amount units={item.amount} asset={item.asset} class="text-ink font-500" />
          </>
        )}
      </For>
    </Show>
  )
}
