/** Which of two is better: side by side, on a phone one below the other. */
import { For, type JSX, onCleanup, Show } from 'solid-js'
import type { ItemValues } from '../../../lib/label/items.ts'
import type { Asked } from '../../../lib/label/task.ts'
import { KeyCap } from '../choice-button.tsx'
import { useDesk } from '../context.ts'
import { Cell } from '../item.tsx'

type Better = 'a' | 'b' | 'tie'
const KEYS: Record<string, Better> = { 1: 'a', a: 'a', 2: 'b', b: 'b', 0: 'tie', t: 'tie' }

export function PreferenceKind(props: { asked: Asked<'preference'>; id: string; item: ItemValues }): JSX.Element {
  const { desk, listen } = useDesk()
  const chosen = () => {
    const value = desk.work().given[props.id]?.value
    return value?.kind === 'preference' ? value.value : undefined
  }
  const choose = (value: Better) => desk.answer({ kind: 'preference', value })
  const shownAs = (column: string) =>
    desk.task.show.find((one) => one.column === column) ?? { column, as: 'text' as const }
  const sides = [
    { value: 'a', name: 'A', key: '1', shown: shownAs(props.asked.a) },
    { value: 'b', name: 'B', key: '2', shown: shownAs(props.asked.b) },
  ] as const
  onCleanup(
    listen(({ key }) => {
      const value = Object.hasOwn(KEYS, key) ? KEYS[key] : undefined
      if (value === undefined || (value === 'tie' && !props.asked.tie)) return false
      choose(value)
      return true
    }),
  )
  return (
    <div class="grid gap-3">
      <div class="grid gap-3 md:grid-cols-2">
        <For each={sides}>
          {(side) => (
            <section
              aria-label={side.name}
              class={`rounded-lg border p-4 grid gap-3 content-between ${chosen() === side.value ? 'border-accent bg-accent-soft' : 'border-line bg-surface'}`}
            >
              <div class="grid gap-1">
                <p class="text-xs font-500 text-ink-3">{side.shown.title ?? side.name}</p>
                <Cell shown={side.shown} item={props.item} />
              </div>
              <BetterButton
                name={`${side.name} is better`}
                key={side.key}
                chosen={chosen() === side.value}
                onChoose={() => choose(side.value)}
              />
            </section>
          )}
        </For>
      </div>
      <Show when={props.asked.tie}>
        <BetterButton name="Equally good" key="0" chosen={chosen() === 'tie'} onChoose={() => choose('tie')} />
      </Show>
    </div>
  )
}

function BetterButton(props: { name: string; key: string; chosen: boolean; onChoose: () => void }): JSX.Element {
  return (
    <button
      type="button"
      aria-pressed={props.chosen}
      class="min-h-12 px-3 flex items-center justify-center gap-3 rounded-md border border-solid border-line-strong bg-surface text-ink font-500 hover:bg-sunken aria-pressed:border-accent focusable"
      onClick={() => props.onChoose()}
    >
      <KeyCap name={props.key} />
      {props.name}
    </button>
  )
}
