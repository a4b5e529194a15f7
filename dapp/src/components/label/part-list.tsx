/** What was marked so far, one line each, to be selected or removed with a finger. */
import { For, type JSX, Show } from 'solid-js'
import { Icon } from '../ui/icon.tsx'

type Part = { name: string; detail: string; mark: string }

export function PartList(props: {
  parts: readonly Part[]
  selected?: number | undefined
  onSelect?: (place: number) => void
  onRemove: (place: number) => void
}): JSX.Element {
  return (
    <Show when={props.parts.length > 0}>
      <ul class="grid divide-y divide-line border-y border-line text-sm" aria-label="Marked so far">
        <For each={props.parts}>
          {(part, place) => (
            <li class={`flex items-center gap-3 pl-2 rounded-md ${props.selected === place() ? 'bg-accent-soft' : ''}`}>
              <span class="size-3 rounded-sm shrink-0" style={{ background: part.mark }} aria-hidden="true" />
              <Show when={props.onSelect} fallback={<Words part={part} />}>
                <button
                  type="button"
                  class="min-h-11 min-w-0 flex-1 text-left bg-transparent text-ink focusable rounded-sm"
                  aria-pressed={props.selected === place()}
                  onClick={() => props.onSelect?.(place())}
                >
                  <Words part={part} />
                </button>
              </Show>
              <button
                type="button"
                class="size-11 ml-auto grid place-items-center bg-transparent text-ink-3 hover:text-ink focusable rounded-sm shrink-0"
                aria-label={`Remove ${part.name} ${part.detail.slice(0, 60)}`}
                onClick={() => props.onRemove(place())}
              >
                <Icon name="cross" />
              </button>
            </li>
          )}
        </For>
      </ul>
    </Show>
  )
}

function Words(props: { part: Part }): JSX.Element {
  return (
    <span class="flex-1 flex gap-2 min-w-0">
      <span class="font-500 shrink-0 max-w-[60%] truncate">{props.part.name}</span>
      <span class="text-ink-2 truncate min-w-0">{props.part.detail}</span>
    </span>
  )
}
