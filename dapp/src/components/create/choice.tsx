/** One of a few, as large radio buttons. */
import { createUniqueId, For, type JSX } from 'solid-js'

type ChoiceProps = {
  label: string
  value: string
  options: readonly { value: string; label: string; hint?: string }[]
  onChange: (value: string) => void
}

export function Choice(props: ChoiceProps): JSX.Element {
  const name = createUniqueId()
  return (
    <fieldset class="grid gap-2">
      <legend class="text-sm font-600 mb-1.5">{props.label}</legend>
      <div class="grid sm:grid-cols-2 gap-3">
        <For each={props.options}>
          {(option) => (
            <label class="flex items-start gap-3 rounded-md border border-line-strong bg-surface px-4 py-3 cursor-pointer has-[:checked]:border-accent has-[:checked]:bg-accent-soft has-[:focus-visible]:outline-2 has-[:focus-visible]:outline-solid has-[:focus-visible]:outline-accent has-[:focus-visible]:outline-offset-2">
              <input
                type="radio"
                class="mt-1 accent-accent outline-none"
                name={name}
                value={option.value}
                checked={props.value === option.value}
                onChange={() => props.onChange(option.value)}
              />
              <span class="grid">
                <span class="text-sm font-600">{option.label}</span>
                <span class="text-xs text-ink-3">{option.hint}</span>
              </span>
            </label>
          )}
        </For>
      </div>
    </fieldset>
  )
}
