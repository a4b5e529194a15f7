/** Terms in plain words: what silence does, who judges, who admits, what a copy costs, and what reading the labels costs. */
import type { Terms } from '@stellartrain/contracts-client/rules'
import { expect, test } from 'vitest'
import { ASSET, JUDGE, PAYOUTS, TERMS, UNIT } from '../story/tell.fixture.ts'
import {
  copyWords,
  gateWords,
  judgeWords,
  probingPrice,
  probingWords,
  silenceWords,
  termsInWords,
} from './terms-words.ts'

const bounty: Terms = { ...TERMS, payout: PAYOUTS.bounty }
const ranked: Terms = { ...TERMS, payout: PAYOUTS.ranked }

test('silence: how many oracles, and who is left', () => {
  expect(silenceWords(bounty)).toBe(
    'If 2 of these 3 oracles fall silent, only a judge could award the prize; this challenge has none, so what is left returns to the maker.',
  )
  expect(silenceWords({ ...bounty, judge: JUDGE })).toBe(
    'If 2 of these 3 oracles fall silent, only the judge can award the prize.',
  )
  expect(silenceWords({ ...bounty, oracles: ['A'] })).toMatch(/^If the only oracle falls silent, /)
  expect(silenceWords({ ...bounty, oracles: ['A', 'B', 'C', 'D', 'E'] })).toMatch(/^If 3 of these 5 oracles/)
  expect(silenceWords(ranked)).toContain('the running table pays, as far as it was graded')
})

test('judge and gate by their addresses', () => {
  expect(judgeWords(bounty)).toBe('There is no judge.')
  const contract = 'CDLZFC3SYJYDZT7K67VZ75HPJVIEUVNIXF47ZG2FB2RMQQVU2HHGCYSC'
  expect(judgeWords({ ...bounty, judge: { ...JUDGE, address: contract } })).toContain(`the contract ${contract}`)
  expect(gateWords(null)).toBe('Everyone may take part.')
  expect(gateWords(contract)).toMatch(/^Admission by C/)
})

test('a copy costs an attempt, and of the deposit no more than a verdict', () => {
  expect(copyWords(bounty, ASSET)).toMatch(/earns nothing and costs an attempt and up to 0\.2 USDC of the deposit/)
  expect(copyWords({ ...bounty, deposit: 0n }, ASSET)).toMatch(/costs an attempt\.$/)
  expect(copyWords({ ...bounty, uniqueContent: false }, ASSET)).toMatch(/earns like any other/)
})

test('probing: rows × fee, beside the reward', () => {
  expect(probingPrice(bounty, 100, 0n)).toEqual({
    ...{ rows: 100, fee: UNIT / 5n, total: 20n * UNIT, own: 20n * UNIT, reward: 50n * UNIT },
  })
  expect(probingWords(bounty, 100, 10n * UNIT, ASSET)).toBe(
    'Every score reveals something about the truth: for 100 rows × 0.2 USDC per attempt, 20 USDC, anyone can read the truth; the reward is 50 USDC. The fee budget pays the first 10 USDC of that. The rest costs less than the reward.',
  )
  expect(probingWords({ ...bounty, oracleFee: 0n }, 100, 0n, ASSET)).toMatch(/Grading is free here/)
  expect(probingWords({ ...bounty, oracleFee: 0n, attempts: 9 }, 100, 0n, ASSET)).toContain(
    '100 submissions, from 12 accounts, are enough to read the truth',
  )
  expect(probingPrice(ranked, 100, 0n)).toBeNull()
  // What the fee budget pays is no price for who probes.
  const dear = (budget: bigint) => probingWords({ ...bounty, oracleFee: UNIT }, 30, budget * UNIT, ASSET)
  expect(dear(0n)).toMatch(/the reward is 50 USDC\.$/)
  expect(dear(20n)).toMatch(/pays the first 20 USDC of that\. The rest costs less than the reward\.$/)
  expect(dear(60n)).toMatch(/\. The fee budget pays all of that, so it costs whoever probes nothing\.$/)
})

test('advice to change the terms is for the maker, who still can, and not for solvers', () => {
  const of = { asset: ASSET, gate: null, rows: 100, budget: 0n }
  const probing = (reader: 'maker' | 'solver') =>
    termsInWords(bounty, { ...of, reader }).find(({ topic }) => topic === 'probing')?.says
  expect(probing('maker')).toMatch(/less than the reward\. Raise the fee or publish fewer rows\.$/)
  expect(probing('solver')).toMatch(/less than the reward\.$/)
  const free = termsInWords({ ...bounty, oracleFee: 0n }, of).find(({ topic }) => topic === 'probing')?.says
  expect(free).toMatch(/Offer the oracles a fee, or publish fewer rows\.$/)
})

test('every topic once; of a finished challenge nothing that could still come', () => {
  const of = { asset: ASSET, gate: null, rows: 100, budget: 0n }
  expect(termsInWords({ ...bounty, judge: JUDGE }, of).map(({ topic }) => topic)).toEqual([
    ...['grading', 'silence', 'judge', 'admission', 'copies', 'probing', 'insiders'],
  ])
  const over = termsInWords({ ...bounty, judge: JUDGE }, { ...of, finished: true })
  expect(over.map(({ topic }) => topic)).toEqual(['grading', 'judge', 'admission', 'copies', 'insiders'])
  expect(over[1]!.says).toMatch(/^What the oracles left undecided was for the account .* to decide, before \d/)
})
