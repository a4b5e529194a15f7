import { type RecountSource, recountRules } from '@stellartrain/contracts-client/recount-rules'
import { describe, expect, it } from 'vitest'
import { checkStep } from './check.ts'
import type { Trials } from './engine.ts'
import { type Form, newForm } from './form.ts'
import { outcomesOf } from './outcomes.ts'
import { judgeAddress, judgeName, type LedgerJudge, ledgerJudge, RECOUNT } from './recount.ts'
import { sumsOf, timesOf } from './sums.ts'
import { taskSource } from './target.ts'
import { formTerms } from './terms.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const CONTRACT = `C${'R'.repeat(55)}`
const form: Form = { ...newForm(now, 'C'), threshold: '0.9', oracles: ['G1', 'G2', 'G3'], judge: RECOUNT }
const target = {
  ...{ idColumn: 'id', column: 'y', rows: 100_000, numeric: false, labels: ['a', 'b', 'c'] },
  ...{ distinct: 3, example: 'a', odd: null, more: [] },
}
/** As the engine's worker gives them. */
function trialsOf(metric: Parameters<typeof taskSource>[1], of: object = {}): Trials {
  const source = taskSource({ ...target, ...of }, metric, 1, '')
  const tried = { direction: 'maximize', perfect: 1, constant: 0.4, baseline: null, baselineProblem: null } as const
  return { ...tried, sample: null, source, recount: recountRules(source as RecountSource) }
}
const problems = (judge: LedgerJudge | undefined, patch: Partial<Form> = {}) =>
  checkStep(
    'oracles',
    { ...form, ...patch },
    { now, decimals: 7, minPatience: 60, minWindow: 3_600, ledgerJudge: judge },
  )

describe('the ledger as judge', () => {
  it('is offered with its cost where metric and size allow it', () => {
    const offer = ledgerJudge(form, trialsOf('accuracy'), CONTRACT)
    // 100,000 rows of five bytes take eight chunks, and as many transactions each.
    expect(offer).toMatchObject({ cost: { truth: { transactions: 8 }, work: { transactions: 8 } } })
    expect(ledgerJudge({ kind: 'ranked' }, trialsOf('accuracy'), CONTRACT)).toMatchObject({
      cost: { truth: { transactions: 10 }, work: { transactions: 8 } },
    })
    expect(problems(offer)).toEqual({})
  })
  it('says why not elsewhere', () => {
    const why = (trials: Trials | undefined, contract: string | null = CONTRACT, kind: Form['kind'] = 'bounty') => {
      const offer = ledgerJudge({ kind }, trials, contract)
      return offer && 'why' in offer ? offer.why : offer
    }
    expect(why(trialsOf('log_loss'))).toBe('the ledger does not compute log_loss.')
    const numbers = { numeric: true, labels: null, rows: 9_000_000 }
    expect(why(trialsOf('rmse', numbers))).toBe('9,000,000 rows are too many for 1024 chunks of 64 KiB.')
    expect(why(trialsOf('accuracy'), null)).toBe('this site has no contract that grades.')
    expect(why(trialsOf('accuracy'), CONTRACT, 'per_unit')).toBe('it scores bounties and rankings alone.')
    expect(why(undefined)).toBeUndefined()
  })
  it('stops a form that names it where a later choice rules it out, and no other', () => {
    const refused = ledgerJudge(form, trialsOf('log_loss'), CONTRACT)
    expect(problems(refused)).toEqual({
      judge: 'The ledger cannot be the judge here: the ledger does not compute log_loss.',
    })
    expect(problems(refused, { judge: '' })).toEqual({})
    expect(problems(undefined)).toEqual({})
    expect(problems(ledgerJudge(form, trialsOf('accuracy'), CONTRACT), { judgeDays: '0.01' })).toHaveProperty(
      'judgeDays',
    )
  })
  it('is the contract in the terms that are shown before signing, and told in words', () => {
    const trials = trialsOf('accuracy')
    const [sums, times] = [sumsOf(form, 7)!, timesOf(form, now)!]
    const terms = formTerms(form, { sums, times, trials, decimals: 7, now, recount: CONTRACT })!
    expect(terms.judge).toEqual({ address: CONTRACT, by: times.gradeBy + 3 * 86_400 })
    const asset = { code: 'USDC', decimals: 7, contract: 'C' }
    const lines = outcomesOf(form, sums, times, terms, asset, { goal: '≥ 0.9', rows: 100_000 })
    const judge = lines.find(({ when }) => when === 'The judge')?.what
    expect(judge).toMatch(/the contract CRRR…RRRR decides as judge.* It takes no one’s word: it computes the score/)
  })
  it('has one word in the form, and no address of its own', () => {
    expect(judgeAddress(form, CONTRACT)).toBe(CONTRACT)
    expect(judgeAddress({ judge: ' GX ' }, CONTRACT)).toBe('GX')
    expect([form, { judge: 'GX' }, { judge: '' }].map((one) => judgeName(one))).toEqual([
      ...['the ledger, which scores again', 'GX', 'no one'],
    ])
  })
})
