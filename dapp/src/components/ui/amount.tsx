/** Money: always with its asset, in tabular figures, never rounded. */
import type { JSX } from 'solid-js'
import { formatUnits } from '../../lib/format.ts'

export function Amount(props: {
  units: string | bigint
  asset: { code: string; decimals: number }
  class?: string
}): JSX.Element {
  return (
    <span class={`whitespace-nowrap ${props.class ?? ''}`}>
      <span class="num">{formatUnits(props.units, props.asset.decimals)}</span> {props.asset.code}
    </span>
  )
}
