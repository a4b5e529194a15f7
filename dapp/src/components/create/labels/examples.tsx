/** Examples in the instructions: items with their right answer, and why. They are given in the preview below. */
import { For, type JSX } from 'solid-js'
import type { CreateState } from '../../../lib/create/state-shape.ts'
import { Button } from '../../ui/button.tsx'
import { TextField } from '../../ui/field.tsx'

export function Examples(props: { state: CreateState }): JSX.Element {
  const { labels } = props.state
  const change = (item: string, patch: { why: string }) =>
    labels.set({ examples: labels.form.examples.map((one) => (one.item === item ? { ...one, ...patch } : one)) })
  const ids = () => labels.form.examples.map(({ item }) => item)
  const of = (item: string) => labels.form.examples.find((one) => one.item === item)
  return (
    <section class="grid gap-3" aria-label="Examples">
      <h3 class="section-title">Examples</h3>
      <ul class="grid gap-3">
        <For
          each={ids()}
          fallback={
            <li class="text-sm text-ink-3 max-w-[68ch]">
              None yet. Answer an item in the preview and keep the answer: labelers see it with the instructions. An
              example gives its item’s answer away, so do not use known items.
            </li>
          }
        >
          {(item) => (
            <li class="card px-4 py-3 grid gap-3">
              <p class="text-sm [overflow-wrap:anywhere]">
                <span class="text-ink-3">Item </span>
                <code class="num">{item}</code>
                <span class="text-ink-3"> is answered </span>
                <code class="num">{of(item)?.answer}</code>
              </p>
              <div class="grid gap-3 sm:grid-cols-[minmax(0,1fr)_auto] sm:items-end">
                <TextField
                  label={`Why, for item ${item} (optional)`}
                  value={of(item)?.why ?? ''}
                  onInput={(why) => change(item, { why })}
                />
                <Button
                  icon="cross"
                  onClick={() => labels.set({ examples: labels.form.examples.filter((one) => one.item !== item) })}
                >
                  Remove
                </Button>
              </div>
            </li>
          )}
        </For>
      </ul>
    </section>
  )
}
