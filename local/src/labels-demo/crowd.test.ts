/** The labelers of the demo answer alike in every run, and a run that breaks a promise says which one. */
import { expect, test } from 'vitest'
import { answerOf, crowdOf, KINDS, THIRTY } from './crowd.ts'
import { broken } from './measure.ts'

const choices = [...'0123456789']
const answers = (kind: string, seed = 's') => {
  const labeler = crowdOf(30).find((one) => one.kind === kind)!
  return Array.from({ length: 1_000 }, (_, at) => {
    const asked = { item: `i${at}`, truth: choices[at % 10]!, choices }
    return answerOf(labeler, asked, seed) === asked.truth
  }).filter((right) => right).length
}

test('thirty are of the kinds that are named, and more of them in the same shares', () => {
  const counts = (count: number) => KINDS.map((kind) => crowdOf(count).filter((one) => one.kind === kind).length)
  expect(counts(30)).toEqual(KINDS.map((kind) => THIRTY[kind]))
  expect(counts(1_000).reduce((sum, one) => sum + one, 0)).toBe(1_000)
  expect(Math.abs(counts(1_000)[0]! - 400)).toBeLessThanOrEqual(1)
  expect(new Set(crowdOf(1_000).map(({ name }) => name)).size).toBe(1_000)
})

test('what a labeler says follows from seed, kind and item; careful ones are right, hasty ones mostly, others by chance', () => {
  expect(answers('careful')).toBe(answers('careful'))
  expect(answers('careful')).not.toBe(answers('careful', 'another'))
  expect(answers('careful')).toBeGreaterThan(940)
  expect(answers('hasty')).toBeGreaterThan(650)
  expect(answers('hasty')).toBeLessThan(750)
  expect(answers('random')).toBeLessThan(140)
  expect(answers('first')).toBe(100)
  const copier = crowdOf(30).find(({ kind }) => kind === 'copier')!
  const asked = { item: 'a', truth: '1', choices, copied: { item: undefined, row: '7' } }
  expect(answerOf(copier, asked, 's')).toBe('7')
  expect(answerOf(copier, { ...asked, copied: { item: '3', row: '7' } }, 's')).toBe('3')
})

test('a run keeps its promises or says which one it broke', () => {
  const kind = (paidUnits: number) => ({ labelers: 1, batches: 1, rejected: 0, paidUnits, earnedEach: '0' })
  const kinds = { careful: kind(50), hasty: kind(20), random: kind(4), first: kind(0), copier: kind(0) }
  const run = {
    ...{ coverage: 1, uncovered: [], accuracyMajority: 0.9, accuracyDawidSkene: 0.95 },
    ...{ accuracyPooledDawidSkene: 0.95, exported: true, verified: true },
    ...{ money: { paidIn: '18', paid: '17.6', left: '0.4' }, kinds },
  }
  expect(broken(run)).toEqual([])
  expect(broken({ ...run, coverage: 0.9, uncovered: ['a'] })).toEqual(['items lack labels: a'])
  expect(broken({ ...run, accuracyDawidSkene: 0.9 })).toHaveLength(1)
  // Where each has few votes the pooled model has to be better, and the other need not be.
  expect(broken({ ...run, accuracyDawidSkene: 0.9 }, { few: true })).toEqual([])
  expect(broken({ ...run, accuracyPooledDawidSkene: 0.9 }, { few: true })).toHaveLength(1)
  expect(broken({ ...run, money: { ...run.money, left: '0.4000001' } })).toHaveLength(1)
  expect(broken({ ...run, kinds: { ...kinds, copier: kind(5) } })).toEqual([
    'copier labelers earn a tenth of a careful one, or more',
  ])
  expect(broken({ ...run, exported: false, verified: false })).toHaveLength(2)
})
