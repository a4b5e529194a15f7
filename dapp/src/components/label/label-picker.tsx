/** The label that the next thing drawn gets, and that the selected one has. */
import { For, type JSX } from 'solid-js'
import { lineOf } from '../../lib/label/marks.ts'
import type { Choice } from '../../lib/label/task.ts'
import { CHOICES, ChoiceButton } from './choice-button.tsx'

export function LabelPicker(props: {
  labels: readonly Choice[]
  chosen: string
  onChoose: (value: string) => void
}): JSX.Element {
  return (
    <div class={CHOICES}>
      <For each={props.labels}>
        {(choice, at) => (
          <ChoiceButton
            choice={choice}
            place={at()}
            chosen={props.chosen === choice.value}
            mark={lineOf(at())}
            onChoose={() => props.onChoose(choice.value)}
          />
        )}
      </For>
    </div>
  )
}
