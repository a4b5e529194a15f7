import { manifestSchema } from '@stellartrain/ipfs-content/manifest'
import { describe, expect, it } from 'vitest'
import { checkStep } from './check.ts'
import type { Trials } from './engine.ts'
import { type Form, newForm, tagsOf } from './form.ts'
import { outcomesOf } from './outcomes.ts'
import { plannedSubmission } from './submission.ts'
import { quorumOf, sumsOf, timesOf } from './sums.ts'
import { formTerms, uniqueOf } from './terms.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const context = { now, decimals: 7, minPatience: 60, minWindow: 3_600 }
const form = {
  ...newForm(now, 'C'),
  reward: '12.5',
  winners: '2',
  oracleFee: '0.1',
  graded: '50',
  oracles: ['G1', 'G2', 'G3'],
}

const [MAKER, JUDGE, GATE] = [`G${'M'.repeat(55)}`, `G${'J'.repeat(55)}`, `C${'A'.repeat(55)}`]

const trialsOf = (type: 'string' | 'number') =>
  ({
    direction: 'maximize',
    source: { submission: { idColumn: 'id', columns: [{ name: 'y', type }], rows: 72, maxBytes: 1 } },
  }) as unknown as Trials

function outcomes(patch: Partial<Form>, trials = trialsOf('string')) {
  const of = { ...form, threshold: '0.9', ...patch }
  const [sums, times] = [sumsOf(of, 7)!, timesOf(of, now)!]
  const terms = formTerms(of, { sums, times, trials, decimals: 7, now })!
  const asset = { code: 'USDC', decimals: 7, contract: 'C' }
  return outcomesOf(of, sums, times, terms, asset, { goal: '≥ 0.9', rows: 72 })
}

describe('the form of a challenge', () => {
  it('adds up what will be locked', () => {
    expect(sumsOf(form, 7)).toMatchObject({ prize: 250_000_000n, feeBudget: 100_000_000n, total: 350_000_000n })
    expect(sumsOf({ ...form, reward: 'much' }, 7)).toBeNull()
  })
  it('starts with money and dates that the contract would take', () => {
    expect(checkStep('money', newForm(now, 'C'), context)).toEqual({})
    const times = timesOf(newForm(now, 'C'), now)!
    expect(times.gradeBy).toBeGreaterThanOrEqual(times.deadline + 4 * times.patience)
    expect(times.acceptBy).toBeLessThanOrEqual(times.deadline - times.patience)
  })
  it('refuses the dates that the contract refuses, and puts none right silently', () => {
    const refused = (patch: Partial<typeof form>) => Object.keys(checkStep('money', { ...form, ...patch }, context))
    // The newest form closes in a week, waits an hour, and votes end two days later.
    expect(refused({ acceptHours: '168' })).toEqual(['acceptHours'])
    expect(refused({ acceptHours: '167' })).toEqual([])
    expect(refused({ gradeDays: '0.16' })).toEqual(['gradeDays'])
    expect(refused({ gradeDays: '0.17' })).toEqual([])
    expect(refused({ gradeDays: '0.02', patienceMinutes: '1' })).toEqual(['gradeDays'])
    expect(timesOf({ ...form, kind: 'ranked' }, now)?.votesEnd).toBe(timesOf(form, now)!.gradeBy - 3_600)
  })
  it('takes one, three or five oracles; their majority follows', () => {
    const chosen = (count: number) => ({ ...form, oracles: Array.from({ length: count }, (_, at) => `G${at}`) })
    for (const count of [0, 2, 4, 6]) expect(checkStep('oracles', chosen(count), context)).toHaveProperty('oracles')
    for (const count of [1, 3, 5]) expect(checkStep('oracles', chosen(count), context)).toEqual({})
    expect([1, 3, 5].map((count) => quorumOf(chosen(count)))).toEqual([1, 2, 3])
  })
  it('takes a judge who is somebody else, for at least one window, and a gate that is a contract', () => {
    const problems = (patch: Partial<typeof form>) =>
      checkStep('oracles', { ...form, ...patch }, { ...context, maker: MAKER })
    expect(problems({ judge: JUDGE })).toEqual({})
    expect(problems({ judge: 'my friend' })).toHaveProperty('judge')
    expect(problems({ judge: MAKER }).judge).toContain('cannot judge')
    expect(problems({ judge: JUDGE, oracles: [JUDGE] }).judge).toContain('oracle')
    expect(problems({ judge: JUDGE, judgeDays: '0.01' })).toHaveProperty('judgeDays')
    expect(problems({ gate: JUDGE })).toHaveProperty('gate')
    expect(problems({ gate: GATE })).toEqual({})
    expect(timesOf({ ...form, judge: JUDGE }, now)).toMatchObject({ judgeBy: timesOf(form, now)!.gradeBy + 3 * 86_400 })
    expect(timesOf(form, now)?.judgeBy).toBeNull()
  })
  it('locks the prizes of a ranking, and sets the fees of its ranking aside', () => {
    const ranked = { ...form, kind: 'ranked' as const, prizes: '30, 15, 5' }
    expect(sumsOf(ranked, 7)).toMatchObject({ prize: 500_000_000n, rankingFees: 2_000_000n, feeBudget: 102_000_000n })
    for (const prizes of ['', '5, 15', '5, x', '5,,3', '0'])
      expect(checkStep('money', { ...ranked, prizes }, context), prizes).toHaveProperty('prizes')
    expect(checkStep('money', { ...ranked, reward: '', winners: '' }, context)).toEqual({})
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
    const last = (opensSubmissions: 'none' | 'winning' | 'all') => outcomes({ opensSubmissions }).at(-1)?.what
    expect(last('all')).toContain('anyone can recompute every score')
    expect(last('winning')).toContain('anyone can recompute the winning scores')
    expect(last('none')).not.toContain('anyone')
  })
  it('tells before the signature what is locked, when it comes back, and what happens if oracles fall silent', () => {
    const lines = outcomes({ judge: JUDGE, gate: GATE })
    const of = (when: string) => lines.find((line) => line.when.includes(when))?.what
    expect(lines[0]?.what).toContain('35 USDC moves into the contract')
    expect(of('fall silent')).toContain('only the judge')
    expect(of('The judge')).toContain('GJJJ…JJJJ')
    expect(of('may take part')).toContain('Admission by CAAA…AAAA')
    expect(of('a copy costs')).toContain('earns like any other')
    expect(of('labels from scores')).toContain('72 rows × 0.2 USDC')
    expect(outcomes({}).find((line) => line.when.includes('fall silent'))?.what).toContain('this challenge has none')
  })
  it('says of a ranking what is set aside for it, and that nobody can read its labels by asking', () => {
    const lines = outcomes({ kind: 'ranked' })
    expect(lines[0]?.what).toContain('0.2 USDC is set aside for the ranking')
    expect(lines.some((line) => line.when.includes('labels from scores'))).toBe(false)
    expect(lines.some((line) => line.what.includes('the running table pays, in full'))).toBe(true)
  })
  it('decides by the kind of values whether the same file is a copy, and says why', () => {
    const decided = (type: 'string' | 'number', unique: Form['unique'] = '') =>
      uniqueOf({ kind: 'bounty', unique }, trialsOf(type))
    expect(decided('number')).toMatchObject({ unique: true, against: false })
    expect(decided('string')).toMatchObject({ unique: false, against: false })
    expect(decided('string', 'yes')).toMatchObject({ unique: true, against: true })
    expect(decided('string').why).toContain('class labels')
  })
})

it('the formats of a submission are those of the engine, as a manifest takes them', () => {
  const { submission } = manifestSchema.shape
  for (const formats of ['csv', 'all'] as const) {
    const planned = plannedSubmission(trialsOf('string'), { formats, models: 'both' })
    expect(submission.safeParse(planned).success).toBe(true)
    expect(planned.formats?.includes('parquet') ?? false).toBe(formats === 'all')
  }
})
