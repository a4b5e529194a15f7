/** A moment: relative for the eye, exact on hover and in the text that assistive technology reads. */
import type { JSX } from 'solid-js'
import { createNow } from '../../lib/reactive/clock.ts'
import { formatExact, formatRelative } from '../../lib/words/format.ts'
import { NOT_KNOWN } from '../../lib/words/known.ts'
import { Given } from './given.tsx'

export function Time(props: { at: string | number | null; class?: string }): JSX.Element {
  return (
    <Given when={props.at} fallback={<span class={props.class ?? ''}>time {NOT_KNOWN}</span>}>
      {(at) => <KnownTime at={at()} class={props.class ?? ''} />}
    </Given>
  )
}

function KnownTime(props: { at: string | number; class: string }): JSX.Element {
  const now = createNow()
  const at = () => (typeof props.at === 'number' ? props.at : Date.parse(props.at))
  return (
    <time dateTime={new Date(at()).toISOString()} title={formatExact(at())} class={`whitespace-nowrap ${props.class}`}>
      {formatRelative(at(), now())}
      <span class="sr-only"> ({formatExact(at())})</span>
    </time>
  )
}
