/** Passages of a text, selected by mouse, finger or keys, each with a label. */
import type { Span } from '@stellartrain/ipfs-content/labeling'
import { createEffect, createMemo, createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import type { ItemValues } from '../../../lib/label/items.ts'
import { choiceAt, choiceKeys } from '../../../lib/label/keys.ts'
import { lineOf, washOf } from '../../../lib/label/marks.ts'
import {
  MOST_POINTS,
  markedText,
  moved,
  piecesOf,
  pointAt,
  rangeOf,
  type Selection,
  spanAt,
  trimmedRange,
  withSpan,
} from '../../../lib/label/spans.ts'
import { type Asked, nameOf } from '../../../lib/label/task.ts'
import { ChoiceButton, choicesClass } from '../choice-button.tsx'
import { useDesk } from '../context.ts'
import { PartList } from '../part-list.tsx'

/** `keys`: the caret is drawn; a selection by pointer is the browser's own, and the text must not be cut under it. */
type Place = Selection & { by: 'keys' | 'pointer' }

export default function SpansKind(props: { asked: Asked<'spans'>; id: string; item: ItemValues }): JSX.Element {
  const { desk, listen } = useDesk()
  const keys = createMemo(() => choiceKeys(props.asked.labels))
  const whole = props.item[props.asked.column] ?? ''
  const text = markedText(whole)
  const [place, setPlace] = createSignal<Place>({ anchor: 0, focus: 0, by: 'pointer' })
  /** Chosen without a selection: what is selected next gets it at once. */
  const [sticky, setSticky] = createSignal<string>()
  let area: HTMLElement | undefined

  const spans = (): readonly Span[] => {
    const value = desk.work().given[props.id]?.value
    return value?.kind === 'spans' ? value.spans : []
  }
  const enter = (next: readonly Span[]) => desk.enter({ kind: 'spans', spans: [...next] })
  const placeOfLabel = (label: string) => props.asked.labels.findIndex(({ value }) => value === label)
  const selected = () => trimmedRange(text, place())
  const caret = () => (place().by === 'keys' && place().anchor === place().focus ? place().focus : undefined)
  const pieces = createMemo(() => piecesOf(text, spans(), caret()))
  const textOf = ({ start, end }: { start: number; end: number }) => text.points.slice(start, end).join('')

  const label = (value: string) => {
    const range = selected()
    if (!range) return setSticky(sticky() === value ? undefined : value)
    enter(withSpan(spans(), { ...range, label: value }))
    const { focus, by } = place()
    setPlace({ anchor: focus, focus, by })
    getSelection()?.removeAllRanges()
  }
  const remove = (span: Span) => enter(spans().filter((one) => one !== span))

  /** The code point at a place of the document; undefined outside the text. */
  const pointOf = (node: Node | null, offset: number): number | undefined => {
    if (!node || !area?.contains(node)) return undefined
    const element = node instanceof Element ? (node.childNodes[offset] ?? node) : node
    const piece = (element instanceof Element ? element : element.parentElement)?.closest<HTMLElement>('[data-start]')
    if (!piece) return node === area ? (offset === 0 ? 0 : text.points.length) : undefined
    const start = text.units[Number(piece.dataset.start)] ?? 0
    return pointAt(text.units, start + (node instanceof Text ? offset : 0))
  }
  const onSelection = () => {
    const now = getSelection()
    if (!now) return
    const anchor = pointOf(now.anchorNode, now.anchorOffset)
    const focus = pointOf(now.focusNode, now.focusOffset)
    if (anchor === undefined || focus === undefined) return
    const before = place()
    if (before.anchor !== anchor || before.focus !== focus) setPlace({ anchor, focus, by: 'pointer' })
  }
  const onUp = () => {
    const value = sticky()
    if (value !== undefined && selected()) label(value)
  }
  document.addEventListener('selectionchange', onSelection)
  onCleanup(() => document.removeEventListener('selectionchange', onSelection))

  // What keys select is shown as the browser's own selection, and copied like one.
  createEffect(() => {
    const { anchor, focus, by } = place()
    if (by !== 'keys' || !area) return
    if (anchor === focus) return getSelection()?.removeAllRanges()
    const [from, to] = [domPlace(area, text.units, anchor), domPlace(area, text.units, focus)]
    if (from && to) getSelection()?.setBaseAndExtent(from.node, from.offset, to.node, to.offset)
  })

  const move = (event: KeyboardEvent): boolean => {
    const by = ({ ArrowRight: 1, ArrowLeft: -1 } as const)[event.key as 'ArrowRight']
    const line = ({ ArrowDown: 1, ArrowUp: -1 } as const)[event.key as 'ArrowDown']
    const { focus, anchor } = place()
    let to: number | undefined
    if (by !== undefined) to = moved(text, focus, by, event.ctrlKey || event.altKey)
    else if (line !== undefined && area) to = lineAway(area, line, pointOf)
    if (to === undefined) return line !== undefined
    setPlace({ anchor: event.shiftKey ? anchor : to, focus: to, by: 'keys' })
    return true
  }
  onCleanup(
    listen((event) => {
      if (event.key.startsWith('Arrow')) return move(event)
      if (event.key === 'Delete' || event.key === 'Backspace') {
        const span = spanAt(spans(), place().focus) ?? spans().at(-1)
        if (span) remove(span)
        return true
      }
      if (event.key === 'Escape') {
        setSticky(undefined)
        setPlace({ anchor: place().focus, focus: place().focus, by: place().by })
        getSelection()?.removeAllRanges()
        return true
      }
      const at = event.ctrlKey || event.metaKey ? undefined : choiceAt(event.key, props.asked.labels)
      if (at === undefined) return false
      label(props.asked.labels[at]!.value)
      return true
    }),
  )

  return (
    <div class="grid gap-3">
      <section
        ref={area}
        class="rounded-md border border-line bg-surface px-4 py-3 text-lg leading-loose whitespace-pre-wrap max-h-[50vh] overflow-y-auto [overflow-wrap:anywhere] focusable"
        tabindex={0}
        aria-label="The text"
        onPointerUp={onUp}
      >
        <For each={pieces()}>
          {(piece) => (
            <>
              <Show when={caret() === piece.start}>
                <Caret />
              </Show>
              <span
                data-start={piece.start}
                style={
                  piece.spans[0]
                    ? {
                        background: washOf(placeOfLabel(piece.spans[0].label)),
                        'box-shadow': `inset 0 -2px 0 ${lineOf(placeOfLabel(piece.spans[0].label))}`,
                      }
                    : {}
                }
              >
                {piece.text}
              </span>
              <For each={piece.ending}>
                {(span) => (
                  <span class="select-none mx-0.5 px-1 rounded-sm border border-line-strong bg-surface text-xs text-ink align-middle">
                    {nameOf(props.asked.labels[placeOfLabel(span.label)] ?? { value: span.label })}
                  </span>
                )}
              </For>
            </>
          )}
        </For>
        <Show when={caret() === text.points.length}>
          <Caret />
        </Show>
      </section>
      <Show when={whole.length > (text.units.at(-1) ?? 0)}>
        <p class="text-sm text-wait">Only the first {MOST_POINTS.toLocaleString('en')} characters are shown.</p>
      </Show>
      <p role="status" class="text-sm text-ink-3 min-h-5 truncate">
        {selected()
          ? `Selected: ${textOf(selected()!)}`
          : sticky() !== undefined
            ? 'Select a passage: it gets the chosen label.'
            : place().by === 'keys' && rangeOf(place()).start < text.points.length
              ? `At: ${text.points.slice(place().focus, place().focus + 20).join('')}`
              : 'Select a passage, then its label.'}
      </p>
      <div class={choicesClass(props.asked.labels)}>
        <For each={props.asked.labels}>
          {(choice, at) => (
            <ChoiceButton
              choice={choice}
              shortcut={keys()[at()]}
              chosen={sticky() === choice.value}
              mark={lineOf(at())}
              onChoose={() => label(choice.value)}
            />
          )}
        </For>
      </div>
      <PartList
        parts={spans().map((span) => ({
          name: nameOf(props.asked.labels[placeOfLabel(span.label)] ?? { value: span.label }),
          detail: textOf(span),
          mark: lineOf(placeOfLabel(span.label)),
        }))}
        onRemove={(at) => {
          const span = spans()[at]
          if (span) remove(span)
        }}
      />
    </div>
  )
}

function Caret(): JSX.Element {
  return <span data-caret aria-hidden="true" class="inline-block w-0.5 h-[1.2em] -mx-px align-text-bottom bg-accent" />
}

/** Where a code point stands in the document. */
function domPlace(
  area: HTMLElement,
  units: readonly number[],
  point: number,
): { node: Node; offset: number } | undefined {
  const pieces = [...area.querySelectorAll<HTMLElement>('[data-start]')]
  const piece = pieces.findLast((one) => Number(one.dataset.start) <= point)
  const node = piece?.firstChild
  if (!piece || !node) return undefined
  return { node, offset: (units[point] ?? 0) - (units[Number(piece.dataset.start)] ?? 0) }
}

/** The code point one line above or below the end of the selection, as the text is laid out now. */
function lineAway(
  area: HTMLElement,
  by: 1 | -1,
  pointOf: (node: Node | null, offset: number) => number | undefined,
): number | undefined {
  const mark = area.querySelector('[data-caret]')
  const now = getSelection()
  const rect = mark?.getBoundingClientRect() ?? endOf(now)
  if (!rect) return undefined
  const y = rect.top + rect.height / 2 + by * Number.parseFloat(getComputedStyle(area).lineHeight)
  const found = document.caretPositionFromPoint?.(rect.left, y)
  if (found) return pointOf(found.offsetNode, found.offset)
  const range = document.caretRangeFromPoint?.(rect.left, y)
  return range ? pointOf(range.startContainer, range.startOffset) : undefined
}

function endOf(selection: globalThis.Selection | null): DOMRect | undefined {
  if (!selection?.focusNode || selection.rangeCount === 0) return undefined
  const range = document.createRange()
  range.setStart(selection.focusNode, selection.focusOffset)
  return range.getBoundingClientRect()
}
