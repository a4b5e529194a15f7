import { describe, expect, it } from 'vitest'
import type { Submission } from '../read/types.ts'
import { scoreSeries } from './scores.ts'

const one = (number: number, value: number | null) =>
  ({
    number,
    solver: 'G',
    status: value === null ? 'rejected' : 'scored',
    submittedAt: '2026-11-22T12:00:00Z',
    score: value === null ? null : { units: '0', value },
  }) as Submission

describe('scores over time', () => {
  it('carry the best so far in the direction of the metric', () => {
    const all = [one(3, 0.8), one(1, 0.7), one(2, null), one(4, 0.75)]
    expect(scoreSeries(all, 'maximize').map((point) => point.best)).toEqual([0.7, 0.8, 0.8])
    expect(scoreSeries(all, 'minimize').map((point) => point.best)).toEqual([0.7, 0.7, 0.7])
  })
})
