/** That the money does not reach for every label, and what adds to it. */
import { type JSX, Show } from 'solid-js'
import { Notice } from '../ui/notice.tsx'

export function Short(props: { id: number; short: bigint; money: (units: bigint) => string }): JSX.Element {
  return (
    <Show when={props.short > 0n}>
      <Notice tone="wait" title="The money does not reach for every label">
        {props.money(props.short)} are missing. Anyone can add them until the challenge closes: npx stellartrain topup{' '}
        {props.id} --prize AMOUNT
      </Notice>
    </Show>
  )
}
