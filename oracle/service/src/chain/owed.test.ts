/** What an oracle owes follows from the chain's counters and the ledger's clock alone. */
import { describe, expect, test } from 'vitest'
import { feesDue, isDone, openNumbers, owedVotes, owesAcceptance, owesRanking, owesReveal, prizesDue } from './owed.ts'
import { at, terms } from './phase.fixture.ts'
import { type ChallengeView, type Counters, phaseOf } from './phase.ts'

test('acceptance is owed only by the one who has not accepted, and only in time', () => {
  const state = { accepted: [1, 0, 1] }
  expect(owesAcceptance(at(state, 1), 149n)).toBe(true)
  expect(owesAcceptance(at(state, 0), 149n)).toBe(false)
  expect(owesAcceptance(at(state, 1), 150n)).toBe(false)
})

test('votes are owed from the own cursor on, also on what others made final', () => {
  const tallies = [{ cursor: 6 }, { cursor: 2 }, { cursor: 6 }]
  const view = at({ submitted: 7, finalized: 5, tallies })
  expect(owedVotes(view, 150n)).toEqual({ first: 3, last: 7 })
  expect(openNumbers(view, 150n)).toEqual({ first: 6, last: 6 })
  expect(owedVotes(view, 300n)).toBeUndefined()
  expect(owedVotes(at({ ...view.state, status: 1 }), 150n)).toBeUndefined()
})

test('nothing is open to settle when no oracle voted beyond what is final', () => {
  expect(openNumbers(at({ submitted: 7 }), 150n)).toBeUndefined()
})

test('the truth is opened once, after the end, by those who accepted', () => {
  const over = at({ status: 1 })
  expect(owesReveal(over, 120n, false)).toBe(true)
  expect(owesReveal(over, 120n, true)).toBe(false)
  expect(owesReveal(at(), 120n, false)).toBe(false)
  expect(owesReveal({ ...over, terms: { ...terms, opens_truth: false } }, 120n, false)).toBe(false)
  expect(owesReveal(at({ status: 2 }), 120n, false)).toBe(false)
})

describe('a ranking', () => {
  const ranked = (counters: Partial<Counters>, seat = 1): ChallengeView => {
    const view = at({ ranking: 0, ...counters }, seat)
    return { ...view, terms: { ...terms, payout: { tag: 'Ranked' } } }
  }
  const final = { submitted: 3, finalized: 3 }

  test('is made once everything is final after the deadline, unless there are no submissions', () => {
    expect(phaseOf(ranked(final), 200n)).toBe('ranking')
    expect(phaseOf(ranked(final), 199n)).toBe('grading')
    expect(phaseOf(ranked({ submitted: 3, finalized: 2 }), 200n)).toBe('grading')
    expect(phaseOf(ranked({}), 200n)).toBe('over')
    expect(phaseOf(ranked({ ...final, ranking: 1 }), 200n)).toBe('over')
    expect(phaseOf(ranked(final), 300n)).toBe('over')
    expect(phaseOf(at(final), 200n)).toBe('over')
  })
  test('is owed once, by those who accepted; nothing is opened or taken before it', () => {
    expect(owesRanking(ranked(final), 200n, false)).toBe(true)
    expect(owesRanking(ranked(final), 200n, true)).toBe(false)
    expect(owesRanking(ranked(final), 300n, false)).toBe(false)
    expect(owesReveal(ranked(final), 200n, false)).toBe(false)
    expect(feesDue(ranked({ ...final, fees: [0n, 7n, 0n] }), 200n)).toBe(0n)
  })
  test('or its default makes the prizes due', () => {
    expect(prizesDue(ranked(final), 299n)).toBe(false)
    expect(prizesDue(ranked({ ...final, ranking: 1 }), 200n)).toBe(true)
    expect(prizesDue(ranked(final), 300n)).toBe(true)
    expect(prizesDue(ranked({}), 300n)).toBe(false)
    expect(prizesDue(at(final), 300n)).toBe(false)
  })
})

test('a challenge is done when its truth is open and its fees are taken', () => {
  const over = at({ status: 1, fees: [0n, 7n, 0n] })
  expect(feesDue(over, 120n)).toBe(7n)
  expect(isDone(over, 120n, true)).toBe(false)
  expect(isDone(at({ status: 1 }), 120n, true)).toBe(true)
  expect(isDone(at({ status: 1 }), 120n, false)).toBe(false)
  expect(isDone(at({ accepted: [0, 0, 0] }), 150n, false)).toBe(true)
})
