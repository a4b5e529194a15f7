/** Defaults that fit each other on every network, and amounts that keep every digit. */
import { Direction, type Token } from '@stellartrain/contracts-client'
import { expect, test } from 'vitest'
import type { ChallengePlan } from './plan.ts'
import { termsOf } from './terms.ts'

const token: Token = { contract: 'C', asset: undefined, code: 'USDC', issuer: null, decimals: 7, wasmHash: undefined }
const now = 1_800_000_000
const day = 86_400
const plan = {
  asset: 'USDC:G',
  reward: '12.5',
  winners: 4,
  threshold: '0.95',
  submission: { format: 'csv', idColumn: 'id', columns: [{ name: 'y', type: 'number' }], rows: 100, maxBytes: 1_000 },
  oracles: ['A', 'B', 'C'],
  oracleFee: '0.01',
  deadline: new Date((now + 7 * day) * 1_000),
} as ChallengePlan
const manifest = { codec: 0x55, digest: new Uint8Array(32) }
const network = {
  token,
  now,
  minPatience: 600,
  minWindow: day,
  direction: 'maximize',
  truth: new Uint8Array(32),
} as const
const make = (changes: Partial<ChallengePlan> = {}, bounds: { minPatience?: number; minWindow?: number } = {}) =>
  termsOf({ ...plan, ...changes }, manifest, { ...network, ...bounds })

test('prize and fee budget in base units; the fees of 50 verdicts', () => {
  const { terms, money } = make()
  expect(terms.payout).toEqual({ tag: 'Bounty', values: [{ reward: 125_000_000n, winners: 4 }] })
  expect(terms).toMatchObject({
    judge: null,
    gate: null,
    unique_content: true,
    oracle_fee: 100_000n,
    threshold: 9_500_000n,
    direction: Direction.Maximize,
  })
  expect(money).toEqual({ prize: 500_000_000n, feeBudget: 10_000_000n, rankingFees: 0n, total: 510_000_000n })
  expect(make({ feeBudget: '0' }).money.feeBudget).toBe(0n)
})

test('prizes of a ranking are locked in all, and have to be listed from the largest on', () => {
  const { reward: _, winners: __, ...rest } = plan
  const ranked = (prizes: string[], changes: Partial<ChallengePlan> = {}) =>
    termsOf({ ...rest, ...changes, payout: { rule: 'ranked', prizes } }, manifest, network)
  const { terms, money } = ranked(['60', '30', '10.5'])
  expect(terms.payout).toEqual({ tag: 'Ranked', values: [{ prizes: [600_000_000n, 300_000_000n, 105_000_000n] }] })
  // Fifty verdicts, and the ranking, which is set aside at once.
  expect(money).toMatchObject({ prize: 1_005_000_000n, feeBudget: 10_200_000n, rankingFees: 200_000n })
  expect(() => ranked(['1'], { feeBudget: '0.01' })).toThrow(/cover the fees of the ranking, 0.02 \w+, which/)
  for (const bad of [[], ['1', '2'], ['ten'], Array.from({ length: 41 }, () => '1')])
    expect(() => ranked(bad)).toThrow(expect.objectContaining({ code: 'bad_input' }))
  expect(() => make({ payout: { rule: 'ranked', prizes: ['1'] } })).toThrow(/give one of them/)
  expect(() => termsOf({ ...rest, payout: { rule: 'lottery' } } as never, manifest, network)).toThrow(
    expect.objectContaining({ code: 'rule_not_supported' }),
  )
})

test.each([
  [5, 5],
  [600, day],
])('times that the contract takes with a minimum patience of %d s and a window of %d s', (minPatience, minWindow) => {
  const { terms } = make({ judge: { address: 'J' } }, { minPatience, minWindow })
  const { opens, accept_by, deadline, patience, grade_by, judge } = terms
  expect(patience).toBeGreaterThanOrEqual(BigInt(minPatience))
  expect(patience).toBeLessThanOrEqual(BigInt(7 * day))
  expect(opens + patience).toBeLessThanOrEqual(deadline)
  expect(accept_by).toBeGreaterThan(BigInt(now))
  expect(accept_by + patience).toBeLessThanOrEqual(deadline)
  expect(grade_by).toBeGreaterThanOrEqual(deadline + 4n * patience)
  expect(grade_by).toBeGreaterThanOrEqual(deadline + BigInt(minWindow))
  expect(judge?.judge_by).toBeGreaterThanOrEqual(grade_by + BigInt(minWindow))
  expect(judge?.judge_by).toBeLessThanOrEqual(BigInt(now + 150 * day))
})

test('a short challenge has a short patience, and is accepted before its last patience', () => {
  const { terms } = make({ deadline: new Date((now + 60) * 1_000), deposit: '1' }, { minPatience: 5, minWindow: 5 })
  expect(terms).toMatchObject({ patience: 30n, deposit: 10_000_000n })
  expect(terms.accept_by).toBe(terms.deadline - 30n)
})

const byEarnings = (perItem: string) => ({
  ...{ reward: undefined, winners: undefined, payout: { rule: 'earnings', prize: '100' } },
  labeling: { items: 'items.csv', minAccuracy: 0.8, overlap: 2, perItem },
})

const at = (seconds: number) => new Date((now + seconds) * 1_000)

test.each([
  [{ oracles: ['A', 'B'] }, /one, three or five/],
  [{ oracles: ['A', 'B', 'A'] }, /one, three or five different/],
  [{ judge: { address: 'A' } }, /cannot be one of them/],
  [{ deadline: at(500) }, /patience/],
  [{ acceptBy: at(7 * day - 60) }, /accept at least one patience/],
  [{ opens: at(7 * day - 60), patienceSeconds: 600 }, /opens at least one patience/],
  [{ acceptBy: at(-1) }, /acceptance ends in the future/],
  [{ gradeBy: at(7 * day + 3_600) }, /Grading lasts at least 86400 seconds/],
  [{ judge: { address: 'J', judgeBy: at(9 * day - 60) }, gradeBy: at(8 * day) }, /Judging lasts at least/],
  [{ deadline: at(149 * day), judge: { address: 'J' } }, /at most 150 days/],
  [
    { reward: undefined, winners: undefined, payout: { rule: 'per_unit', rate: '1', maxUnits: 6, prize: '100' } },
    /twentieth/,
  ],
  [byEarnings('0'), /more than 0/],
  [byEarnings('0.00000001'), /pay per item: .*7 decimal places/],
] as [Partial<ChallengePlan>, RegExp][])('%j is refused in words before anything is spent', (changes, words) => {
  expect(() => make(changes)).toThrow(words)
})

test('identical content is a copy where values are real numbers, and is not held against anyone where they are classes', () => {
  const columns = (type: 'number' | 'string' | 'integer') => ({
    submission: { ...plan.submission, columns: [{ name: 'y', type }] },
  })
  expect(make(columns('number')).unique).toMatchObject({ unique: true, why: expect.stringContaining('real numbers') })
  const labels = make(columns('string'))
  expect(labels.unique).toMatchObject({ unique: false, against: false, why: expect.stringContaining('class labels') })
  expect(labels.terms.unique_content).toBe(false)
  const against = make({ ...columns('string'), uniqueContent: true })
  expect(against).toMatchObject({ terms: { unique_content: true }, unique: { unique: true, against: true } })
  const payout = { rule: 'per_unit', rate: '1', maxUnits: 5, prize: '100' } as const
  const { reward: _, winners: __, ...rest } = plan
  const batches = termsOf({ ...rest, ...columns('number'), payout, uniqueContent: true }, manifest, network)
  expect(batches).toMatchObject({ terms: { unique_content: false }, unique: { unique: false, against: true } })
})

test.each([
  ['reward', { reward: 'ten' }],
  ['threshold', { threshold: '0.00000001' }],
  ['deadline', { deadline: new Date('soon') }],
])('a %s that cannot be read is named', (name, changes) => {
  expect(() => make(changes)).toThrow(new RegExp(name))
})
