/** The same of the form of a labeling task. */
import type { JSX } from 'solid-js'
import type { LabelsForm } from '../../../lib/create/labels/form.ts'
import type { CreateState } from '../../../lib/create/state-shape.ts'
import { TextField } from '../../ui/field.tsx'

type Typed = { [Name in keyof LabelsForm]: LabelsForm[Name] extends string ? Name : never }[keyof LabelsForm]

export function LabelsField(props: {
  state: CreateState
  name: Typed
  label: string
  hint: string
  suffix?: string
  placeholder?: string
}): JSX.Element {
  return (
    <TextField
      label={props.label}
      mono
      inputmode="decimal"
      value={props.state.labels.form[props.name] as string}
      onInput={(value) => props.state.labels.set({ [props.name]: value } as Partial<LabelsForm>)}
      error={props.state.problems()[props.name]}
      hint={props.hint}
      {...(props.suffix !== undefined && { suffix: props.suffix })}
      {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
    />
  )
}
