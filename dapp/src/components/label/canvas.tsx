/** A picture with something drawn over it, in its own pixels; one finger draws, two move and zoom. */
import { createEffect, createSignal, type JSX, on, Show } from 'solid-js'
import type { ItemValues } from '../../lib/label/items.ts'
import { pointIn, type Size } from '../../lib/label/shapes.ts'
import { useDesk } from './context.ts'
import { Loaded } from './item.tsx'
import { Zoomed } from './zoom.tsx'

export type At = [x: number, y: number]

export type Drawing = {
  size: Size
  /** Pixels of the picture that one pixel of the screen covers, at the present zoom. */
  scale: () => number
}

/** What happens to a pointer from when it is set down; `up` is not called where a second finger came. */
export type Stroke = { move(at: At): void; up(at: At): void; cancel(): void }

export function Canvas(props: {
  column: string
  item: ItemValues
  onDown: (at: At, drawing: Drawing) => Stroke | undefined
  onHover?: (at: At) => void
  onReady: (drawing: Drawing) => void
  children: (drawing: Drawing) => JSX.Element
}): JSX.Element {
  const { desk } = useDesk()
  const name = () => desk.task.show.find(({ column }) => column === props.column)?.title ?? props.column
  const [size, setSize] = createSignal<Size>()
  const [shown, setShown] = createSignal(0)
  let surface: SVGSVGElement | undefined
  let stroke: { pointer: number; stroke: Stroke } | undefined
  const fingers = new Set<number>()

  const drawing = (of: Size): Drawing => ({
    size: of,
    scale: () => {
      const width = shown() || surface?.getBoundingClientRect().width || of.width
      return of.width / width
    },
  })
  const at = (event: PointerEvent, of: Size): At => {
    const rect = surface!.getBoundingClientRect()
    const x = ((event.clientX - rect.left) / rect.width) * of.width
    const y = ((event.clientY - rect.top) / rect.height) * of.height
    return pointIn(of, [x, y])
  }
  const down = (event: PointerEvent, of: Size) => {
    fingers.add(event.pointerId)
    if (fingers.size > 1) {
      stroke?.stroke.cancel()
      stroke = undefined
      return
    }
    if (event.button !== 0) return
    const begun = props.onDown(at(event, of), drawing(of))
    surface?.setPointerCapture?.(event.pointerId)
    stroke = begun && { pointer: event.pointerId, stroke: begun }
  }
  const move = (event: PointerEvent, of: Size) => {
    if (stroke?.pointer === event.pointerId) stroke.stroke.move(at(event, of))
    else if (fingers.size === 0) props.onHover?.(at(event, of))
  }
  const up = (event: PointerEvent, of: Size) => {
    fingers.delete(event.pointerId)
    if (stroke?.pointer !== event.pointerId) return
    const ended = stroke.stroke
    stroke = undefined
    ended.up(at(event, of))
  }
  const cancel = (event: PointerEvent) => {
    fingers.delete(event.pointerId)
    stroke?.stroke.cancel()
    stroke = undefined
  }
  const watch = (element: SVGSVGElement) => {
    surface = element
    if (typeof ResizeObserver === 'undefined') return
    new ResizeObserver(([entry]) => setShown(entry?.contentRect.width ?? 0)).observe(element)
  }
  createEffect(
    on(size, (now) => {
      if (now) props.onReady(drawing(now))
    }),
  )

  return (
    <Loaded cell={props.item[props.column] ?? ''} kind="image">
      {(media, failed) => (
        <Zoomed label={name()} size={size()} draws>
          {(width) => (
            <div class="relative mx-auto" style={{ width: width() }}>
              <img
                src={media().url}
                alt={`${name()}, to be labeled`}
                referrerpolicy="no-referrer"
                draggable={false}
                class="block w-full h-auto select-none"
                onLoad={({ currentTarget: { naturalWidth, naturalHeight } }) =>
                  setSize({ width: naturalWidth || 1, height: naturalHeight || 1 })
                }
                onError={failed}
              />
              <Show when={size()} keyed>
                {(of) => (
                  <svg
                    ref={watch}
                    viewBox={`0 0 ${of.width} ${of.height}`}
                    class="absolute inset-0 w-full h-full cursor-crosshair"
                    aria-hidden="true"
                    onPointerDown={(event) => down(event, of)}
                    onPointerMove={(event) => move(event, of)}
                    onPointerUp={(event) => up(event, of)}
                    onPointerCancel={cancel}
                  >
                    {props.children(drawing(of))}
                  </svg>
                )}
              </Show>
            </div>
          )}
        </Zoomed>
      )}
    </Loaded>
  )
}
