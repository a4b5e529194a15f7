/** Disputed items, one at a time, decided by one key: the maker's opinion is kept here, beside the votes. */
import { createMemo, createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import { keepReviews, type Reviews, readReviews } from '../../lib/board/reviews.ts'
import { isPlain, isTyping } from '../../lib/label/keys.ts'
import { config } from '../../lib/site/config.ts'
import { formatCount } from '../../lib/words/format.ts'
import type { Read } from '../../lib/write/board.ts'
import { KeyCap } from '../label/choice-button.tsx'
import { Button } from '../ui/button.tsx'
import { Given } from '../ui/given.tsx'

const MOST_CHOICES = 9

export function Review(props: { challenge: number; read: Read }): JSX.Element {
  const { contract } = config()
  const [reviews, setReviews] = createSignal<Reviews>(readReviews(localStorage, contract, props.challenge))
  const open = createMemo(() => props.read.opened.disputed.filter(({ id }) => !Object.hasOwn(reviews(), id)))
  const current = () => open()[0]
  const cells = () => [...new Set(current()?.votes.map(({ cell }) => cell))].slice(0, MOST_CHOICES)
  const change = (next: Reviews) => {
    setReviews(next)
    keepReviews(localStorage, contract, props.challenge, next)
  }
  const decide = (cell: string) => {
    const item = current()
    if (item) change({ ...reviews(), [item.id]: cell })
  }
  const undo = () => change(Object.fromEntries(Object.entries(reviews()).slice(0, -1)))
  let place: HTMLElement | undefined
  const onKey = (event: KeyboardEvent) => {
    if (!isPlain(event) || isTyping(event.target) || !place?.contains(document.activeElement)) return
    const cell = /^[1-9]$/.test(event.key) ? cells()[Number(event.key) - 1] : undefined
    if (cell !== undefined) decide(cell)
    else if (event.key === 'u' && Object.keys(reviews()).length > 0) undo()
    else return
    event.preventDefault()
  }
  document.addEventListener('keydown', onKey)
  onCleanup(() => document.removeEventListener('keydown', onKey))
  const shown = () => {
    const item = current()
    const values = item && props.read.labels.items.get(item.id)
    return props.read.labels.task.show.map(({ column, title }) => `${title ?? column}: ${values?.[column] ?? ''}`)
  }
  return (
    <Show when={props.read.opened.disputed.length > 0}>
      <section class="grid gap-3 outline-none" aria-label="Disputed items" tabindex={-1} ref={place}>
        <h2 class="section-title">Disputed items</h2>
        <p class="text-sm text-ink-2 max-w-[68ch]" role="status">
          {formatCount(props.read.opened.disputed.length, 'item has', 'items have')} no majority, or a flag;{' '}
          {props.read.opened.disputed.length - open().length} reviewed. Your decision changes no payment; it is kept in
          this browser and comes with your export.
        </p>
        <Given when={current()}>
          {(item) => (
            <div class="card px-4 py-4 grid gap-3">
              <p class="num font-600 [overflow-wrap:anywhere]">{item().id}</p>
              <For each={shown()}>{(line) => <p class="text-sm text-ink-2 [overflow-wrap:anywhere]">{line}</p>}</For>
              <div class="grid gap-2">
                <For each={cells()}>
                  {(cell, at) => (
                    <Button class="justify-start text-left" onClick={() => decide(cell)}>
                      <KeyCap name={String(at() + 1)} />
                      <span class="num [overflow-wrap:anywhere]">{cell}</span>
                      <span class="text-ink-3 font-400">
                        {formatCount(item().votes.filter((vote) => vote.cell === cell).length, 'vote')}
                      </span>
                    </Button>
                  )}
                </For>
              </div>
            </div>
          )}
        </Given>
        <Show when={Object.keys(reviews()).length > 0}>
          <Button icon="back" class="justify-self-start" onClick={undo}>
            Undo the last one
          </Button>
        </Show>
      </section>
    </Show>
  )
}
