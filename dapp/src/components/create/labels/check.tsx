/** Yes or no, as a box with its words: a target of 44 pixels. */
import type { JSX } from 'solid-js'

export function Check(props: { label: string; checked: boolean; onChange: (on: boolean) => void }): JSX.Element {
  return (
    <label class="flex items-center gap-3 min-h-11 text-sm cursor-pointer">
      <input
        type="checkbox"
        class="size-5 accent-accent focusable rounded-sm"
        checked={props.checked}
        onChange={(event) => props.onChange(event.currentTarget.checked)}
      />
      {props.label}
    </label>
  )
}
