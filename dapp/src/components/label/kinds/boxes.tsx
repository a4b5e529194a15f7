/** Boxes around objects: drawn by mouse or finger, placed and sized by keys. */
import type { Box } from '@stellartrain/ipfs-content/labeling'
import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import type { ItemValues } from '../../../lib/label/items.ts'
import { createMarkedShapes } from '../../../lib/label/marked-shapes.ts'
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
import type { Asked } from '../../../lib/label/task.ts'
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
  /** What is being drawn or changed, before it is an answer. */
  const [draft, setDraft] = createSignal<Box>()
  let drawing: Drawing | undefined

  const marked = createMarkedShapes<Box>({
    asked: () => props.asked,
    shapes() {
      const value = desk.work().given[props.id]?.value
      return value?.kind === 'boxes' ? value.boxes : []
    },
    enter: (next) => desk.enter({ kind: 'boxes', boxes: [...next] }),
  })
  const {
    shapes: boxes,
    selected,
    setSelected,
    label,
    current,
    placeOf,
    isFull,
    replace,
    add,
    remove,
    relabel,
  } = marked

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
      else return marked.take(event.key)
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
      <PartList parts={marked.parts(wordsOf)} selected={selected()} onSelect={marked.toggle} onRemove={remove} />
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
