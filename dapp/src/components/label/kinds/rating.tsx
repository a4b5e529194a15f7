/** A number on a scale: a button for each where there are few, a slider where there are many. */

import { ratingValues } from '@stellartrain/ipfs-content/labeling'
import { For, type JSX, onCleanup, Show } from 'solid-js'
import { choiceKeys } from '../../../lib/label/keys.ts'
import type { Asked } from '../../../lib/label/task.ts'
import { KeyCap } from '../choice-button.tsx'
import { useDesk } from '../context.ts'

const MOST_BUTTONS = 11

export function RatingKind(props: { asked: Asked<'rating'>; id: string }): JSX.Element {
  const { desk, listen } = useDesk()
  const values = ratingValues(props.asked)
  const keys = choiceKeys(values.map((value) => ({ value: String(value) })))
  const rated = () => {
    const value = desk.work().given[props.id]?.value
    return value?.kind === 'rating' ? value.value : undefined
  }
  const rate = (value: number) => desk.answer({ kind: 'rating', value })
  onCleanup(
    listen((event) => {
      const at = values.length > MOST_BUTTONS ? -1 : keys.indexOf(event.key)
      if (at < 0) return false
      rate(values[at]!)
      return true
    }),
  )
  return (
    <Show when={values.length <= MOST_BUTTONS} fallback={<Slider {...props} rated={rated()} />}>
      <div class="grid gap-2 grid-cols-[repeat(auto-fill,minmax(3.5rem,1fr))]">
        <For each={values}>
          {(value, place) => (
            <button
              type="button"
              aria-pressed={rated() === value}
              class="min-h-14 px-2 grid justify-items-center content-center gap-1 rounded-md border border-solid border-line-strong bg-surface text-ink hover:bg-sunken aria-pressed:border-accent aria-pressed:bg-accent-soft focusable"
              onClick={() => rate(value)}
            >
              <span class="num text-lg font-500">{value}</span>
              <Show when={keys[place()] !== String(value)}>
                <KeyCap name={keys[place()]} />
              </Show>
            </button>
          )}
        </For>
      </div>
    </Show>
  )
}

function Slider(props: { asked: Asked<'rating'>; rated: number | undefined }): JSX.Element {
  const { desk } = useDesk()
  return (
    <label class="grid gap-2">
      <span class="text-lg">
        <span class="num">{props.rated ?? 'not rated'}</span>
        <span class="text-sm text-ink-3">
          {' '}
          from {props.asked.from} to {props.asked.to}
        </span>
      </span>
      <input
        type="range"
        class="w-full h-11 accent-accent focusable"
        min={props.asked.from}
        max={props.asked.to}
        step={props.asked.step}
        value={props.rated ?? props.asked.from}
        onInput={(event) => {
          // What a browser makes of the steps may be off in the last digit.
          const value = Number(event.currentTarget.valueAsNumber.toFixed(6))
          desk.enter({ kind: 'rating', value })
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter') desk.next()
        }}
      />
    </label>
  )
}
