/** A text of one's own, or what is heard or read in the item. */
import { type JSX, onMount } from 'solid-js'
import type { Asked } from '../../../lib/label/task.ts'
import { useDesk } from '../context.ts'

export function TextKind(props: {
  asked: Asked<'text'> | Asked<'transcription'>
  id: string
  words: string
}): JSX.Element {
  const { desk } = useDesk()
  const entered = () => {
    const value = desk.work().given[props.id]?.value
    return value?.kind === props.asked.kind ? (value as { value: string }).value : ''
  }
  const length = () => [...entered()].length
  let field: HTMLTextAreaElement | undefined
  onMount(() => field?.focus({ preventScroll: true }))
  return (
    <div class="grid gap-1.5">
      <textarea
        ref={field}
        class="control text-lg leading-relaxed"
        rows={4}
        aria-label={props.words}
        aria-describedby="label-text-length"
        maxlength={props.asked.maxLength * 2}
        value={entered()}
        spellcheck={true}
        onInput={(event) => desk.enter({ kind: props.asked.kind, value: event.currentTarget.value })}
        onKeyDown={(event) => {
          if (event.isComposing) return
          if (event.key === 'Enter' && !event.shiftKey) {
            event.preventDefault()
            desk.next()
          } else if (event.key === 'Escape') event.currentTarget.blur()
        }}
      />
      <p id="label-text-length" class={`text-xs ${length() > props.asked.maxLength ? 'text-bad' : 'text-ink-3'}`}>
        <span class="num">{length()}</span> of at most <span class="num">{props.asked.maxLength}</span> characters
      </p>
    </div>
  )
}
