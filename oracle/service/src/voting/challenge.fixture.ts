/** A challenge for tests of pure decisions, as it would have been read from the chain. */
import {
  type Challenge as Counters,
  castVote,
  EMPTY_BOARD,
  NO_RANKINGS,
  noVotes,
  type Submission,
  type Terms,
  type Verdict,
} from '@stellartrain/contracts-client/rules'
import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { scored } from '../grading/graded.ts'
import type { QueueItem } from '../grading/queue.ts'

/** Votes end at 2000, the deadline is at 1000, patience is 60. */
export const TERMS: Terms = {
  payout: { rule: 'bounty', reward: 10n, winners: 5 },
  oracles: ['A', 'B', 'C'],
  oracleFee: 1n,
  deposit: 0n,
  threshold: 90n,
  direction: 'maximize',
  step: 1n,
  opens: 0,
  acceptBy: 500,
  deadline: 1_000,
  patience: 60,
  gradeBy: 2_000,
  judge: null,
  attempts: 9,
  attemptsPerDay: 9,
  uniqueContent: false,
  opensTruth: true,
}

export const SOLO: Terms = { ...TERMS, oracles: ['A'] }
export const RANKED: Terms = { ...SOLO, payout: { rule: 'ranked', prizes: [2n, 1n] } }

export const GOOD: Verdict = { status: 'scored', score: 95n, content: '05', units: 0 }
export const BAD: Verdict = { status: 'rejected', reason: 20 }
export const UNAVAILABLE: Verdict = { status: 'unavailable' }

export function entryOf(challenge: number, number: number, time: number): Entry {
  const commitment = new Uint8Array(32)
  return { challenge, number, solver: `S${number}`, attempt: 1, cid: 'bafy', commitment, units: 0, time }
}

/** `votes`: by the places of the oracles, at the time of the submission. */
export function submissionOf(
  terms: Terms,
  { number, solver, time }: Entry,
  { votes = [], ...more }: Partial<Omit<Submission, 'votes'>> & { votes?: (Verdict | undefined)[] } = {},
): Submission {
  const cast = votes.flatMap((verdict, oracle) => (verdict ? [{ oracle, verdict }] : []))
  return {
    ...{ number, solver, time, units: 0, status: { status: 'pending' } },
    ...{ carried: false, passed: false, kept: false, held: false, prizePaid: false, byJudge: false },
    ...more,
    votes: cast.reduce((all, vote) => castVote(terms, all, vote, time), noVotes(terms)),
  }
}

type Standing = Parameters<typeof submissionOf>[2]

/** @param entries each with how it stands */
export function challengeOf(
  id: number,
  entries: readonly (Entry | readonly [Entry, Standing])[] = [],
  {
    terms = SOLO,
    counters = {},
    ...more
  }: Partial<Omit<Challenge, 'counters'>> & { counters?: Partial<Counters> } = {},
): Challenge {
  const all = entries.map((one) => ('number' in one ? ([one, {}] as const) : one))
  const submissions = all.map(([entry, standing]) => submissionOf(terms, entry, standing))
  const concluded = submissions.filter(({ status }) => status.status !== 'pending').length
  const decided = submissions.filter(({ status, votes }) => status.status === 'pending' && votes.decision).length
  const tags = { bounty: 'Bounty', ranked: 'Ranked', per_unit: 'PerUnit', earnings: 'Earnings' } as const
  return {
    ...{ id, maker: 'M', token: 'C', gate: null, terms, truth: new Uint8Array(32), manifestCid: 'bafy', seat: 0 },
    payout: { tag: tags[terms.payout.rule] } as Challenge['payout'],
    accepted: terms.oracles.map(() => 1),
    key: new Uint8Array(32),
    fees: 0n,
    purse: { escrow: 0n, budget: 0n, rankingFees: 0n },
    conduct: { folded: true, unopened: true, opened: true, tallies: [] },
    revealed: false,
    rankings: [],
    due: [],
    phase: 'open',
    ...more,
    counters: {
      ...{ cancelled: false, accepted: true, ended: false, submitted: entries.length, concluded, decided },
      ...{ kept: 0, scored: 0, head: 0, board: EMPTY_BOARD, rankings: NO_RANKINGS },
      ...counters,
    },
    entries: new Map(all.map(([entry]) => [entry.number, entry])),
    submissions,
  }
}

export function itemOf(entry: Entry, more: Partial<QueueItem> = {}): QueueItem {
  return { entry, stage: 'waiting', attempts: 0, lastError: null, permanent: false, notBefore: 0, ...more }
}

export const gradedItem = (entry: Entry, score = 95n, content = '05'): QueueItem =>
  itemOf(entry, { stage: 'voting', graded: scored(score, content, 1) })
