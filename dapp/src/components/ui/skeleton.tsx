/** Gray blocks where content will stand, of the content's own height. */
import { For, type JSX } from 'solid-js'

export function Skeleton(props: { lines?: number; height?: string }): JSX.Element {
  return (
    <div role="status" aria-label="Loading" class="grid gap-3">
      <For each={Array.from({ length: props.lines ?? 3 })}>
        {(_, index) => (
          <div
            class="skeleton"
            style={{ height: props.height ?? '1.25rem', width: `${[100, 92, 78][index() % 3]}%` }}
          />
        )}
      </For>
    </div>
  )
}
