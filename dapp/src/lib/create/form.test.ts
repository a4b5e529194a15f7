import { describe, expect, it } from 'vitest'
import { checkStep, newForm, sumsOf, tagsOf, timesOf } from './form.ts'
import { outcomesOf } from './outcomes.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const context = { now, decimals: 7, minPatience: 60 }
const form = {
  ...newForm(now, 'C'),
  reward: '12.5',
  winners: '2',
  oracleFee: '0.1',
  graded: '50',
  quorum: '2',
  oracles: ['G1', 'G2', 'G3'],
}

describe('the form of a challenge', () => {
  it('adds up what will be locked', () => {
    expect(sumsOf(form, 7)).toMatchObject({ prize: 250_000_000n, feeBudget: 100_000_000n, total: 350_000_000n })
    expect(sumsOf({ ...form, reward: 'much' }, 7)).toBeNull()
  })
  it('starts with money and dates that the contract would take', () => {
    expect(checkStep('money', newForm(now, 'C'), context)).toEqual({})
    const times = timesOf(newForm(now, 'C'), now)!
    expect(times.gradeBy).toBeGreaterThanOrEqual(times.deadline + 3 * times.patience)
    expect(times.acceptBy).toBeLessThanOrEqual(times.deadline)
  })
  it('refuses a silence share without a deposit, as the contract does', () => {
    expect(checkStep('money', { ...form, silencePercent: '50' }, context)).toHaveProperty('silencePercent')
    expect(checkStep('money', { ...form, silencePercent: '50', deposit: '1' }, context)).toEqual({})
  })
  it('asks for a real majority', () => {
    expect(checkStep('oracles', { ...form, quorum: '1' }, context)).toHaveProperty('quorum')
    expect(checkStep('oracles', form, context)).toEqual({})
  })
  it('makes tags that the manifest takes', () => {
    expect(tagsOf('Tabular, time-series tabular  <b>')).toEqual(['tabular', 'time-series', 'b'])
  })
  it('tells before the signature what is locked and when it comes back', () => {
    const lines = outcomesOf(
      form,
      sumsOf(form, 7)!,
      timesOf(form, now)!,
      { code: 'USDC', decimals: 7, contract: 'C' },
      '≥ 0.9',
    )
    expect(lines[0]?.what).toContain('35 USDC move into the contract')
    expect(lines.some((line) => line.when.includes('ungraded'))).toBe(true)
  })
})
