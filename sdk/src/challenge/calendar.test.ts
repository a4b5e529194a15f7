/** The dates of a challenge: in order, and none that lies behind told as one to come. */
import { PHASES, type Phase, type Terms } from '@stellartrain/contracts-client/rules'
import { expect, test } from 'vitest'
import { JUDGE, PAYOUTS, TERMS } from '../story/tell.fixture.ts'
import { calendar } from './calendar.ts'

const bounty: Terms = { ...TERMS, payout: PAYOUTS.bounty }
const ranked: Terms = { ...TERMS, payout: PAYOUTS.ranked }
const all = [bounty, ranked, { ...bounty, judge: JUDGE }, { ...ranked, judge: JUDGE }] as const
const says = (terms: Terms, phase: Phase, now: number, kept = 0) =>
  calendar(terms, { phase, now, kept }).map((date) => date.says)

test('before a challenge exists all its dates are to come, in their order', () => {
  for (const terms of all) {
    const dates = calendar(terms)
    expect(dates.map(({ at }) => at)).toEqual(dates.map(({ at }) => at).toSorted((one, other) => one - other))
    expect(dates.some(({ past }) => past)).toBe(false)
  }
  expect(calendar(bounty).map((date) => date.says)).toEqual(
    expect.arrayContaining([
      'opens, once every oracle has accepted',
      'unless every oracle has accepted, anyone may send the money back to the maker',
    ]),
  )
})

test('of a challenge that is over no date is told as one to come', () => {
  for (const terms of all)
    for (const date of calendar(terms, { phase: 'over', now: terms.judge?.by ?? terms.gradeBy, kept: 0 })) {
      expect(date.past).toBe(true)
      expect(date.says).not.toMatch(/^(opens|last)\b|what is undecided/)
    }
  expect(says(bounty, 'over', bounty.gradeBy)).toEqual([
    'opened',
    'submissions ended',
    'votes ended; what was undecided gets its own money back, the rest of the prize returns to the maker',
  ])
})

test('while it runs, what lies behind and what is to come', () => {
  expect(says(bounty, 'open', bounty.opens)).toEqual([
    ...['opened', 'last submissions'],
    expect.stringMatching(/^last votes; what is undecided gets/),
  ])
  expect(says(bounty, 'grading', bounty.deadline)[1]).toBe('submissions ended')
})

test('of a bounty that has its last winner, only dates of kept places are to come', () => {
  expect(says(bounty, 'ended', bounty.opens)).toEqual(['opened'])
  expect(says({ ...bounty, judge: JUDGE }, 'ended', bounty.opens, 1)).toEqual([
    'opened',
    expect.stringMatching(/^last votes of the oracles/),
    expect.stringMatching(/^last ballots of the judge/),
  ])
})

test('of what was cancelled or never accepted nothing is to come', () => {
  expect(says(bounty, 'cancelled', bounty.opens)).toEqual([])
  expect(says(bounty, 'lapsed', bounty.acceptBy)).toEqual([
    'not every oracle had accepted: anyone may send the money back to the maker',
  ])
  for (const phase of PHASES)
    for (const { at, past } of calendar(ranked, { phase, now: ranked.deadline, kept: 0 }))
      expect(past).toBe(at <= ranked.deadline)
})
