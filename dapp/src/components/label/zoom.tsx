/** A picture in a frame that scrolls, larger or smaller by wheel, by two fingers, by keys and by buttons. */
import { createEffect, createSignal, type JSX, on, onCleanup, Show } from 'solid-js'
import type { Size } from '../../lib/label/shapes.ts'
import { Icon } from '../ui/icon.tsx'
import { useDesk } from './context.ts'

const LARGEST = 8
const STEP = 1.25
/** Of the frame: what is labeled and the answer should be seen together, above the bar and below what stands before it. */
const HEIGHT = 'max(14rem, min(58vh, 100vh - 28.5rem))'

export function Zoomed(props: {
  /** Of the content, in its own pixels, once it is known: it is shown as a whole at first. */
  size: Size | undefined
  /** The largest width at first, a CSS length; as wide as there is room for without it. */
  most?: string
  /** `width`: of the content, as CSS. */
  children: (width: () => string) => JSX.Element
  /** One finger draws, so that only two move the picture. */
  draws?: boolean
  label: string
}): JSX.Element {
  const { onZoom } = useDesk()
  const [factor, setFactor] = createSignal(1)
  let frame: HTMLElement | undefined
  const fingers = new Map<number, PointerEvent>()

  /** Keeps what is at this place of the frame where it is. */
  const zoomTo = (wanted: number, x: number, y: number) => {
    const before = factor()
    const next = Math.min(LARGEST, Math.max(1, wanted))
    if (!frame || next === before) return
    const [left, top] = [frame.scrollLeft + x, frame.scrollTop + y]
    setFactor(next)
    frame.scrollLeft = (left * next) / before - x
    frame.scrollTop = (top * next) / before - y
  }
  const zoomBy = (by: number) => zoomTo(factor() * by, (frame?.clientWidth ?? 0) / 2, (frame?.clientHeight ?? 0) / 2)
  onCleanup(onZoom((command) => zoomBy(command === 'zoomIn' ? STEP : 1 / STEP)))

  const onWheel = (event: WheelEvent) => {
    const place = frame?.getBoundingClientRect()
    if (!place) return
    const shrinks = event.deltaY > 0
    // At its smallest it leaves the wheel to the page.
    if (shrinks && factor() === 1) return
    event.preventDefault()
    zoomTo(factor() * Math.exp(-event.deltaY / 400), event.clientX - place.left, event.clientY - place.top)
  }
  const onMove = (event: PointerEvent) => {
    const before = fingers.get(event.pointerId)
    if (!before) return
    const other = [...fingers.values()].find((one) => one.pointerId !== event.pointerId)
    fingers.set(event.pointerId, event)
    if (!other || !frame) return
    const place = frame.getBoundingClientRect()
    const apart = (one: PointerEvent) => Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY)
    const middle = { x: (event.clientX + other.clientX) / 2, y: (event.clientY + other.clientY) / 2 }
    if (apart(before) > 0)
      zoomTo(factor() * (apart(event) / apart(before)), middle.x - place.left, middle.y - place.top)
    frame.scrollLeft -= (event.clientX - before.clientX) / 2
    frame.scrollTop -= (event.clientY - before.clientY) / 2
  }
  const width = () => {
    const { width: w, height: h } = props.size ?? { width: 1, height: 1 }
    const fit = `min(100%, ${HEIGHT} * ${w / h}${props.most ? `, ${props.most}` : ''})`
    return `calc(${fit} * ${factor()})`
  }
  const lift = (event: PointerEvent) => void fingers.delete(event.pointerId)
  const attach = (element: HTMLElement) => {
    frame = element
    // Solid listens passively; a passive listener cannot keep the page from scrolling.
    element.addEventListener('wheel', onWheel, { passive: false })
  }
  createEffect(
    on(
      () => props.label,
      () => setFactor(1),
      { defer: true },
    ),
  )
  return (
    <div class="relative">
      <section
        ref={attach}
        aria-label={props.label}
        tabindex={factor() > 1 ? 0 : undefined}
        class={`rounded-md bg-sunken focusable ${factor() > 1 ? 'overflow-auto' : 'overflow-hidden'}`}
        style={{ 'max-height': HEIGHT, 'touch-action': props.draws ? 'none' : 'pan-x pan-y' }}
        onPointerDown={(event) => {
          if (event.pointerType === 'touch') fingers.set(event.pointerId, event)
        }}
        onPointerMove={onMove}
        onPointerUp={lift}
        onPointerCancel={lift}
        onPointerLeave={lift}
      >
        {props.children(width)}
      </section>
      <div class="absolute right-2 bottom-2 flex gap-1">
        <Show when={factor() > 1}>
          <ZoomButton name="minus" label="Smaller" onClick={() => zoomBy(1 / STEP)} />
        </Show>
        <ZoomButton name="plus" label="Larger" onClick={() => zoomBy(STEP)} />
      </div>
    </div>
  )
}

function ZoomButton(props: { name: 'plus' | 'minus'; label: string; onClick: () => void }): JSX.Element {
  return (
    <button
      type="button"
      aria-label={props.label}
      class="size-11 grid place-items-center rounded-md border border-line-strong bg-surface text-ink focusable"
      onClick={props.onClick}
    >
      <Icon name={props.name} />
    </button>
  )
}
