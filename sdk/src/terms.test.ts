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
  oracles: ['A', 'B', 'C'],
  oracleFee: '0.01',
  deadline: new Date((now + 7 * day) * 1_000),
} as ChallengePlan
const manifest = { codec: 0x55, digest: new Uint8Array(32) }
const make = (changes: Partial<ChallengePlan> = {}, minPatience = 600) =>
  termsOf({ ...plan, ...changes }, manifest, { token, now, minPatience, direction: 'maximize' })

test('prize and fee budget in base units; a majority as quorum', () => {
  const { terms, money } = make()
  expect(terms.payout).toEqual({ tag: 'Bounty', values: [{ reward: 125_000_000n, winners: 4 }] })
  expect(terms).toMatchObject({ quorum: 2, oracle_fee: 100_000n, threshold: 9_500_000n, direction: Direction.Maximize })
  expect(money).toEqual({ prize: 500_000_000n, feeBudget: 10_000_000n, total: 510_000_000n })
  expect(make({ feeBudget: '0' }).money.feeBudget).toBe(0n)
})

test('prizes of a ranking are locked in all, and have to be listed from the largest on', () => {
  const { reward: _, winners: __, ...rest } = plan
  const ranked = (prizes: string[]) =>
    termsOf({ ...rest, payout: { rule: 'ranked', prizes } }, manifest, {
      token,
      now,
      minPatience: 600,
      direction: 'maximize',
    })
  const { terms, money } = ranked(['60', '30', '10.5'])
  expect(terms.payout).toEqual({ tag: 'Ranked', values: [{ prizes: [600_000_000n, 300_000_000n, 105_000_000n] }] })
  expect(money.prize).toBe(1_005_000_000n)
  for (const bad of [[], ['1', '2'], ['ten'], Array.from({ length: 41 }, () => '1')])
    expect(() => ranked(bad)).toThrow(expect.objectContaining({ code: 'bad_input' }))
  expect(() => make({ payout: { rule: 'ranked', prizes: ['1'] } })).toThrow(/give one of them/)
  expect(() =>
    termsOf({ ...rest, payout: { rule: 'lottery' } } as never, manifest, {
      token,
      now,
      minPatience: 600,
      direction: 'maximize',
    }),
  ).toThrow(expect.objectContaining({ code: 'rule_not_supported' }))
})

test.each([5, 600])('times that the contract takes with a minimum patience of %d s', (minPatience) => {
  const { terms } = make({}, minPatience)
  const { opens, accept_by, deadline, patience, grade_by } = terms
  expect(patience).toBeGreaterThanOrEqual(BigInt(minPatience))
  expect(patience).toBeLessThanOrEqual(BigInt(7 * day))
  expect(opens).toBeLessThan(deadline)
  expect(accept_by).toBeGreaterThan(BigInt(now))
  expect(accept_by).toBeLessThanOrEqual(deadline)
  expect(grade_by).toBeGreaterThanOrEqual(deadline + 3n * patience)
  expect(grade_by).toBeLessThanOrEqual(BigInt(now + 150 * day))
})

test('a short challenge is accepted before its deadline, a share of the prize is basis points', () => {
  const { terms } = make({ deadline: new Date((now + 60) * 1_000), silenceShare: 12.5, deposit: '1' })
  expect(terms.accept_by).toBe(terms.deadline)
  expect(terms).toMatchObject({ silence_share: 1_250, deposit: 10_000_000n })
})

test.each([
  ['reward', { reward: 'ten' }],
  ['threshold', { threshold: '0.00000001' }],
  ['deadline', { deadline: new Date('soon') }],
])('a %s that cannot be read is named', (name, changes) => {
  expect(() => make(changes)).toThrow(new RegExp(name))
})
