/** Any of several, between the least and the most that the task asks for. */
import { createMemo, For, type JSX, onCleanup } from 'solid-js'
import { choiceAt, choiceKeys } from '../../../lib/label/keys.ts'
import type { Asked } from '../../../lib/label/task.ts'
import { ChoiceButton, choicesClass } from '../choice-button.tsx'
import { useDesk } from '../context.ts'

export function ChoicesKind(props: { asked: Asked<'choices'>; id: string }): JSX.Element {
  const { desk, listen } = useDesk()
  const keys = createMemo(() => choiceKeys(props.asked.choices))
  const chosen = (): readonly string[] => {
    const value = desk.work().given[props.id]?.value
    return value?.kind === 'choices' ? value.values : []
  }
  const toggle = (value: string) => {
    const before = chosen()
    const values = before.includes(value) ? before.filter((one) => one !== value) : [...before, value]
    desk.enter({ kind: 'choices', values })
  }
  const bounds = () => {
    const { least = 0, most = props.asked.choices.length } = props.asked
    if (least === most) return `Choose ${least}.`
    const upTo = most < props.asked.choices.length ? `at most ${most}` : ''
    return [least > 0 ? `at least ${least}` : '', upTo].filter(Boolean).join(', ')
  }
  onCleanup(
    listen((event) => {
      const at = choiceAt(event.key, props.asked.choices)
      if (at === undefined) return false
      toggle(props.asked.choices[at]!.value)
      return true
    }),
  )
  return (
    <div class="grid gap-2">
      <p class="text-sm text-ink-3">{bounds()}</p>
      <div class={choicesClass(props.asked.choices)}>
        <For each={props.asked.choices}>
          {(choice, place) => (
            <ChoiceButton
              choice={choice}
              shortcut={keys()[place()]}
              chosen={chosen().includes(choice.value)}
              onChoose={() => toggle(choice.value)}
            />
          )}
        </For>
      </div>
    </div>
  )
}
