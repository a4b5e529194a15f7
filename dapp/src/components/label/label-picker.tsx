/** The label that the next thing drawn gets, and that the selected one has. */
import { createMemo, For, type JSX } from 'solid-js'
import { choiceKeys } from '../../lib/label/keys.ts'
import { lineOf } from '../../lib/label/marks.ts'
import type { Choice } from '../../lib/label/task.ts'
import { ChoiceButton, choicesClass } from './choice-button.tsx'

export function LabelPicker(props: {
  labels: readonly Choice[]
  chosen: string
  onChoose: (value: string) => void
}): JSX.Element {
  const keys = createMemo(() => choiceKeys(props.labels))
  return (
    <div class={choicesClass(props.labels)}>
      <For each={props.labels}>
        {(choice, at) => (
          <ChoiceButton
            choice={choice}
            shortcut={keys()[at()]}
            chosen={props.chosen === choice.value}
            mark={lineOf(at())}
            onChoose={() => props.onChoose(choice.value)}
          />
        )}
      </For>
    </div>
  )
}
