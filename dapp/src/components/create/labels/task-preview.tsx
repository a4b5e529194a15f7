/** The task as labelers will see it, with the maker's own items; an answer that is given here can become an example. */
import { formatAnswer } from '@stellartrain/ipfs-content/labeling'
import { createMemo, createSignal, type JSX, onCleanup, Show } from 'solid-js'
import type { Source } from '../../../lib/create/labels/ask.ts'
import { chosenMedia } from '../../../lib/create/labels/chosen-media.ts'
import { createDesk, type Desk } from '../../../lib/label/desk.ts'
import { itemsOf } from '../../../lib/label/items.ts'
import { createMediaStore } from '../../../lib/label/media.ts'
import { askedWords } from '../../../lib/label/task.ts'
import { memoryStorage } from '../../../lib/site/memory-storage.ts'
import { AnswerArea } from '../../label/answer.tsx'
import { DeskContext } from '../../label/context.ts'
import { Item } from '../../label/item.tsx'
import { Button } from '../../ui/button.tsx'

/** Items that can be looked at; more of them say nothing new. */
const SHOWN = 20
const KEY = { network: '', contract: '', challenge: 0, solver: '', attempt: 0 }

export function TaskPreview(props: { source: Source; onExample: (item: string, answer: string) => void }): JSX.Element {
  const { table, task } = props.source
  const items = itemsOf({ header: table.header, rows: table.rows.slice(0, SHOWN) }, table.idColumn)
  const ids = [...items.keys()]
  const made = createDesk({ key: KEY, task, items, storage: memoryStorage() })
  // Here an answer is looked at, and nothing goes on by itself.
  const desk: Desk = { ...made, answer: (value) => made.enter(value) }
  const media = createMediaStore(chosenMedia(props.source))
  onCleanup(() => media.close())
  const handlers: ((event: KeyboardEvent) => boolean)[] = []
  const listen = (handler: (event: KeyboardEvent) => boolean) => {
    handlers.push(handler)
    return () => void handlers.splice(handlers.indexOf(handler), 1)
  }
  const place = () => desk.work().at
  const current = () => desk.current() ?? ids[0]!
  const [problem, setProblem] = createSignal('')
  const answer = createMemo(() => desk.work().given[current()]?.value)
  const go = (by: number) => {
    setProblem('')
    desk.go(ids[(place() + by + ids.length) % ids.length]!)
  }
  const keep = () => {
    const value = answer()
    try {
      if (!value) return setProblem('Answer the item first.')
      props.onExample(current(), formatAnswer(task, value, items.get(current())))
      setProblem('')
    } catch (error) {
      setProblem(error instanceof Error ? error.message : String(error))
    }
  }
  return (
    <DeskContext.Provider value={{ desk, media, listen, onZoom: () => () => {} }}>
      <section
        class="card px-4 sm:px-6 py-5 grid gap-5"
        aria-label="As labelers see it"
        onKeyDown={(event) => {
          if (!(event.target instanceof HTMLTextAreaElement) && handlers.some((handler) => handler(event)))
            event.preventDefault()
        }}
      >
        <p class="eyebrow">As labelers see it</p>
        <Show when={current()} keyed>
          {(id) => (
            <div class="grid gap-5">
              <Item item={items.get(id) ?? {}} />
              <fieldset class="grid gap-3 min-w-0">
                <legend class="section-title mb-3">{askedWords(task)}</legend>
                <AnswerArea id={id} item={items.get(id) ?? {}} />
              </fieldset>
            </div>
          )}
        </Show>
        <div class="flex flex-wrap gap-3 items-center border-t border-line pt-4">
          <Show when={ids.length > 1}>
            <Button icon="back" onClick={() => go(-1)}>
              Previous item
            </Button>
            <Button icon="arrow" onClick={() => go(1)}>
              Next item
            </Button>
          </Show>
          <Button icon="plus" onClick={keep}>
            Use this answer as an example
          </Button>
          <p class="text-sm text-ink-3">
            Item {place() + 1} of the first {ids.length}
          </p>
        </div>
        <p class="text-xs font-600 text-bad empty:hidden" role="alert">
          {problem()}
        </p>
      </section>
    </DeskContext.Provider>
  )
}
