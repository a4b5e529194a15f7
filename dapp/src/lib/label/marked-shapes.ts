/** The shapes that a labeler marks in one item, each with a label: which there are, which is selected, and the keys that all kinds of them share. */
import { createSignal } from 'solid-js'
import { choiceAt } from './keys.ts'
import { lineOf } from './marks.ts'
import { type Choice, nameOf } from './task.ts'

/** `selected` is a place among `shapes`, or -1; `label` is what the next shape gets. */
export type MarkedShapes<Shape> = ReturnType<typeof createMarkedShapes<Shape & { label: string }>>

/** @param of.asked `most`: how many shapes an item may have */
export function createMarkedShapes<Shape extends { label: string }>(of: {
  asked: () => { labels: readonly Choice[]; most?: number | undefined }
  shapes: () => readonly Shape[]
  enter: (next: readonly Shape[]) => void
}) {
  const { shapes, enter } = of
  const labels = () => of.asked().labels
  const [selected, setSelected] = createSignal(-1)
  const [label, setLabel] = createSignal(labels()[0]!.value)

  const current = () => shapes()[selected()]
  /** Of a label among those that can be given. */
  const placeOf = (value: string) => labels().findIndex((one) => one.value === value)
  const replace = (at: number, shape: Shape) => enter(shapes().map((one, place) => (place === at ? shape : one)))
  const add = (shape: Shape) => {
    enter([...shapes(), shape])
    setSelected(shapes().length - 1)
  }
  const remove = (at: number) => {
    if (!shapes()[at]) return
    enter(shapes().filter((_, place) => place !== at))
    setSelected(-1)
  }
  const relabel = (value: string) => {
    setLabel(value)
    const shape = current()
    if (shape) replace(selected(), { ...shape, label: value })
  }
  const isFull = () => {
    const { most } = of.asked()
    return most !== undefined && shapes().length >= most
  }
  /** Brackets select the next and the one before; the key of a label gives it. Whether the key was one of these. */
  const take = (key: string): boolean => {
    if (key === ']' || key === '[') {
      const count = shapes().length
      if (count > 0) setSelected((selected() + (key === ']' ? 1 : count - 1) + count) % count)
      return true
    }
    const at = choiceAt(key, labels())
    if (at !== undefined) relabel(labels()[at]!.value)
    return at !== undefined
  }
  /** As a list names them. */
  const parts = (detailOf: (shape: Shape) => string) =>
    shapes().map((shape) => {
      const place = placeOf(shape.label)
      return { name: nameOf(labels()[place] ?? { value: shape.label }), detail: detailOf(shape), mark: lineOf(place) }
    })
  /** A second time it is selected no more. */
  const toggle = (at: number) => setSelected(at === selected() ? -1 : at)

  return {
    ...{ shapes, selected, setSelected, label, current, placeOf, isFull, parts },
    ...{ replace, add, remove, relabel, take, toggle },
  }
}
