/** A sentence with whole addresses in it, each shown short, whole on hover, with a link to its page. */
import { For, type JSX, Show } from 'solid-js'
import { Hash } from './hash.tsx'

export function Addressed(props: { text: string }): JSX.Element {
  const parts = () => props.text.split(/\b([GC][A-Z2-7]{55})\b/)
  return (
    <For each={parts()}>
      {(part, at) => (
        <Show when={at() % 2 === 1} fallback={part}>
          <Hash value={part} what="address" href={`/accounts/${part}`} plain />
        </Show>
      )}
    </For>
  )
}
