/** One of several: choosing answers the item and goes on. */
import { createMemo, For, type JSX, onCleanup } from 'solid-js'
import { choiceAt, choiceKeys } from '../../../lib/label/keys.ts'
import type { Asked } from '../../../lib/label/task.ts'
import { ChoiceButton, choicesClass } from '../choice-button.tsx'
import { useDesk } from '../context.ts'

export function ChoiceKind(props: { asked: Asked<'choice'>; id: string }): JSX.Element {
  const { desk, listen } = useDesk()
  const keys = createMemo(() => choiceKeys(props.asked.choices))
  const chosen = () => {
    const one = desk.work().given[props.id]
    return one?.value?.kind === 'choice' && !one.broken ? one.value.value : undefined
  }
  const choose = (value: string) => desk.answer({ kind: 'choice', value })
  onCleanup(
    listen((event) => {
      const at = choiceAt(event.key, props.asked.choices)
      if (at === undefined) return false
      choose(props.asked.choices[at]!.value)
      return true
    }),
  )
  return (
    <div class={choicesClass(props.asked.choices)}>
      <For each={props.asked.choices}>
        {(choice, place) => (
          <ChoiceButton
            choice={choice}
            shortcut={keys()[place()]}
            chosen={chosen() === choice.value}
            onChoose={() => choose(choice.value)}
          />
        )}
      </For>
    </div>
  )
}
