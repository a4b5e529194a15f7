/** Money: always with its asset, in tabular figures, never rounded. */
import { type JSX, Show } from 'solid-js'
import { formatNumber, type Unit, unitName } from '../../lib/words/format.ts'
import { NOT_KNOWN } from '../../lib/words/known.ts'

export function Amount(props: { units: string | bigint | null; asset: Unit; class?: string }): JSX.Element {
  return (
    <span class={`whitespace-nowrap ${props.class ?? ''}`}>
      <Show when={props.units !== null} fallback={NOT_KNOWN}>
        <span class="num">{formatNumber(props.units ?? 0n, props.asset)}</span> {unitName(props.asset)}
      </Show>
    </span>
  )
}
