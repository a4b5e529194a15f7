/** Boxes around objects: drawn by mouse or finger, placed and sized by keys. */
import type { Box } from '@stellartrain/ipfs-content/labeling'
import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import type { ItemValues } from '../../../lib/label/items.ts'
import { choiceAt } from '../../../lib/label/keys.ts'
import { lineOf, washOf } from '../../../lib/label/marks.ts'
import {
  apart,
  arrowStep,
  boxBetween,
  boxHas,
  CORNERS,
  cornerOf,
  movedBox,
  opposite,
  resizedBox,
  smallestAt,
} from '../../../lib/label/shapes.ts'
import { type Asked, nameOf } from '../../../lib/label/task.ts'
import { Button } from '../../ui/button.tsx'
import { type At, Canvas, type Drawing, type Stroke } from '../canvas.tsx'
import { useDesk } from '../context.ts'
import { LabelPicker } from '../label-picker.tsx'
import { PartList } from '../part-list.tsx'

/** Pixels of the screen: less is a click, and a finger means a corner from this far, of a small box from less. */
const CLICK = 4
const REACH = 22

export default function BoxesKind(props: { asked: Asked<'boxes'>; id: string; item: ItemValues }): JSX.Element {
  const { desk, listen } = useDesk()
  const [selected, setSelected] = createSignal(-1)
  const [label, setLabel] = createSignal(props.asked.labels[0]!.value)
  /** What is being drawn or changed, before it is an answer. */
  const [draft, setDraft] = createSignal<Box>()
  let drawing: Drawing | undefined

  const boxes = (): readonly Box[] => {
    const value = desk.work().given[props.id]?.value
    return value?.kind === 'boxes' ? value.boxes : []
  }
  const enter = (next: readonly Box[]) => desk.enter({ kind: 'boxes', boxes: [...next] })
  const replace = (at: number, box: Box) => enter(boxes().map((one, place) => (place === at ? box : one)))
  const add = (box: Box) => {
    enter([...boxes(), box])
    setSelected(boxes().length - 1)
  }
  const remove = (at: number) => {
    if (!boxes()[at]) return
    enter(boxes().filter((_, place) => place !== at))
    setSelected(-1)
  }
  const current = () => boxes()[selected()]
  const placeOf = (value: string) => props.asked.labels.findIndex((one) => one.value === value)
  const relabel = (value: string) => {
    setLabel(value)
    const box = current()
    if (box) replace(selected(), { ...box, label: value })
  }
  const isFull = () => props.asked.most !== undefined && boxes().length >= props.asked.most

  /** Draws `shape(at)` until the pointer is lifted, then does `done` with it. */
  const stroke = (from: At, shape: (at: At) => Box, done: (box: Box) => void, click: () => void): Stroke => {
    const isClick = (at: At) => apart(from, at) < CLICK * (drawing?.scale() ?? 1)
    return {
      move: (at) => void setDraft(isClick(at) ? undefined : shape(at)),
      up(at) {
        setDraft(undefined)
        if (isClick(at)) return click()
        const box = shape(at)
        if (box.width > 0 && box.height > 0) done(box)
      },
      cancel: () => void setDraft(undefined),
    }
  }
  const onDown = (from: At, { size, scale }: Drawing): Stroke | undefined => {
    const box = current()
    const place = selected()
    const select = () =>
      void setSelected(
        smallestAt(
          boxes(),
          (one) => boxHas(one, from),
          ({ width, height }) => width * height,
        ),
      )
    const change = (next: Box) => replace(place, next)
    const reach = box ? Math.min(REACH * scale(), Math.max(box.width, box.height) / 4 + CLICK * scale()) : 0
    const corner = box && CORNERS.find((one) => apart(cornerOf(box, one), from) < reach)
    if (box && corner) {
      const fixed = cornerOf(box, opposite(corner))
      return stroke(from, (at) => boxBetween(size, fixed, at, box.label), change, select)
    }
    if (box && boxHas(box, from))
      return stroke(from, (at) => movedBox(size, box, at[0] - from[0], at[1] - from[1]), change, select)
    if (isFull()) return { move: () => {}, up: select, cancel: () => {} }
    return stroke(from, (at) => boxBetween(size, from, at, label()), add, select)
  }
  const addByKey = () => {
    if (!drawing || isFull()) return
    const { width, height } = drawing.size
    add(boxBetween(drawing.size, [width * 0.4, height * 0.4], [width * 0.6, height * 0.6], label()))
  }
  onCleanup(
    listen((event) => {
      const step = arrowStep(event)
      const box = current()
      if (step) {
        if (box && drawing) {
          const change = event.shiftKey ? resizedBox : movedBox
          replace(selected(), change(drawing.size, box, step[0], step[1]))
        }
        return true
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return false
      if (event.key === 'n') addByKey()
      else if (event.key === 'Delete' || event.key === 'Backspace') remove(selected())
      else if (event.key === 'Escape') setSelected(-1)
      else if (event.key === ']' || event.key === '[') {
        const count = boxes().length
        if (count > 0) setSelected((selected() + (event.key === ']' ? 1 : count - 1) + count) % count)
      } else {
        const at = choiceAt(event.key, props.asked.labels)
        if (at === undefined) return false
        relabel(props.asked.labels[at]!.value)
      }
      return true
    }),
  )

  return (
    <div class="grid gap-3">
      <Canvas
        column={props.asked.column}
        item={props.item}
        onDown={onDown}
        onReady={(ready) => {
          drawing = ready
        }}
      >
        {({ scale }) => (
          <>
            <For each={boxes()}>
              {(box, at) => (
                <Show when={!(draft() && at() === selected())}>
                  <BoxShape box={box} place={placeOf(box.label)} selected={at() === selected()} scale={scale()} />
                </Show>
              )}
            </For>
            <Show when={draft()}>
              <BoxShape box={draft()!} place={placeOf(draft()!.label)} selected scale={scale()} />
            </Show>
          </>
        )}
      </Canvas>
      <LabelPicker labels={props.asked.labels} chosen={current()?.label ?? label()} onChoose={relabel} />
      <div class="flex flex-wrap items-center gap-2">
        <Button icon="plus" disabled={isFull()} onClick={addByKey}>
          Add a box
        </Button>
        <p role="status" class="text-sm text-ink-3">
          {isFull() ? `At most ${props.asked.most}.` : ''}
          {current() ? `Selected: ${wordsOf(current()!)}` : ''}
        </p>
      </div>
      <PartList
        parts={boxes().map((box) => ({
          name: nameOf(props.asked.labels[placeOf(box.label)] ?? { value: box.label }),
          detail: wordsOf(box),
          mark: lineOf(placeOf(box.label)),
        }))}
        selected={selected()}
        onSelect={(at) => setSelected(at === selected() ? -1 : at)}
        onRemove={remove}
      />
    </div>
  )
}

const wordsOf = ({ x, y, width, height }: Box): string =>
  `${Math.round(width)} × ${Math.round(height)} at ${Math.round(x)}, ${Math.round(y)}`

function BoxShape(props: { box: Box; place: number; selected: boolean; scale: number }): JSX.Element {
  return (
    <>
      <rect
        x={props.box.x}
        y={props.box.y}
        width={props.box.width}
        height={props.box.height}
        fill={washOf(props.place)}
        stroke={lineOf(props.place)}
        stroke-width={props.selected ? 3 : 2}
        vector-effect="non-scaling-stroke"
      />
      <Show when={props.selected}>
        <For each={CORNERS}>
          {(corner) => (
            <circle
              cx={cornerOf(props.box, corner)[0]}
              cy={cornerOf(props.box, corner)[1]}
              r={6 * props.scale}
              fill="white"
              stroke={lineOf(props.place)}
              stroke-width="2"
              vector-effect="non-scaling-stroke"
            />
          )}
        </For>
      </Show>
    </>
  )
}
