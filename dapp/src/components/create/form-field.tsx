/** A field of the wizard's form that takes an amount or a number: what was typed, and what is wrong with it. */
import type { JSX } from 'solid-js'
import type { Form } from '../../lib/create/form.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { TextField } from '../ui/field.tsx'

type Typed = { [Name in keyof Form]: Form[Name] extends string ? Name : never }[keyof Form]

export function FormField(props: {
  state: CreateState
  name: Typed
  label: string
  hint?: string
  suffix?: string
  /** Which keys a phone shows; of an amount unless given. */
  inputmode?: 'decimal' | 'numeric' | 'text'
}): JSX.Element {
  return (
    <TextField
      label={props.label}
      mono
      inputmode={props.inputmode ?? 'decimal'}
      value={props.state.form[props.name] as string}
      onInput={(value) => props.state.setForm({ [props.name]: value } as Partial<Form>)}
      error={props.state.problems()[props.name]}
      hint={props.hint}
      {...(props.suffix !== undefined && { suffix: props.suffix })}
    />
  )
}
