/** Spans of a text in an answer: code points from 0 on, the end not included. */
import { partsOf } from './parts.ts'
import { type ItemValues, refuse, valueIn } from './refuse.ts'
import type { TaskAnswer } from './task-shape.ts'

/** `[start, end)` in code points, not in UTF-16 units: "😀" is one. */
export type Span = { end: number; label: string; start: number }

/** The spans in the order of their places; what is not one, lies outside the text or stands there twice is refused. */
export function spansOf(
  { column, labels, most }: Extract<TaskAnswer, { kind: 'spans' }>,
  given: unknown,
  item: ItemValues | undefined,
): Span[] {
  const text = valueIn(item, column)
  const length = text === undefined ? undefined : codePoints(text)
  return partsOf(given, { name: 'spans', keys: ['end', 'label', 'start'], labels, most }, ({ part, path, label }) => {
    const { start, end } = part
    if (!isPlace(start)) return refuse(`${path}.start`, 'is not a whole number from 0 on.')
    if (!isPlace(end) || end <= start) return refuse(`${path}.end`, `is not a whole number above the start, ${start}.`)
    if (length !== undefined && end > length)
      return refuse(`${path}.end`, `is ${end}; the text has ${length} characters (code points).`)
    return { part: { end, label, start }, order: [start, end] }
  })
}

const isPlace = (value: unknown): value is number => Number.isSafeInteger(value) && (value as number) >= 0

/** The length of a text in code points. */
export function codePoints(text: string): number {
  let count = 0
  for (const _ of text) count++
  return count
}

/** The text of a span. */
export const spanText = (text: string, { start, end }: Pick<Span, 'start' | 'end'>): string =>
  [...text].slice(start, end).join('')
