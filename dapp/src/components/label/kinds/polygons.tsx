/** Outlines of objects: point by point with mouse or finger, or with a cross that the arrows move. */
import { doubleArea, type Point, type Polygon } from '@stellartrain/ipfs-content/labeling'
import { createSignal, For, type JSX, onCleanup, Show } from 'solid-js'
import type { ItemValues } from '../../../lib/label/items.ts'
import { createMarkedShapes } from '../../../lib/label/marked-shapes.ts'
import { lineOf, washOf } from '../../../lib/label/marks.ts'
import { apart, arrowStep, pointIn, polygonHas, smallestAt } from '../../../lib/label/shapes.ts'
import type { Asked } from '../../../lib/label/task.ts'
import { Button } from '../../ui/button.tsx'
import { type At, Canvas, type Drawing, type Stroke } from '../canvas.tsx'
import { useDesk } from '../context.ts'
import { LabelPicker } from '../label-picker.tsx'
import { PartList } from '../part-list.tsx'

/** Pixels of the screen from which a point is meant. */
const REACH = 18
const FEWEST = 3

export default function PolygonsKind(props: { asked: Asked<'polygons'>; id: string; item: ItemValues }): JSX.Element {
  const { desk, listen } = useDesk()
  /** Not closed yet. */
  const [open, setOpen] = createSignal<readonly Point[]>([])
  const [cross, setCross] = createSignal<Point>()
  /** The selected one while a point of it is dragged. */
  const [draft, setDraft] = createSignal<Polygon>()
  let drawing: Drawing | undefined

  const marked = createMarkedShapes<Polygon>({
    asked: () => props.asked,
    shapes() {
      const value = desk.work().given[props.id]?.value
      return value?.kind === 'polygons' ? value.polygons : []
    },
    enter: (next) => desk.enter({ kind: 'polygons', polygons: [...next] }),
  })
  const { shapes: polygons, selected, setSelected, label, current, placeOf, isFull, replace, remove, relabel } = marked
  const mostPoints = () => props.asked.mostPoints ?? 400

  const close = () => {
    const points = [...open()]
    if (points.length < FEWEST || doubleArea(points) === 0) return
    setOpen([])
    marked.add({ label: label(), points })
  }
  const addPoint = (at: Point) => {
    if (isFull() || open().length >= mostPoints()) return
    const last = open().at(-1)
    if (last && apart(last, at) === 0) return
    setSelected(-1)
    setOpen([...open(), at])
  }
  const onDown = (from: At, { size, scale }: Drawing): Stroke | undefined => {
    const near = (point: Point) => apart(point, from) < REACH * scale()
    const [first] = open()
    if (first && open().length >= FEWEST && near(first)) return ended(close)
    const polygon = current()
    const vertex = polygon ? polygon.points.findIndex(near) : -1
    if (polygon && vertex >= 0) {
      const place = selected()
      const shape = (at: At): Polygon => ({
        ...polygon,
        points: polygon.points.map((point, one) => (one === vertex ? pointIn(size, at) : point)),
      })
      return {
        move: (at) => void setDraft(shape(at)),
        up(at) {
          setDraft(undefined)
          if (doubleArea(shape(at).points) !== 0) replace(place, shape(at))
        },
        cancel: () => void setDraft(undefined),
      }
    }
    const area = (one: Polygon) => Math.abs(doubleArea(one.points))
    const under = open().length > 0 ? -1 : smallestAt(polygons(), (one) => polygonHas(one, from), area)
    if (under >= 0 && under !== selected()) return ended(() => void setSelected(under))
    return ended((at) => addPoint(at))
  }
  onCleanup(
    listen((event) => {
      const step = arrowStep(event)
      if (step) {
        if (!drawing) return true
        const { width, height } = drawing.size
        const [x, y] = cross() ?? [width / 2, height / 2]
        setCross(pointIn(drawing.size, [x + step[0], y + step[1]]))
        return true
      }
      if (event.ctrlKey || event.metaKey || event.altKey) return false
      if (event.key === ' ') {
        const { width, height } = drawing?.size ?? { width: 0, height: 0 }
        if (drawing) addPoint(cross() ?? [width / 2, height / 2])
      } else if (event.key === 'Enter') {
        if (open().length === 0) return false
        close()
      } else if (event.key === 'Delete' || event.key === 'Backspace') {
        if (open().length > 0) setOpen(open().slice(0, -1))
        else remove(selected())
      } else if (event.key === 'Escape') {
        setOpen([])
        setSelected(-1)
      } else return marked.take(event.key)
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
        {({ scale, size }) => (
          <>
            <For each={polygons()}>
              {(polygon, at) => (
                <Outline
                  polygon={at() === selected() ? (draft() ?? polygon) : polygon}
                  place={placeOf(polygon.label)}
                  dots={at() === selected()}
                  scale={scale()}
                />
              )}
            </For>
            <Show when={open().length > 0}>
              <Outline
                polygon={{ label: label(), points: [...open()] }}
                place={placeOf(label())}
                dots
                open
                scale={scale()}
              />
            </Show>
            <Show when={cross()}>
              <Cross at={cross()!} scale={scale()} size={size} />
            </Show>
          </>
        )}
      </Canvas>
      <LabelPicker labels={props.asked.labels} chosen={current()?.label ?? label()} onChoose={relabel} />
      <div class="flex flex-wrap items-center gap-2">
        <Show when={open().length > 0}>
          <Button look="primary" disabled={open().length < FEWEST} onClick={close}>
            Close the outline
          </Button>
          <Button onClick={() => setOpen(open().slice(0, -1))}>Take the last point back</Button>
        </Show>
        <p role="status" class="text-sm text-ink-3">
          {open().length > 0
            ? `${open().length} points set. At the first one the outline closes.`
            : isFull()
              ? `At most ${props.asked.most}.`
              : 'Set point after point around the object.'}
        </p>
      </div>
      <PartList
        parts={marked.parts(({ points }) => `${points.length} points`)}
        selected={selected()}
        onSelect={marked.toggle}
        onRemove={remove}
      />
    </div>
  )
}

/** Something that happens where the pointer is lifted. */
const ended = (done: (at: At) => void): Stroke => ({ move: () => {}, up: done, cancel: () => {} })

function Outline(props: {
  polygon: Polygon
  place: number
  dots: boolean
  open?: boolean
  scale: number
}): JSX.Element {
  const points = () => props.polygon.points.map((point) => point.join(',')).join(' ')
  return (
    <>
      <Show
        when={props.open}
        fallback={
          <polygon
            points={points()}
            fill={washOf(props.place)}
            stroke={lineOf(props.place)}
            stroke-width={props.dots ? 3 : 2}
            vector-effect="non-scaling-stroke"
          />
        }
      >
        <polyline
          points={points()}
          fill="none"
          stroke={lineOf(props.place)}
          stroke-width="3"
          vector-effect="non-scaling-stroke"
        />
      </Show>
      <Show when={props.dots}>
        <For each={props.polygon.points}>
          {([x, y], at) => (
            <circle
              cx={x}
              cy={y}
              r={(props.open && at() === 0 ? 8 : 5) * props.scale}
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

function Cross(props: { at: Point; scale: number; size: { width: number; height: number } }): JSX.Element {
  const line = (attributes: { x1: number; y1: number; x2: number; y2: number }) => (
    <line
      {...attributes}
      stroke="currentColor"
      class="text-accent"
      stroke-width="1"
      vector-effect="non-scaling-stroke"
    />
  )
  return (
    <>
      {line({ x1: 0, x2: props.size.width, y1: props.at[1], y2: props.at[1] })}
      {line({ x1: props.at[0], x2: props.at[0], y1: 0, y2: props.size.height })}
    </>
  )
}
