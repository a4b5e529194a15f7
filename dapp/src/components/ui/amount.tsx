/** Money: always with its asset, in tabular figures, never rounded. */
import type { JSX } from 'solid-js'
import { formatNumber, type Unit, unitName } from '../../lib/format.ts'

export function Amount(props: { units: string | bigint; asset: Unit; class?: string }): JSX.Element {
  return (
    <span class={`whitespace-nowrap ${props.class ?? ''}`}>
      <span class="num">{formatNumber(props.units, props.asset)}</span> {unitName(props.asset)}
    </span>
  )
}
