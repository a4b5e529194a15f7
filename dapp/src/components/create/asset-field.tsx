/** What a challenge pays in, of the assets that these pages know. */
import type { JSX } from 'solid-js'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { config } from '../../lib/site/config.ts'
import { SelectField } from '../ui/field.tsx'

export function AssetField(props: { state: CreateState; paid: 'solvers' | 'labelers' }): JSX.Element {
  const { form, setForm } = props.state
  return (
    <SelectField
      label="Paid in"
      value={form.asset}
      onChange={(asset) => setForm({ asset })}
      options={config().assets.map((asset) => ({ value: asset.contract, label: asset.code }))}
      hint={
        props.state.asset().issuer
          ? `An issued asset: ${props.paid} need a trustline, and its issuer keeps its powers.`
          : 'The native asset: every account can hold it.'
      }
    />
  )
}
