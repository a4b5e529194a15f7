import { manifestSchema } from '@stellartrain/ipfs-content/manifest'
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
  it('refuses the tags that the manifest refuses, and changes none', () => {
    const described = { ...form, title: 'T', summary: 'S', description: 'D' }
    const rule = manifestSchema.shape.tags
    for (const text of [
      '',
      'tabular, time-series',
      'Tabular Data, ñandú',
      'a,a',
      'a b',
      'x'.repeat(33),
      'a,b,c,d,e,f,g,h,i,j,k',
    ]) {
      const refused = checkStep('data', { ...described, tags: text }, context).tags !== undefined
      expect(refused, text).toBe(!rule.safeParse(tagsOf(text)).success)
    }
    expect(checkStep('data', { ...described, tags: 'Tabular Data, ñandú' }, context).tags).toContain('“Tabular Data”')
  })
  it('refuses the texts that the manifest refuses', () => {
    const described = { ...form, title: 'T', summary: 'S', description: 'D', license: 'L' }
    for (const field of ['title', 'summary', 'description', 'license'] as const)
      for (const text of [
        'a',
        'a\tb',
        'a\nb',
        'a\u007fb',
        ...[100, 120, 280, 50_000].flatMap((n) => ['x'.repeat(n), 'x'.repeat(n + 1)]),
      ]) {
        const refused = checkStep('data', { ...described, [field]: text }, context)[field] !== undefined
        expect(refused, `${field} ${JSON.stringify(text.slice(0, 9))} of ${text.length}`).toBe(
          !manifestSchema.shape[field].safeParse(text).success,
        )
      }
    expect(checkStep('data', { ...described, title: 'a\tb' }, context)).toEqual({
      title: 'Remove the tab or other control character.',
    })
  })
  it('blames the field that is wrong, and no other', () => {
    for (const acceptHours of ['-5', '0', '', 'soon'])
      expect(Object.keys(checkStep('money', { ...form, acceptHours }, context)), acceptHours).toEqual(['acceptHours'])
    for (const gradeDays of ['-1', '', '400'])
      expect(Object.keys(checkStep('money', { ...form, gradeDays }, context)), gradeDays).toEqual(['gradeDays'])
    for (const patienceMinutes of ['', '0', '99999'])
      expect(Object.keys(checkStep('money', { ...form, patienceMinutes }, context))).toEqual(['patienceMinutes'])
    expect(Object.keys(checkStep('money', { ...form, deadline: '' }, context))).toEqual(['deadline'])
    expect(checkStep('money', { ...form, acceptHours: '0.5' }, context)).toEqual({})
  })
  it('compares the total with what the wallet holds, where that is known', () => {
    const words = (units: bigint) => `${units} units`
    expect(checkStep('money', form, { ...context, balance: { units: 349_999_999n, words } }).reward).toBe(
      'Your wallet holds 349999999 units, and the challenge would lock 350000000 units.',
    )
    expect(checkStep('money', form, { ...context, balance: { units: 350_000_000n, words } })).toEqual({})
  })
  it('promises no more than what is published allows', () => {
    const last = (opensSubmissions: 'none' | 'winning' | 'all') =>
      outcomesOf(
        { ...form, opensSubmissions },
        sumsOf(form, 7)!,
        timesOf(form, now)!,
        { code: 'X', decimals: 7, contract: 'C' },
        '',
      ).at(-1)?.what
    expect(last('all')).toContain('anyone can recompute every score')
    expect(last('winning')).toContain('anyone can recompute the winning scores')
    expect(last('none')).not.toContain('anyone')
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
