/** An empty place that teaches the next step. */
import type { JSX } from 'solid-js'

export function Empty(props: { title: string; children: JSX.Element; action?: JSX.Element }): JSX.Element {
  return (
    <div class="rounded-lg border border-dashed border-line-strong px-6 py-10 grid justify-items-start gap-3">
      <p class="font-600 text-ink">{props.title}</p>
      <p class="text-sm text-ink-2 max-w-[60ch]">{props.children}</p>
      {props.action}
    </div>
  )
}
