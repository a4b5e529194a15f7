/** Why nothing happens yet and what may still come: what pages say and the model has no name for. */
import { expect, test } from 'vitest'
import { type Challenge, EMPTY_BOARD, NO_RANKINGS, type Submission, type Terms, type Verdict } from './facts.ts'
import { prizeToCome } from './owed.ts'
import { earliest, passOverFrom, step } from './queue.ts'
import { castBallot, castVote, noVotes, type Vote } from './votes.ts'

const TERMS: Terms = {
  payout: { rule: 'bounty', reward: 50n, winners: 2 },
  oracles: ['A', 'B', 'C'],
  oracleFee: 1n,
  deposit: 0n,
  threshold: 90n,
  direction: 'maximize',
  step: 1n,
  opens: 20,
  acceptBy: 20,
  deadline: 100,
  patience: 10,
  gradeBy: 140,
  judge: { address: 'J', by: 160 },
  attempts: 1,
  attemptsPerDay: 1,
  uniqueContent: false,
  opensTruth: true,
}
const RANKED: Terms = { ...TERMS, payout: { rule: 'ranked', prizes: [50n, 20n] } }
const GOOD: Verdict = { status: 'scored', score: 95n, content: '01', units: 0 }
const BAD: Verdict = { status: 'rejected', reason: 1 }

const CHALLENGE: Challenge = {
  cancelled: false,
  accepted: true,
  ended: false,
  submitted: 1,
  concluded: 0,
  decided: 0,
  kept: 0,
  scored: 0,
  head: 0,
  board: EMPTY_BOARD,
  rankings: NO_RANKINGS,
}

const submission = (...votes: (Vote & { now: number })[]): Submission => ({
  number: 1,
  solver: 'S',
  time: 30,
  units: 0,
  votes: votes.reduce((state, vote) => castVote(TERMS, state, vote, vote.now), noVotes(TERMS)),
  status: { status: 'pending' },
  carried: false,
  passed: false,
  kept: false,
  held: false,
  prizePaid: false,
  byJudge: false,
})

const GOOD_BY_A = { oracle: 0, verdict: GOOD, now: 31 }
const BAD_BY_B = { oracle: 1, verdict: BAD, now: 45 }

test('why nothing happens yet', () => {
  const why = (terms: Terms, it: Submission, now: number) => {
    const found = step(terms, CHALLENGE, it, now)
    return found.does === 'nothing' ? found.why : found.does
  }
  const split = submission(GOOD_BY_A, BAD_BY_B)
  expect(why(TERMS, { ...split, number: 2 }, 54)).toBe('turn')
  expect(why(TERMS, submission(GOOD_BY_A), 139)).toBe('votes')
  expect([why(TERMS, split, 54), why(TERMS, split, 55)]).toEqual(['patience', 'pass_over'])
  expect([why(TERMS, { ...split, passed: true }, 60), why(RANKED, split, 60)]).toEqual(['quorum', 'quorum'])
  const ruled = { ...split, passed: true, votes: castBallot(split.votes, GOOD) }
  expect([why(TERMS, ruled, 159), why(TERMS, ruled, 160)]).toEqual(['end', 'conclude'])
  expect(why(TERMS, { ...submission(), votes: castBallot(submission().votes, GOOD) }, 150)).toBe('end')
})

test('waiting ends one patience after the m-th vote, with the last vote, or at the end', () => {
  const split = submission(GOOD_BY_A, BAD_BY_B)
  expect(passOverFrom(TERMS, split)).toBe(55)
  expect(passOverFrom(TERMS, submission(GOOD_BY_A, { ...BAD_BY_B, now: 31 }))).toBe(50)
  const all = submission(GOOD_BY_A, BAD_BY_B, { oracle: 2, verdict: { status: 'unavailable' }, now: 46 })
  expect(passOverFrom(TERMS, all)).toBe(50)
  expect(passOverFrom(TERMS, submission(GOOD_BY_A))).toBe(Number.POSITIVE_INFINITY)
  expect(earliest(TERMS, CHALLENGE, split, 46)).toEqual({ at: 55, does: 'pass_over' })
  expect(earliest(TERMS, CHALLENGE, submission(GOOD_BY_A), 46)).toEqual({ at: 160, does: 'conclude' })
  expect(earliest(TERMS, CHALLENGE, submission(GOOD_BY_A), 170)).toEqual({ at: 170, does: 'conclude' })
})

test('what a place would bring, until it is due', () => {
  const rows = [1, 2].map((number) => ({ solver: `S${number}`, number }))
  const waiting = { ...CHALLENGE, ended: true, kept: 1, board: { rows, due: 1 } }
  expect([1, 2, 3].map((number) => prizeToCome(TERMS, waiting, number, 60))).toEqual([0n, 50n, 0n])
  expect(prizeToCome(TERMS, { ...waiting, kept: 0 }, 2, 60)).toBe(0n)

  const table = rows.map((row) => ({ ...row, score: 95n }))
  const running = { ...CHALLENGE, decided: 1, rankings: { ...NO_RANKINGS, table } }
  expect([1, 2, 3].map((number) => prizeToCome(RANKED, running, number, 60))).toEqual([50n, 20n, 0n])
  expect(prizeToCome(RANKED, running, 1, 160)).toBe(50n)
  expect(prizeToCome(RANKED, { ...running, decided: 0 }, 1, 160)).toBe(0n)
})
