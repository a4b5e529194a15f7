/** What an oracle sends next: whoever waits longest first, and one stuck challenge never in the way of another. */
import { expect, test } from 'vitest'
import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import type { QueueItem } from '../grading/queue.ts'
import { scored } from '../grading/verdict.ts'
import { dutiesOf, type Facts, forgettable } from './duties.ts'

function entry(challenge: number, number: number, time: bigint): Entry {
  return { challenge, number, solver: `S${number}`, attempt: 1, cid: 'bafy', units: 0, time }
}

function challengeOf(id: number, entries: Entry[], state: object = {}, terms: object = {}): Challenge {
  return {
    id,
    maker: 'M',
    seat: 0,
    manifestCid: 'bafy',
    revealed: false,
    entries: new Map(entries.map((one) => [one.number, one])),
    votes: new Map(),
    terms: {
      payout: { tag: 'Bounty', values: [{ reward: 1n, winners: 1 }] },
      oracles: ['A'],
      quorum: 1,
      opens: 0n,
      accept_by: 500n,
      deadline: 1_000n,
      patience: 60n,
      grade_by: 2_000n,
      opens_truth: true,
      ...terms,
    },
    state: {
      status: 0,
      accepted: [1],
      submitted: entries.length,
      finalized: 0,
      fees: [0n],
      tallies: [{ cursor: 0 }],
      ...state,
    },
  } as unknown as Challenge
}

const graded = (one: Entry): QueueItem => ({
  entry: one,
  stage: 'voting',
  attempts: 0,
  lastError: null,
  permanent: false,
  notBefore: 0,
  verdict: scored(1n, new Uint8Array(32), 1),
})

function facts(items: QueueItem[], more: Partial<Facts> = {}): Facts {
  return {
    now: 100n,
    itemOf: (challenge, number) => items.find(({ entry: e }) => e.challenge === challenge && e.number === number),
    limit: () => 40,
    approved: () => true,
    openingOf: () => undefined,
    rankingOf: () => undefined,
    undeliverable: () => false,
    ...more,
  }
}

const names = (challenges: Challenge[], known: Facts) =>
  dutiesOf(challenges, known).map(({ kind, challenge }) => `${kind}/${challenge.id}`)

test('votes come first, the longest waiting ahead; acceptances, openings and fees after them', () => {
  const [old, young] = [entry(3, 1, 50n), entry(2, 1, 90n)]
  const challenges = [
    challengeOf(1, [], { accepted: [0] }),
    challengeOf(2, [young]),
    challengeOf(3, [old]),
    challengeOf(4, [], { status: 1, fees: [5n] }),
  ]
  const known = facts([graded(old), graded(young)], { openingOf: (id) => (id === 4 ? 'bafyopening' : undefined) })
  expect(names(challenges, known)).toEqual(['vote/3', 'vote/2', 'accept/1', 'reveal/4', 'withdraw/4'])
})

test('a challenge whose first submission is not available yet does not hold up the others', () => {
  const [stuck, behind, other] = [entry(1, 1, 50n), entry(1, 2, 51n), entry(2, 1, 90n)]
  const failing: QueueItem = { ...graded(stuck), stage: 'failed_retrying', attempts: 5 }
  delete failing.verdict
  const items = [failing, graded(behind), graded(other)]
  const challenges = [challengeOf(1, [stuck, behind]), challengeOf(2, [other])]
  expect(names(challenges, facts(items))).toEqual(['vote/2'])
  expect(names(challenges, facts(items, { now: 110n }))).toEqual(['vote/1', 'vote/2'])
})

test('a gateway that was down for a moment costs no solver their submission', () => {
  const one = entry(1, 1, 0n)
  const failing: QueueItem = { ...graded(one), stage: 'failed_retrying', attempts: 2 }
  delete failing.verdict
  expect(names([challengeOf(1, [one])], facts([failing]))).toEqual([])
  expect(names([challengeOf(1, [one])], facts([{ ...failing, attempts: 3 }]))).toEqual(['vote/1'])
})

test('what was fetched at last and is being graded is not given up meanwhile', () => {
  const one = entry(1, 1, 0n)
  const late: QueueItem = { ...graded(one), stage: 'grading', attempts: 5 }
  delete late.verdict
  expect(names([challengeOf(1, [one])], facts([late]))).toEqual([])
  expect(names([challengeOf(1, [one])], facts([{ ...late, permanent: true }]))).toEqual([])
  expect(names([challengeOf(1, [one])], facts([{ ...late, stage: 'failed_retrying' }]))).toEqual(['vote/1'])
})

const ranking = { rows: [], report: 'bafyranking' }
const ranked = { payout: { tag: 'Ranked', values: [{ prizes: [2n, 1n] }] } }

test('a ranking is posted once all is final after the deadline, and prizes are sent when they are due', () => {
  const one = entry(1, 1, 50n)
  const known = facts([], { now: 1_000n, rankingOf: () => ranking })
  const open = challengeOf(1, [one], { finalized: 1, ranking: 0 }, ranked)
  expect(names([open], known)).toEqual(['rank/1'])
  expect(names([open], { ...known, now: 999n })).toEqual([])
  expect(names([{ ...open, ranked: true }], known)).toEqual([])
  expect(names([challengeOf(1, [one], { finalized: 0, ranking: 0 }, ranked)], known)).toEqual([])
  const posted = challengeOf(1, [one], { finalized: 1, ranking: 1 }, ranked)
  const due = [1, 2].map((number) => ({ solver: `S${number}`, attempt: 1, number }))
  expect(names([{ ...posted, due }], known)).toEqual(['release/1'])
  const undeliverable = (_: number, solver: string) => solver === 'S1'
  const [duty] = dutiesOf([{ ...posted, due }], { ...known, undeliverable })
  expect(duty).toMatchObject({ kind: 'release', due: { number: 2 } })
})

test('a ranked challenge is not forgotten while a prize can still be sent', () => {
  const posted = challengeOf(
    1,
    [],
    { submitted: 1, finalized: 1, ranking: 1, status: 1 },
    { ...ranked, opens_truth: false },
  )
  const due = [{ solver: 'S1', attempt: 1, number: 1 }]
  expect(forgettable(posted, 1_000n)).toBe(false)
  expect(forgettable({ ...posted, due }, 1_000n)).toBe(false)
  expect(forgettable({ ...posted, due }, 1_000n, () => true)).toBe(true)
  expect(forgettable({ ...posted, due: [] }, 1_000n)).toBe(true)
})

test('nothing is accepted before it was looked at, nothing opened before it is over', () => {
  const known = facts([], { approved: () => false, openingOf: () => 'bafyopening' })
  expect(names([challengeOf(1, [], { accepted: [0] }), challengeOf(2, [])], known)).toEqual([])
})
