/**
 * Marking passages of a text, without a document: a caret or a selection in code points, how keys move it, and the text cut into the
 * pieces that are shown. Browsers count in UTF-16 units; answers count in code points.
 */
import type { Span } from '@stellartrain/ipfs-content/labeling'

/** Code points. Equal ones are a caret. */
export type Selection = { anchor: number; focus: number }

/** What of a text is shown: more is no text that anyone marks by hand. */
export const MOST_POINTS = 50_000

export type MarkedText = {
  points: readonly string[]
  /** UTF-16 units before each code point, and before the end. */
  units: readonly number[]
  /** Where a caret may stand: between what readers see as characters. */
  stops: readonly number[]
  /** Where words begin and end. */
  words: readonly number[]
}

export function markedText(text: string): MarkedText {
  const points = [...text].slice(0, MOST_POINTS)
  const units = [0]
  for (const point of points) units.push(units.at(-1)! + point.length)
  const shown = points.join('')
  const stopsBy = (granularity: 'grapheme' | 'word') => {
    const found = [...new Intl.Segmenter(undefined, { granularity }).segment(shown)].map(({ index }) =>
      pointAt(units, index),
    )
    return [...found, points.length]
  }
  return { points, units, stops: stopsBy('grapheme'), words: stopsBy('word') }
}

/** The code point that begins at or holds this UTF-16 unit. */
export function pointAt(units: readonly number[], unit: number): number {
  let [low, high] = [0, units.length - 1]
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (units[middle]! <= unit) low = middle
    else high = middle - 1
  }
  return low
}

/** The next place for the caret in a direction. */
export function moved({ stops, words, points }: MarkedText, from: number, by: 1 | -1, word: boolean): number {
  const places = word ? words : stops
  if (by > 0) return places.find((place) => place > from) ?? points.length
  return places.findLast((place) => place < from) ?? 0
}

export const rangeOf = ({ anchor, focus }: Selection): { start: number; end: number } => ({
  start: Math.min(anchor, focus),
  end: Math.max(anchor, focus),
})

/** A selection without the space around it: nobody means that. */
export function trimmedRange({ points }: MarkedText, selection: Selection): { start: number; end: number } | undefined {
  let { start, end } = rangeOf(selection)
  while (start < end && points[start]!.trim() === '') start++
  while (start < end && points[end - 1]!.trim() === '') end--
  return start < end ? { start, end } : undefined
}

/** With one more span; the same passage with the same label is there once. */
export function withSpan(spans: readonly Span[], { start, end, label }: Span): Span[] {
  const others = spans.filter((one) => one.start !== start || one.end !== end || one.label !== label)
  return [...others, { end, label, start }].sort((a, b) => a.start - b.start || a.end - b.end)
}

/** The shortest span at a place. */
export function spanAt(spans: readonly Span[], place: number): Span | undefined {
  const here = spans.filter(({ start, end }) => start <= place && place <= end)
  return here.sort((a, b) => a.end - a.start - (b.end - b.start))[0]
}

export type Piece = {
  start: number
  text: string
  /** That cover it, the shortest first. */
  spans: readonly Span[]
  /** That end with it. */
  ending: readonly Span[]
}

/** The text in pieces that are marked alike; cut at `caret`, too. */
export function piecesOf({ points }: MarkedText, spans: readonly Span[], caret?: number): Piece[] {
  const inside = (place: number) => place >= 0 && place <= points.length
  const cuts = new Set([
    0,
    points.length,
    ...spans.flatMap(({ start, end }) => [start, end]),
    ...(caret === undefined ? [] : [caret]),
  ])
  const places = [...cuts].filter(inside).sort((a, b) => a - b)
  return places.slice(0, -1).map((start, at) => {
    const end = places[at + 1]!
    const over = spans.filter((span) => span.start <= start && span.end >= end)
    return {
      start,
      text: points.slice(start, end).join(''),
      spans: over.sort((a, b) => a.end - a.start - (b.end - b.start)),
      ending: spans.filter((span) => span.end === end),
    }
  })
}
