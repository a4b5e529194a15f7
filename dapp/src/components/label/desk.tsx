/** The desk: one item, large; its answer; and the few buttons, each with a key. */
import { partOf } from '@stellartrain/sdk/counted'
import {
  createEffect,
  createMemo,
  createSignal,
  type JSX,
  lazy,
  on,
  onCleanup,
  onMount,
  Show,
  Suspense,
} from 'solid-js'
import type { Desk } from '../../lib/label/desk.ts'
import { type Command, commandOf, isPlain, isTyping } from '../../lib/label/keys.ts'
import type { LeaseClock } from '../../lib/label/lease.ts'
import type { MediaKind, MediaStore } from '../../lib/label/media.ts'
import { askedWords } from '../../lib/label/task.ts'
import { countDone } from '../../lib/label/work.ts'
import { keepQuiet } from '../../lib/reactive/quiet.ts'
import { Button } from '../ui/button.tsx'
import { Given } from '../ui/given.tsx'
import { Notice } from '../ui/notice.tsx'
import { AnswerArea } from './answer.tsx'
import { KeyCap } from './choice-button.tsx'
import { DeskContext, type DeskParts, type KeyHandler } from './context.ts'
import { Item } from './item.tsx'
import { LeaseLine } from './lease-line.tsx'

const KeysHelp = lazy(() => import('./keys-help.tsx'))

/** How many of the next items are loaded. */
const AHEAD = 3
const SINGLE = 'labels-single-keys'

export function LabelDesk(props: {
  desk: Desk
  media: MediaStore
  lease: LeaseClock
  earns: JSX.Element
}): JSX.Element {
  const { desk, media } = props
  const [help, setHelp] = createSignal(false)
  const [single, setSingle] = createSignal(localStorage.getItem(SINGLE) !== 'off')
  const everHelped = createMemo((before: boolean) => before || help(), false)
  const handlers: KeyHandler[] = []
  const zooms: ((command: 'zoomIn' | 'zoomOut') => void)[] = []
  const within = <T,>(list: T[], one: T) => {
    list.push(one)
    return () => void list.splice(list.indexOf(one), 1)
  }
  const parts: DeskParts = {
    ...{ desk, media },
    listen: (handler) => within(handlers, handler),
    onZoom: (handler) => within(zooms, handler),
  }
  let region: HTMLElement | undefined
  keepQuiet()

  const run = (command: Command) => {
    if (command === 'help') setHelp(true)
    else if (command === 'zoomIn' || command === 'zoomOut') for (const zoom of zooms) zoom(command)
    else desk[command]()
  }
  const onKey = (event: KeyboardEvent) => {
    if (help() || event.defaultPrevented || event.isComposing || isTyping(event.target)) return
    if (!single() && event.key.length === 1) return
    // With these only the arrows mean something here: larger steps.
    if (!isPlain(event) && !event.key.startsWith('Arrow')) return
    // A focused button is pressed by Enter, as everywhere.
    const isPress = (event.key === 'Enter' || event.key === ' ') && onButton(event.target)
    if (isPress) return
    if (handlers.some((handler) => handler(event))) return event.preventDefault()
    const command = isPlain(event) && !(event.shiftKey && event.key.length > 1) ? commandOf(event.key) : undefined
    if (command === undefined || inWidget(event)) return
    event.preventDefault()
    run(command)
  }
  document.addEventListener('keydown', onKey)
  onCleanup(() => document.removeEventListener('keydown', onKey))

  const total = () => desk.work().order.length
  const done = () => countDone(desk.work())
  const item = (id: string) => desk.items.get(id) ?? {}
  const broken = () => desk.work().given[desk.current() ?? '']?.broken === true

  createEffect(() => {
    const { order, at } = desk.work()
    const shown = desk.task.show.filter((one) => one.as !== 'text')
    if (shown.length === 0) return
    const cells = order.slice(at, at + 1 + AHEAD).flatMap((id) =>
      shown.flatMap((one) => {
        const cell = item(id)[one.column]
        return cell ? [{ cell, kind: one.as as MediaKind }] : []
      }),
    )
    media.ahead(cells)
  })
  /** Unless a field of the item has it already. */
  const takeFocus = () => {
    if (!region?.contains(document.activeElement)) region?.focus({ preventScroll: true })
  }
  const focusItem = () => {
    takeFocus()
    region?.scrollIntoView?.({ block: 'start' })
  }
  onMount(takeFocus)
  createEffect(on(desk.current, (id) => id !== undefined && focusItem(), { defer: true }))

  return (
    <DeskContext.Provider value={parts}>
      <div class="grid gap-3 pb-20">
        <div class="grid gap-1.5">
          <progress
            class="w-full h-1.5"
            max={total()}
            value={done()}
            aria-label={`${partOf(done(), total(), 'item')} answered`}
          />
          <p class="flex flex-wrap gap-x-4 gap-y-0.5 text-sm">
            <span class="text-ink">
              <span class="num">{done()}</span> of <span class="num">{total()}</span>
            </span>
            {props.earns}
            <LeaseLine lease={props.lease} />
          </p>
        </div>
        <Show when={desk.current()} keyed>
          {(id) => (
            <section
              ref={region}
              tabindex={-1}
              aria-label={`Item ${desk.work().at + 1} of ${total()}`}
              class="grid gap-5 outline-none scroll-mt-2"
            >
              <Item item={item(id)} />
              <fieldset class="grid gap-3 min-w-0">
                <legend class="section-title mb-3">{askedWords(desk.task)}</legend>
                <AnswerArea id={id} item={item(id)} />
              </fieldset>
            </section>
          )}
        </Show>
        <div aria-live="polite" class="grid gap-2">
          <Given when={desk.problem()}>{(why) => <Notice tone="wait">{why()}</Notice>}</Given>
          <Show when={broken()}>
            <Notice tone="info" title="Flagged as broken">
              It counts as answered. Any answer takes the flag away.
            </Notice>
          </Show>
          <Show when={!desk.kept()}>
            <Notice tone="wait" title="Not kept">
              This browser has no room for a draft: a reload would lose your answers. Submit before you leave the page.
            </Notice>
          </Show>
        </div>
      </div>
      <div class="fixed z-10 inset-x-0 bottom-0 bg-surface border-t border-line">
        <div class="max-w-280 mx-auto px-2 sm:px-6 py-2 flex items-center sm:gap-2">
          <BarButton words="Undo" cap="u" onClick={() => run('undo')} />
          <BarButton words="Skip" cap="s" onClick={() => run('skip')} />
          <Show when={desk.task.flag}>
            <BarButton words="Flag" cap="f" onClick={() => run('flag')} />
          </Show>
          <BarButton
            words="Keys"
            cap="?"
            class="hidden [@media(hover:hover)]:inline-flex"
            onClick={() => run('help')}
          />
          <Button look="primary" class="ml-auto min-w-20 sm:min-w-24" onClick={() => run('next')}>
            Next
          </Button>
        </div>
      </div>
      <Show when={everHelped()}>
        <Suspense>
          <KeysHelp
            task={desk.task}
            open={help()}
            onOpen={setHelp}
            single={single()}
            onSingle={(on) => {
              localStorage.setItem(SINGLE, on ? 'on' : 'off')
              setSingle(on)
            }}
          />
        </Suspense>
      </Show>
    </DeskContext.Provider>
  )
}

const onButton = (target: EventTarget | null): boolean =>
  target instanceof Element && target.closest('button, a, summary, audio, [role=slider]') !== null

/** A player or a picture that scrolls has arrows of its own. */
const inWidget = ({ key, target }: KeyboardEvent): boolean =>
  key.startsWith('Arrow') && target instanceof Element && target.closest('audio, [role=dialog]') !== null

function BarButton(props: { words: string; cap: string; class?: string; onClick: () => void }): JSX.Element {
  return (
    <Button look="quiet" class={`px-2.5 sm:px-3 ${props.class ?? ''}`} onClick={() => props.onClick()}>
      <span class="hidden sm:inline">
        <KeyCap name={props.cap} />
      </span>
      {props.words}
    </Button>
  )
}
