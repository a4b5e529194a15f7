/** Clustering by overlap: examples by hand, and what holds for whatever labelers mark. */
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boxConsensus, polygonConsensus } from './boxes.ts'
import { clusterParts, type Part } from './clusters.ts'
import { type SpanShape, spanConsensus, spanOverlap } from './spans.ts'

const span = (labeler: string, start: number, end: number, label = 'PER'): Part<SpanShape> => ({
  labeler,
  label,
  shape: { start, end },
})
const ABC = ['a', 'b', 'c']

test('spans that overlap become one with the medians of start and end, and the label of most', () => {
  const marked = [span('a', 0, 10), span('b', 1, 11), span('c', 2, 10, 'LOC'), span('a', 20, 25), span('b', 30, 31)]
  expect(spanConsensus(marked, ABC)).toEqual([{ start: 1, end: 10, label: 'PER', confidence: 2 / 3, labelers: ABC }])
  expect(spanConsensus(marked, ABC, { least: 1 })).toHaveLength(3)
  // 8 of 10, and 8 of 10, but 9 of 11 first.
  expect(spanOverlap({ start: 0, end: 10 }, { start: 1, end: 11 })).toBe(9 / 11)
  expect(spanConsensus([span('a', 0, 10), span('b', 5, 15)], ['a', 'b'], { least: 2 })).toEqual([])
  expect(spanConsensus([span('a', 0, 10), span('b', 5, 15)], ['a', 'b'], { least: 2, overlap: 1 / 3 })).toMatchObject([
    { start: 2, end: 12 },
  ])
})

test('no labeler has two parts in a cluster: the closest pairs are joined first', () => {
  const marked = [span('a', 0, 10), span('a', 1, 10), span('b', 1, 10)]
  expect(spanConsensus(marked, ['a', 'b'], { least: 2 })).toMatchObject([{ start: 1, end: 10, labelers: ['a', 'b'] }])
})

test('equally many votes for two labels give the first one by its bytes', () => {
  expect(spanConsensus([span('a', 0, 2, 'z'), span('b', 0, 2, 'é')], ['a', 'b'])).toMatchObject([
    { label: 'z', confidence: 0.5 },
  ])
})

test('boxes have the medians of their edges; who marked nothing counts as a labeler', () => {
  const box = (labeler: string, x: number, y: number, width: number, height: number) => ({
    labeler,
    label: 'cat',
    shape: { x, y, width, height },
  })
  const marked = [box('a', 0, 0, 10, 10), box('b', 1, 0, 10, 11), box('c', 0.5, 1, 10, 10)]
  expect(boxConsensus(marked, ABC)).toEqual([
    { x: 0.5, y: 0, width: 10, height: 11, label: 'cat', confidence: 1, labelers: ABC },
  ])
  expect(boxConsensus(marked.slice(0, 2), [...ABC, 'd'])).toEqual([])
  expect(boxConsensus(marked.slice(0, 2), ABC)).toMatchObject([{ x: 0.5, width: 10, height: 10.5, confidence: 2 / 3 }])
})

test('of polygons the one in the middle stands for its cluster', () => {
  const square = (labeler: string, at: number) => ({
    labeler,
    label: 'cat',
    shape: {
      points: [
        [at, 0],
        [at + 10, 0],
        [at + 10, 10],
        [at, 10],
      ] as [number, number][],
    },
  })
  expect(polygonConsensus([square('a', 0), square('b', 1), square('c', 2)], ABC)).toMatchObject([
    { points: square('b', 1).shape.points, confidence: 1 },
  ])
})

test('what cannot be is refused', () => {
  expect(() => spanConsensus([span('z', 0, 1)], ABC)).toThrow(expect.objectContaining({ code: 'votes_invalid' }))
  for (const overlap of [0, 1.1, Number.NaN])
    expect(() => spanConsensus([], ABC, { overlap })).toThrow(expect.objectContaining({ code: 'params_invalid' }))
})

test('property: clusters share no part and no labeler twice, and the order in which labelers come changes nothing', () => {
  const part = fc.record({
    labeler: fc.constantFrom('a', 'b', 'c', 'd'),
    label: fc.constantFrom('x', 'y'),
    start: fc.nat(30),
    length: fc.integer({ min: 1, max: 12 }),
  })
  fc.assert(
    fc.property(fc.array(part, { maxLength: 25 }), (made) => {
      const marked = made.map(({ labeler, label, start, length }) => span(labeler, start, start + length, label))
      const labelers = ['a', 'b', 'c', 'd']
      const clusters = clusterParts(marked, labelers, spanOverlap, { least: 1 })
      expect(clusters.flatMap(({ parts }) => parts)).toHaveLength(marked.length)
      for (const { parts, confidence } of clusters) {
        expect(new Set(parts.map(({ labeler }) => labeler)).size).toBe(parts.length)
        expect(confidence).toBeLessThanOrEqual(1)
      }
      const grouped = labelers.toReversed().flatMap((labeler) => marked.filter((one) => one.labeler === labeler))
      expect(spanConsensus(grouped, labelers.toReversed())).toEqual(spanConsensus(marked, labelers))
    }),
  )
})
