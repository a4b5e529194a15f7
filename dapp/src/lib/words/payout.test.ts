import { describe, expect, it } from 'vitest'
import type { ChallengeSummary, Phase } from '../read/types.ts'
import {
  commandOf,
  feeWords,
  headlineOf,
  lockedWords,
  paidWords,
  payoutWords,
  paysLabels,
  peopleWords,
  shareWords,
  takesFiles,
  workWords,
} from './payout.ts'

const asset = { contract: 'C', code: 'USDC', issuer: null, native: false, decimals: 7 }
const paying = (payout: ChallengeSummary['payout'], prize: string, added = '0') => ({ asset, payout, prize, added })

describe('what a challenge pays', () => {
  it('is said in words for every rule', () => {
    const bounty = paying({ rule: 'bounty', reward: '500000000', winners: 3 }, '1500000000')
    const ranked = paying({ rule: 'ranked', prizes: ['600000000', '400000000'] }, '1000000000')
    const labels = paying({ rule: 'per_unit', rate: '1000000', maxUnits: 100 }, '900000000')
    const earnings = paying({ rule: 'earnings' }, '900000000', '100000000')
    expect(headlineOf(bounty, 'F1 ≥ 0.9')).toEqual({ units: '500000000', words: 'each for F1 ≥ 0.9, first 3 solvers' })
    const single = { ...bounty, payout: { rule: 'bounty', reward: '1500000000', winners: 1 } as const }
    expect(headlineOf(single, 'F1 ≥ 0.9').words).toBe('for F1 ≥ 0.9, first solver')
    expect(headlineOf(ranked, 'F1 ≥ 0.9').units).toBe('1000000000')
    expect(payoutWords(ranked)).toContain('1st 60 USDC, 2nd 40 USDC')
    expect(payoutWords(labels)).toContain('0.1 USDC for each accepted label')
    expect(headlineOf(earnings, '').units).toBe('1000000000')
    const all = [bounty, ranked, labels, earnings]
    expect(new Set(all.map(paidWords)).size).toBe(4)
    expect(new Set(all.map(shareWords)).size).toBe(4)
    const commands = all.map(({ payout }) => commandOf({ id: 7, payout, maker: 'GMAKER' }))
    expect(commands.map((command) => command.split(' ')[2])).toEqual(['submit', 'submit', 'tasks', 'claim'])
    expect(all.map(paysLabels)).toEqual([false, false, true, true])
    expect(all.map((one) => peopleWords({ ...one, solvers: 2, earnings: null }))).toEqual([
      ...['2 solvers', '2 solvers', '2 labelers', 'paid by epochs'],
    ])
    expect(peopleWords({ ...labels, solvers: 1, earnings: null })).toBe('1 labeler')
    expect(all.map(takesFiles)).toEqual([true, true, false, false])
  })
  it('says what solvers submit once the manifest is read', () => {
    const of = (submission: object) => ({ submission }) as Parameters<typeof workWords>[0]
    expect(workWords(undefined).action).toBe('Submit predictions')
    expect(workWords(of({})).action).toBe('Submit predictions')
    expect(workWords(of({ model: {} })).action).toBe('Submit a model')
    const bounty = { id: 7, payout: { rule: 'bounty', reward: '1', winners: 1 }, maker: 'GMAKER' } as const
    expect(commandOf(bounty, of({ model: {} }))).toBe('npx stellartrain submit 7 model.wasm --wait')
  })
  it('has the command of each reader: a maker fetches results, a labeler takes items, however labels are paid', () => {
    const manifest = { labeling: { perItem: '0.5', overlap: 3 }, submission: {} } as Parameters<typeof commandOf>[1]
    const earnings = { id: 7, payout: { rule: 'earnings' }, maker: 'GMAKER' } as const
    expect(commandOf(earnings, manifest, 'GADA')).toBe('npx stellartrain tasks 7 --out batch.csv')
    expect(commandOf(earnings, manifest, 'GMAKER')).toBe('npx stellartrain labels export 7 --format csv')
    // Amounts that the maker posts: nothing is submitted, and there are no labels.
    expect(commandOf(earnings, undefined, 'GADA')).toBe('npx stellartrain claim 7')
    expect(commandOf(earnings, undefined, 'GMAKER')).toBe('npx stellartrain download 7 --all')
  })
  it('counts no labelers where the API does not know them', () => {
    const earnings = { epochs: 2, total: '50', claimed: '50' }
    expect(peopleWords({ payout: { rule: 'earnings' }, solvers: 0, earnings })).toBe('paid by epochs, 2 so far')
  })
  it('says how much of the prize is still locked', () => {
    const whole = paying({ rule: 'bounty', reward: '500000000', winners: 5 }, '2000000000', '500000000')
    const of = (left: string, reserved: string, phase: Phase = 'open') =>
      lockedWords({ ...whole, left, reserved }, phase)
    expect(of('2500000000', '0')).toBe('locked')
    expect(of('1900000000', '100000000')).toBe('200 USDC locked')
    expect(of('0', '0')).toBe('was locked')
    expect(of('1000000000', '0', 'over')).toBe('was locked')
    expect(of('1000000000', '0', 'grading')).toBe('100 USDC locked')
  })
  it('says what grading costs and who pays, and that free grading is free', () => {
    expect(feeWords({ verdictFee: '2000000', asset, quorum: 2 })).toContain('0.2 USDC to the 2 oracles')
    expect(feeWords({ verdictFee: '0', asset, quorum: 2 })).toContain('Free')
  })
})
