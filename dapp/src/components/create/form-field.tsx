/** Fields of the wizard that take an amount or a number: what was typed, and what is wrong with it. */
import type { JSX } from 'solid-js'
import type { Form } from '../../lib/create/form.ts'
import type { LabelsForm } from '../../lib/create/labels/form.ts'
import type { CreateState } from '../../lib/create/state-shape.ts'
import { TextField } from '../ui/field.tsx'

/** The fields of a form that keep what was typed. */
type Typed<Of> = { [Name in keyof Of]: Of[Name] extends string ? Name : never }[keyof Of]

type Shown = {
  label: string
  hint?: string
  suffix?: string
  placeholder?: string
  /** Which keys a phone shows; of an amount unless given. */
  inputmode?: 'decimal' | 'numeric' | 'text'
}

export function FormField(props: Shown & { state: CreateState; name: Typed<Form> }): JSX.Element {
  return (
    <Field
      {...props}
      value={props.state.form[props.name] as string}
      onInput={(value) => props.state.setForm({ [props.name]: value } as Partial<Form>)}
      error={props.state.problems()[props.name]}
    />
  )
}

/** Of the form of a labeling task. */
export function LabelsField(props: Shown & { state: CreateState; name: Typed<LabelsForm> }): JSX.Element {
  return (
    <Field
      {...props}
      value={props.state.labels.form[props.name] as string}
      onInput={(value) => props.state.labels.set({ [props.name]: value } as Partial<LabelsForm>)}
      error={props.state.problems()[props.name]}
    />
  )
}

function Field(
  props: Shown & { value: string; onInput: (value: string) => void; error: string | undefined },
): JSX.Element {
  return (
    <TextField
      label={props.label}
      mono
      inputmode={props.inputmode ?? 'decimal'}
      value={props.value}
      onInput={props.onInput}
      error={props.error}
      hint={props.hint}
      {...(props.suffix !== undefined && { suffix: props.suffix })}
      {...(props.placeholder !== undefined && { placeholder: props.placeholder })}
    />
  )
}
