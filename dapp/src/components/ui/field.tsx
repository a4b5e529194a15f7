/** Labeled inputs with a hint and an error that assistive technology announces with the field. */
import { createUniqueId, type JSX, Show, untrack } from 'solid-js'

type FieldProps = {
  label: string
  hint?: JSX.Element
  error?: string | undefined
  children: (ids: { id: string; describedby: string; invalid: boolean }) => JSX.Element
  class?: string
}

export function Field(props: FieldProps): JSX.Element {
  const id = createUniqueId()
  const ids = {
    id,
    describedby: `${id}-hint ${id}-error`,
    get invalid() {
      return Boolean(props.error)
    },
  }
  return (
    <div class={`grid gap-1.5 content-start ${props.class ?? ''}`}>
      <label for={id} class="text-sm font-600 text-ink">
        {props.label}
      </label>
      {/* Made once: an input that was made anew with its error would lose the focus while somebody corrects it. */}
      {untrack(() => props.children(ids))}
      <Show when={props.hint}>
        <p id={`${id}-hint`} class="text-xs text-ink-3 max-w-[60ch]">
          {props.hint}
        </p>
      </Show>
      <p id={`${id}-error`} class="text-xs font-600 text-bad empty:hidden" aria-live="polite">
        {props.error}
      </p>
    </div>
  )
}

type TextFieldProps = {
  label: string
  value: string
  onInput: (value: string) => void
  hint?: JSX.Element
  error?: string | undefined
  type?: 'text' | 'number' | 'datetime-local' | 'search'
  suffix?: string
  rows?: number
  inputmode?: 'decimal' | 'numeric' | 'text'
  placeholder?: string
  class?: string
  mono?: boolean
}

export function TextField(props: TextFieldProps): JSX.Element {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} class={props.class}>
      {(ids) => (
        <div class="relative">
          <Show
            when={props.rows}
            fallback={
              <input
                id={ids.id}
                type={props.type ?? 'text'}
                class={`control ${props.suffix ? 'pr-16' : ''} ${props.mono ? 'num' : ''}`}
                value={props.value}
                inputmode={props.inputmode}
                placeholder={props.placeholder}
                aria-describedby={ids.describedby}
                aria-invalid={ids.invalid || undefined}
                autocomplete="off"
                onInput={(event) => props.onInput(event.currentTarget.value)}
              />
            }
          >
            <textarea
              id={ids.id}
              class="control leading-relaxed"
              rows={props.rows}
              aria-describedby={ids.describedby}
              aria-invalid={ids.invalid || undefined}
              onInput={(event) => props.onInput(event.currentTarget.value)}
            >
              {props.value}
            </textarea>
          </Show>
          <Show when={props.suffix}>
            <span class="absolute right-3 top-1/2 -translate-y-1/2 text-sm text-ink-3 pointer-events-none">
              {props.suffix}
            </span>
          </Show>
        </div>
      )}
    </Field>
  )
}

type Option = { value: string; label: string; group?: string | undefined }

/** Neighbors of the same group together. */
function groupsOf(options: readonly Option[]): { group: string | undefined; options: Option[] }[] {
  const groups: { group: string | undefined; options: Option[] }[] = []
  for (const option of options) {
    const last = groups.at(-1)
    if (last && last.group === option.group) last.options.push(option)
    else groups.push({ group: option.group, options: [option] })
  }
  return groups
}

type SelectFieldProps = {
  label: string
  value: string
  options: Option[]
  onChange: (value: string) => void
  hint?: JSX.Element
  error?: string | undefined
  class?: string
}

export function SelectField(props: SelectFieldProps): JSX.Element {
  return (
    <Field label={props.label} hint={props.hint} error={props.error} class={props.class}>
      {(ids) => (
        <select
          id={ids.id}
          class="control"
          aria-describedby={ids.describedby}
          aria-invalid={ids.invalid || undefined}
          value={props.value}
          onChange={(event) => props.onChange(event.currentTarget.value)}
        >
          {groupsOf(props.options).map(({ group, options }) => {
            const items = options.map((option) => (
              <option value={option.value} selected={option.value === props.value}>
                {option.label}
              </option>
            ))
            return group ? <optgroup label={group}>{items}</optgroup> : items
          })}
        </select>
      )}
    </Field>
  )
}
