/** What is typed and not shown; a manager of passwords may keep it. */
import type { JSX } from 'solid-js'
import { Field } from '../ui/field.tsx'

export function PasswordField(props: {
  label: string
  value: string
  onInput: (value: string) => void
  hint?: string
  error?: string | undefined
  /** An existing one is asked for, not a new one. */
  current?: boolean
}): JSX.Element {
  return (
    <Field label={props.label} hint={props.hint} error={props.error}>
      {(ids) => (
        <input
          id={ids.id}
          type="password"
          class="control"
          autocomplete={props.current ? 'current-password' : 'new-password'}
          value={props.value}
          aria-describedby={ids.describedby}
          aria-invalid={ids.invalid || undefined}
          onInput={(event) => props.onInput(event.currentTarget.value)}
        />
      )}
    </Field>
  )
}
