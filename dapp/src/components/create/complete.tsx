/** What can be signed, once nothing is missing; else which steps to look at again. */
import { type JSX, Show } from 'solid-js'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { Notice } from '../ui/notice.tsx'

export function Complete(props: { state: CreateState; missing: string[]; children: JSX.Element }): JSX.Element {
  return (
    <Show
      when={props.state.sums() && props.state.times() && props.missing.length === 0}
      fallback={
        <Notice tone="wait" title="Not complete yet">
          {props.missing.length > 0
            ? `Look at these steps again: ${props.missing.join(', ')}.`
            : 'Some amounts or dates are missing.'}
        </Notice>
      }
    >
      <div class="grid gap-6">{props.children}</div>
    </Show>
  )
}
