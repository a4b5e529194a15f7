/** Preferences over outputs that meet again: their strengths by Bradley–Terry, or the counts alone where no strengths are the most likely. */
import { expect, test } from 'vitest'
import type { Labels } from '../votes.ts'
import { strengthFiles } from './strengths.ts'

const PAIRS: [string, string][] = [
  ['x', 'y'],
  ['y', 'z'],
  ['z', 'x'],
]
const labelsOf = (votes: [item: string, value: 'a' | 'b' | 'tie'][]): { labels: Labels } => ({
  labels: {
    task: { show: [], answer: { kind: 'preference', a: 'left', b: 'right', tie: true } },
    items: new Map(PAIRS.map(([left, right], at) => [String(at), { id: String(at), left, right }])),
    votes: votes.map(([item, value]) => ({
      ...{ item, labeler: 'G', cell: value, batch: 1 },
      answer: { kind: 'preference', value },
    })),
  } as unknown as Labels,
})
const table = (votes: [string, 'a' | 'b' | 'tie'][]) =>
  new TextDecoder()
    .decode(strengthFiles(labelsOf(votes))[0]!.bytes)
    .trim()
    .split('\n')
    .map((line) => line.split(','))

test('strengths add up to 1 and follow who won', () => {
  const [header, ...rows] = table([
    ...[
      ['0', 'a'],
      ['0', 'a'],
      ['0', 'b'],
      ['1', 'a'],
      ['1', 'a'],
      ['1', 'b'],
      ['2', 'a'],
      ['2', 'b'],
      ['2', 'tie'],
    ],
  ] as [string, 'a' | 'b' | 'tie'][])
  expect(header).toEqual(['output', 'strength', 'won', 'lost', 'tied'])
  expect(rows.map(([output]) => output)).toEqual(['x', 'y', 'z'])
  const strengths = rows.map(([, strength]) => Number(strength))
  expect(strengths.reduce((sum, one) => sum + one, 0)).toBeCloseTo(1, 9)
  expect(strengths[0]).toBeGreaterThan(strengths[1]!)
  expect(rows[2]).toEqual(['z', expect.any(String), '2', '3', '1'])
})

test('an output that never lost has no strength, only counts; other kinds of answers have no file', () => {
  const [, ...rows] = table([
    ['0', 'a'],
    ['2', 'b'],
  ])
  expect(rows).toEqual([
    ['x', '', '2', '0', '0'],
    ['y', '', '0', '1', '0'],
    ['z', '', '0', '1', '0'],
  ])
  const { labels } = labelsOf([])
  const text = { ...labels, task: { ...labels.task, answer: { kind: 'text', maxLength: 5 } } } as Labels
  expect(strengthFiles({ labels: text })).toEqual([])
})
