/** When an oracle is sure that content is, or is no, copy: the boundaries that random moments seldom meet. */
import { expect, test } from 'vitest'
import { copyOf, votesDue } from './duties.ts'
import { type Decision, EMPTY_BOARD, NO_RANKINGS, type Submission, type Terms, type Verdict } from './facts.ts'
import { noVotes } from './votes.ts'

const TERMS = { payout: { rule: 'bounty', reward: 1n, winners: 1 }, gradeBy: 140, patience: 10 } as const
const SCORED: Verdict = { status: 'scored', score: 95n, content: '05', units: 0 }
const REJECTED: Verdict = { status: 'rejected', reason: 1 }
const UNAVAILABLE: Verdict = { status: 'unavailable' }

const lower = (own: Verdict | null, decision: Decision | null = null): Submission => ({
  number: 1,
  solver: 'A',
  time: 30,
  units: 0,
  votes: { cast: [own], mth: null, decision },
  status: { status: 'pending' },
  carried: false,
  passed: false,
  kept: false,
  held: false,
  prizePaid: false,
  byJudge: false,
})

const asked = (it: Submission, now: number, solver = 'B', content = '05') =>
  copyOf(TERMS, solver, content, [it], ({ votes }) => votes.cast[0] ?? undefined, now)

test('before the last patience of voting an oracle waits for the verdict, in it its own vote counts', () => {
  const at = (it: Submission) => [asked(it, 129), asked(it, 130)]
  expect(at(lower(SCORED))).toEqual(['wait', 'copy'])
  expect(at(lower(UNAVAILABLE))).toEqual(['wait', 'none'])
  expect(at(lower(REJECTED))).toEqual(['none', 'none'])
  expect(at(lower(null))).toEqual(['wait', 'wait'])
})

test('a verdict decides whatever the oracle voted itself, and only a score with the same content takes it', () => {
  const decided = (verdict: Verdict, own: Verdict | null = null) => lower(own, { verdict, by: [0] })
  expect(asked(decided(SCORED, REJECTED), 50)).toBe('copy')
  expect(asked(decided(REJECTED, SCORED), 50)).toBe('none')
  expect(asked(decided(UNAVAILABLE), 50)).toBe('none')
  expect(asked(decided(SCORED), 50, 'A')).toBe('none')
  expect(asked(decided(SCORED), 50, 'B', '06')).toBe('none')
})

test('an entry that is concluded speaks by its status', () => {
  expect(asked({ ...lower(null), status: SCORED }, 50)).toBe('copy')
  expect(asked({ ...lower(SCORED), status: UNAVAILABLE }, 50)).toBe('none')
  expect(asked({ ...lower(null), status: { status: 'void' } }, 50)).toBe('none')
})

test('what is still being tried is not given up, though its time has come', () => {
  const terms: Terms = {
    ...{
      ...TERMS,
      oracles: ['A', 'B', 'C'],
      oracleFee: 1n,
      deposit: 0n,
      threshold: 90n,
      step: 1n,
      opens: 20,
      acceptBy: 20,
    },
    ...{ direction: 'maximize', deadline: 100, judge: null, attempts: 1, attemptsPerDay: 1, opensTruth: false },
    uniqueContent: true,
  }
  const counters = { cancelled: false, accepted: true, ended: false, submitted: 1, concluded: 0, decided: 0, kept: 0 }
  const challenge = { ...counters, scored: 0, head: 0, board: EMPTY_BOARD, rankings: NO_RANKINGS }
  const open = { ...lower(null), votes: noVotes(terms) }
  const votes = (tries: boolean, now: number) =>
    votesDue(terms, challenge, [open], { place: 0, grade: () => undefined, tries: () => tries, copy: 100 }, now)
  expect([votes(true, 50), votes(false, 39)]).toEqual([[], []])
  expect(votes(false, 40)).toEqual([{ number: 1, verdict: { status: 'unavailable' } }])
})
