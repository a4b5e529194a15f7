import { expect, it } from 'vitest'
import { markedText, moved, piecesOf, pointAt, spanAt, trimmedRange, withSpan } from './spans.ts'

const text = 'Ada 👩‍👩‍👧 met Zoë in 東京.'
const marked = markedText(text)

it('places are code points: an emoji of a family is one step for the caret, and several places', () => {
  expect(marked.points.length).toBe([...text].length)
  expect(moved(marked, 4, 1, false)).toBe(9)
  expect(moved(marked, 9, -1, false)).toBe(4)
  expect(pointAt(marked.units, text.indexOf('met'))).toBe([...text].indexOf('m'))
})

it('by words, and never beyond the ends', () => {
  expect(moved(marked, 0, 1, true)).toBe(3)
  expect(moved(marked, 2, -1, true)).toBe(0)
  expect(moved(marked, 0, -1, false)).toBe(0)
  expect(moved(marked, marked.points.length, 1, true)).toBe(marked.points.length)
})

it('a selection loses the space around it, and space alone is none', () => {
  expect(trimmedRange(marked, { anchor: 4, focus: 0 })).toEqual({ start: 0, end: 3 })
  expect(trimmedRange(marked, { anchor: 3, focus: 4 })).toBeUndefined()
  expect(trimmedRange(marked, { anchor: 2, focus: 2 })).toBeUndefined()
})

it('pieces put together are the text, marked where spans are, also where these overlap', () => {
  const spans = withSpan(withSpan([], { start: 0, end: 9, label: 'a' }), { start: 4, end: 12, label: 'b' })
  const pieces = piecesOf(marked, spans, 2)
  expect(pieces.map((piece) => piece.text).join('')).toBe(text)
  expect(pieces.slice(0, 4).map((piece) => piece.spans.map(({ label }) => label))).toEqual([
    ['a'],
    ['a'],
    ['b', 'a'],
    ['b'],
  ])
  expect(pieces[2]!.ending.map(({ label }) => label)).toEqual(['a'])
  expect(spanAt(spans, 5)?.label).toBe('b')
  expect(spanAt(spans, 20)).toBeUndefined()
})

it('the same passage is marked once with a label', () => {
  const span = { start: 0, end: 3, label: 'a' }
  expect(withSpan(withSpan([], span), span)).toEqual([{ end: 3, label: 'a', start: 0 }])
})

it('a text without end is cut, not measured', () => {
  expect(markedText('x'.repeat(200_000)).points.length).toBe(50_000)
})
