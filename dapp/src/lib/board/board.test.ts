/** The board of a task for labelers: sums of what everyone sees, and what opened labels say, by hand. */
import type { Labels } from '@stellartrain/sdk/labels'
import { describe, expect, it } from 'vitest'
import { address, bounty, pending } from '../../testing/facts.ts'
import type { Challenge, Submission } from '../read/types.ts'
import { memoryStorage } from '../site/memory-storage.ts'
import { countedWords, coverageIn, middleOf } from './coverage.ts'
import { isDisputed, openedOf } from './opened.ts'
import { keepReviews, readReviews, reviewsCsv } from './reviews.ts'
import { runningOf } from './running.ts'

const now = Date.parse('2026-11-22T12:00:00Z')
const challenge = {
  ...bounty,
  payout: { rule: 'per_unit', rate: '10', maxUnits: 5 },
  ...{ left: '100', reserved: '50', paid: '100' },
} as Challenge
const batch = (solver: string, patch: Partial<Submission>): Submission => ({
  ...pending,
  solver: address(solver),
  units: 5,
  ...patch,
})
const accepted = (solver: string, hoursAgo: number): Submission =>
  batch(solver, { status: 'scored', acceptedUnits: 5, verdictAt: new Date(now - hoursAgo * 3_600_000).toISOString() })

describe('while it runs', () => {
  it('counts labels, batches and labelers, and says what the rest costs', () => {
    const all = [
      accepted('A', 2),
      accepted('A', 1),
      batch('B', { status: 'rejected' }),
      batch('B', {}),
      batch('D', { status: 'unsettled' }),
    ]
    const found = runningOf(challenge, all, { needed: 30, now })
    expect(found.labels).toEqual({ accepted: 10, waiting: 5, needed: 30 })
    expect(found.batches).toEqual({ accepted: 2, rejected: 1, waiting: 1, undecided: 1 })
    expect(found.labelers[0]).toEqual({
      ...{ address: address('A'), accepted: 2, rejected: 0, waiting: 0 },
      labels: 10,
      paid: 100n,
    })
    expect(found.money).toEqual({ paid: 100n, reserved: 50n, left: 100n, toFinish: 200n, short: 50n })
    expect(found.forecast).toEqual({ perHour: 5, doneAt: now + 4 * 3_600_000 })
  })
  it('forecasts nothing from old work, ends when all labels are there, and claims no shortage that it cannot know', () => {
    expect(runningOf(challenge, [accepted('A', 25)], { needed: 30, now }).forecast).toBeNull()
    expect(runningOf(challenge, [accepted('A', 1)], { needed: 5, now }).forecast).toMatchObject({ doneAt: null })
    expect(runningOf({ ...challenge, left: null } as unknown as Challenge, [], { needed: 300, now }).money.short).toBe(
      0n,
    )
  })
  it('an oracle’s counts are taken only where they fit each other', () => {
    const fits = { ...{ items: 6, overlap: 2, places: 12, accepted: 5 }, held: 1, covered: 2 }
    expect(coverageIn({ ...fits, ready: true })).toEqual(fits)
    for (const wrong of [
      { places: 11 },
      { accepted: 13 },
      { covered: 7 },
      { held: -1 },
      { items: '6' },
      { accepted: 0.5 },
    ])
      expect(coverageIn({ ...fits, ...wrong }), JSON.stringify(wrong)).toBeUndefined()
    for (const nothing of [null, [], 'x']) expect(coverageIn(nothing)).toBeUndefined()
  })

  it('one oracle of three that lies makes neither a shortage nor an end', () => {
    const honest = { ...{ items: 6, overlap: 2, places: 12, accepted: 5 }, held: 1, covered: 2 }
    const behind = { ...honest, accepted: 4 }
    for (const lie of [
      { ...honest, accepted: 0 },
      { ...honest, accepted: 12 },
      { ...honest, items: 2 ** 52, overlap: 1, places: 2 ** 52, accepted: 2 ** 52 - 7 },
    ])
      for (const told of [
        [lie, honest, behind],
        [honest, behind, lie],
      ])
        expect([honest, behind]).toContain(middleOf(told))
    expect(middleOf([honest])).toBe(honest)
    expect(middleOf([])).toBeUndefined()
  })

  it('names no day that no calendar has, whatever is said to be missing', () => {
    const { forecast } = runningOf(challenge, [accepted('A', 1)], { needed: Number.MAX_SAFE_INTEGER, now })
    expect(forecast).toMatchObject({ doneAt: null })
  })

  it('says whose count is shown, who is silent, and that counts differ', () => {
    const counts = { ...{ items: 6, overlap: 2, places: 12, accepted: 5 }, held: 1, covered: 2, by: address('O') }
    const of = (answered: number, asked: number, range: [number, number] = [5, 5]) =>
      countedWords({ ...counts, answered, asked, range })
    expect(of(1, 1)).toBe('It is the only oracle.')
    expect(of(3, 3)).toBe('All 3 oracles answer, and count the same.')
    expect(of(2, 3)).toBe('2 of 3 oracles answer, and count the same; what the others count is not known.')
    expect(of(1, 3)).toBe('1 of 3 oracles answers; what the others count is not known.')
    expect(of(3, 3, [2, 5])).toBe('All 3 oracles answer, and count from 2 to 5 accepted labels.')
  })
})

describe('once labels are opened', () => {
  const task = {
    show: [{ column: 'text', as: 'text' as const }],
    answer: { kind: 'choice' as const, choices: [{ value: 'x' }, { value: 'y' }] },
  }
  const said = { a: 'xxx', b: 'yyx', c: 'xyx', d: 'yy' }
  const votes = Object.entries(said).flatMap(([item, cells]) =>
    [...cells].map((cell, at) => ({
      ...{ item, labeler: `L${at}`, cell, batch: at },
      answer: { kind: 'choice' as const, value: cell },
    })),
  )
  const labels = {
    task,
    votes,
    items: new Map([...Object.keys(said), 'e'].map((id) => [id, { text: id }])),
  } as unknown as Labels
  it('agreement is that of the formulas, and labelers are compared with the consensus', () => {
    const found = openedOf(labels, 'majority')
    expect(found).toMatchObject({ labeled: 4, classes: ['x', 'y'], fleiss: null })
    // Krippendorff's formula by hand: 11 votes; of the pairs within items, 4 of 11 weighted ones differ.
    const observed = 1 + 1 + 1 + 1
    const [x, y] = [6, 5]
    expect(found.alpha).toBeCloseTo(1 - ((x + y - 1) * observed) / (2 * x * y), 12)
    expect(found.labelers.map(({ address, agrees }) => [address, agrees])).toEqual([
      ['L2', 2 / 3],
      ['L1', 3 / 4],
      ['L0', 1],
    ])
    expect(found.labelers[0]!.confusion).toEqual([
      [2, 0],
      [1, 0],
    ])
    expect(found.hardest.map(({ id }) => id)).toEqual(['b', 'c'])
  })
  it('an item is disputed without a majority or with a flag, never by one vote', () => {
    const of = (cells: string, flags = 0) => isDisputed({ votes: [...cells].map((cell) => ({ cell })), flags } as never)
    expect([of('xy'), of('xxy'), of('xxyy'), of('x'), of('xxx', 1)]).toEqual([true, false, true, false, true])
  })
  it('reviews are kept by challenge, and what is no review is none', () => {
    const storage = memoryStorage()
    keepReviews(storage, 'C', 7, { 'a,b': 'x' })
    expect(readReviews(storage, 'C', 7)).toEqual({ 'a,b': 'x' })
    expect(readReviews(storage, 'C', 8)).toEqual({})
    storage.setItem('labels-reviews-C-7', '[1]')
    expect(readReviews(storage, 'C', 7)).toEqual({})
    expect(reviewsCsv({ 'a,b': 'x' })).toBe('id,reviewed\n"a,b",x\n')
  })
})
