import { describe, expect, it } from 'vitest'
import { decided, thresholdProblem, thresholdWarning } from './threshold.ts'

const f1 = { direction: 'maximize', perfect: 1, constant: 0.31, baseline: 0.6 } as const
const rmse = { direction: 'minimize', perfect: 0, constant: 4.2, baseline: null } as const

describe('a threshold', () => {
  it('must be within reach of a perfect prediction', () => {
    expect(thresholdProblem(2, 0.001, f1)).toBe('No one could reach this: a perfect prediction scores 1.')
    expect(thresholdProblem(1, 0.001, f1)).toBeNull()
    expect(thresholdProblem(-1, 0.001, rmse)).toContain('No one could reach')
    expect(thresholdProblem(0, 0.001, rmse)).toBeNull()
  })
  it('must be within reach after rounding, too', () => {
    expect(decided(1, { threshold: 0.95, step: 0.3, direction: 'maximize' })).toEqual({ score: 0.9, reaches: false })
    expect(thresholdProblem(0.95, 0.3, f1)).toContain('which is rounded to 0.9')
    expect(decided(0.1, { threshold: 0.3, step: 0.3, direction: 'minimize' })).toEqual({ score: 0.3, reaches: true })
  })
  it('warns where knowing nothing would win', () => {
    expect(thresholdWarning(0.3, 0.001, f1)).toContain('same answer for every row')
    expect(thresholdWarning(0.5, 0.001, f1)).toContain('baseline')
    expect(thresholdWarning(0.7, 0.001, f1)).toBeNull()
    expect(thresholdWarning(5, 0.001, rmse)).toContain('same answer')
  })
})
