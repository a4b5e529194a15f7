/** One of several: choosing answers the item and goes on. */
import { For, type JSX, onCleanup } from 'solid-js'
import { choiceAt } from '../../../lib/label/keys.ts'
import type { Asked } from '../../../lib/label/task.ts'
import { CHOICES, ChoiceButton } from '../choice-button.tsx'
import { useDesk } from '../context.ts'

export function ChoiceKind(props: { asked: Asked<'choice'>; id: string }): JSX.Element {
  const { desk, listen } = useDesk()
  const chosen = () => {
    const one = desk.work().given[props.id]
    return one?.value?.kind === 'choice' && !one.broken ? one.value.value : undefined
  }
  const choose = (value: string) => desk.answer({ kind: 'choice', value })
  onCleanup(
    listen((event) => {
      const at = choiceAt(event.key, props.asked.choices.length)
      if (at === undefined) return false
      choose(props.asked.choices[at]!.value)
      return true
    }),
  )
  return (
    <div class={CHOICES}>
      <For each={props.asked.choices}>
        {(choice, place) => (
          <ChoiceButton
            choice={choice}
            place={place()}
            chosen={chosen() === choice.value}
            onChoose={() => choose(choice.value)}
          />
        )}
      </For>
    </div>
  )
}
