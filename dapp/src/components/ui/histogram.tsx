/** What a column's values look like: bars for the eye, numbers for everyone. */
import type { ColumnSummary } from '@stellartrain/oracle-grade'
import { For, type JSX } from 'solid-js'
import { formatCount, formatScore } from '../../lib/words/format.ts'

type Bar = { name: string; count: number }

const bars = (summary: ColumnSummary): Bar[] =>
  summary.kind === 'label'
    ? summary.top.map(({ label, count }) => ({ name: label, count }))
    : summary.histogram.map(({ from, to, count }) => ({
        name: `${formatScore(round(from))} to ${formatScore(round(to))}`,
        count,
      }))

const round = (value: number): number => Number(value.toPrecision(4))

export function Histogram(props: { summary: ColumnSummary }): JSX.Element {
  const all = () => bars(props.summary)
  const most = () => Math.max(1, ...all().map((bar) => bar.count))
  return (
    <figure class="grid gap-2 min-w-0">
      <figcaption class="text-sm flex flex-wrap gap-x-4">
        <span class="font-600 num [overflow-wrap:anywhere]">{props.summary.name}</span>
        <span class="text-ink-3">
          {props.summary.kind === 'label'
            ? formatCount(props.summary.distinct, 'label')
            : `${formatScore(round(props.summary.min))} to ${formatScore(round(props.summary.max))}, mean ${formatScore(round(props.summary.mean))}`}
        </span>
      </figcaption>
      {props.summary.kind === 'label' ? (
        <ul class="grid gap-1 text-sm">
          <For each={all()}>
            {(bar) => (
              <li class="grid grid-cols-[minmax(0,8rem)_1fr_3.5rem] items-center gap-3">
                <span class="truncate num text-xs" title={bar.name}>
                  {bar.name}
                </span>
                <span
                  class="h-2.5 rounded-sm bg-accent opacity-75"
                  style={{ width: `${(bar.count / most()) * 100}%` }}
                  aria-hidden="true"
                />
                <span class="num text-xs text-right text-ink-3">{bar.count.toLocaleString('en')}</span>
              </li>
            )}
          </For>
        </ul>
      ) : (
        <div
          class="flex items-end gap-px h-20 border-b border-line-strong"
          role="img"
          aria-label={all()
            .map((bar) => `${bar.name}: ${bar.count}`)
            .join('; ')}
        >
          <For each={all()}>
            {(bar) => (
              <span
                class="flex-1 bg-accent opacity-75 rounded-t-sm min-h-px"
                style={{ height: `${(bar.count / most()) * 100}%` }}
                title={`${bar.name}: ${bar.count}`}
              />
            )}
          </For>
        </div>
      )}
    </figure>
  )
}
