/** One choice: what it is called, what it means, and its key. */
import { type JSX, Show } from 'solid-js'
import { type Choice, nameOf } from '../../lib/label/task.ts'

export function ChoiceButton(props: {
  choice: Choice
  /** The key that chooses it. */
  shortcut: string | undefined
  chosen: boolean
  onChoose: () => void
  /** A color that stands for it in the item. */
  mark?: string
}): JSX.Element {
  return (
    <button
      type="button"
      aria-pressed={props.chosen}
      class="min-h-12 px-3 py-2 flex items-center gap-3 text-left rounded-md border border-solid border-line-strong bg-surface text-ink hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft focusable"
      onClick={() => props.onChoose()}
    >
      <KeyCap name={props.shortcut} />
      <Show when={props.mark}>
        <span class="size-3 rounded-sm shrink-0" style={{ background: props.mark }} aria-hidden="true" />
      </Show>
      <span class="grid min-w-0">
        <span class="font-500 [overflow-wrap:anywhere]">{nameOf(props.choice)}</span>
        <Show when={props.choice.hint}>
          {' '}
          <span class="text-xs text-ink-3 [overflow-wrap:anywhere]">{props.choice.hint}</span>
        </Show>
      </span>
    </button>
  )
}

/** Only where there is a keyboard to press it on. */
export function KeyCap(props: { name: string | undefined }): JSX.Element {
  return (
    <Show when={props.name}>
      <span
        aria-hidden="true"
        class="hidden [@media(hover:hover)]:grid place-items-center min-w-6 h-6 px-1.5 rounded-sm border border-line-strong bg-sunken text-xs font-mono text-ink-2 shrink-0"
      >
        {props.name}
      </span>
    </Show>
  )
}

/** Digits and letters stand closer, so that ten of them are on a phone's screen below the item. */
export const choicesClass = (choices: readonly Choice[]): string =>
  choices.every((choice) => nameOf(choice).length <= SHORT && !choice.hint)
    ? 'grid gap-2 grid-cols-[repeat(auto-fill,minmax(4.5rem,1fr))]'
    : 'grid gap-2 grid-cols-[repeat(auto-fill,minmax(min(100%,10rem),1fr))]'

/** Characters of a name that is short. */
const SHORT = 2
