/** An API's challenge and submission give the story that their facts give, from a detail and from a list alike. */
import { expect, test } from 'vitest'
import { type ApiChallenge, type ApiSubmission, factsFromApi } from './from-api.ts'
import { tell } from './tell.ts'

const time = (seconds: number) => new Date(seconds * 1_000).toISOString()
const score = (units: number) => ({ units: String(units), value: units / 1e7 })

const challenge: ApiChallenge = {
  phase: 'grading',
  asset: { contract: 'C', code: 'USDC', issuer: 'G', native: false, decimals: 7 },
  payout: { rule: 'bounty', reward: '500000000', winners: 3 },
  oracles: ['A', 'B', 'C'].map((address) => ({ address, accepted: true })),
  oracleFee: '1000000',
  deposit: '10000000',
  threshold: score(6_000_000),
  direction: 'maximize',
  step: score(1),
  opens: time(1_000),
  acceptBy: time(1_000),
  deadline: time(2_000),
  patienceSeconds: 100,
  gradeBy: time(3_000),
  judge: null,
  attempts: 5,
  attemptsPerDay: 5,
  uniqueContent: false,
  opensTruth: true,
  endedAt: null,
  submissions: 5,
  concluded: 2,
  decided: 0,
  kept: 2,
  scored: 2,
  head: 3,
  winners: 2,
  due: 1,
  ranking: null,
}
const submission: ApiSubmission = {
  number: 3,
  solver: 'S',
  attempt: 1,
  cid: 'bafy',
  units: 0,
  acceptedUnits: 0,
  submittedAt: time(1_500),
  submitTx: 'aa',
  status: 'scored',
  reason: null,
  score: score(6_500_000),
  contentHash: '01',
  decision: null,
  votes: [],
  heardAt: null,
  flags: { carried: false, passed: false, kept: false, held: false, prizePaid: false, byJudge: false },
  verdictAt: time(1_600),
  verdictTx: 'bb',
  report: 'bafyreport',
  place: 2,
  payment: { at: time(1_600), tx: 'bb' },
}

test('a winner that waits: a list knows how many places are kept, the page for whom', () => {
  const list = tell(factsFromApi(challenge, submission, 2_100))
  expect(list).toMatchObject({ label: 'Waits for 50 USDC', place: { rank: 2, on: 'board', due: false }, final: false })
  expect(list.why).toContain('places are kept for 2 submissions')
  const board = [
    { solver: 'T', number: 2, score: score(7_000_000) },
    { solver: 'S', number: 3, score: score(6_500_000) },
  ]
  const page = tell(
    factsFromApi({ ...challenge, board, keptPlaces: [{ number: 1 }, { number: 4 }] }, submission, 2_100),
  )
  expect(page.why).toContain('places are kept for #1 and #4')
  expect({ ...page, why: '', sentence: '', next: null, steps: [] }).toEqual({
    ...{ ...list, why: '', sentence: '', next: null, steps: [] },
  })
  expect(page.steps.map(({ at }) => at)).toEqual([null, null, 1_500, null, null, 1_600, 1_600])
})

test('a place in the ranking with its private score; a decision that waits for its turn', () => {
  const ranked: ApiChallenge = {
    ...challenge,
    payout: { rule: 'ranked', prizes: ['600000000', '400000000'] },
    ranking: 'oracles',
    kept: 0,
    board: [
      { solver: 'T', number: 2, score: score(9_000_000) },
      { solver: 'S', number: 3, score: score(7_500_000) },
    ],
  }
  const paid = { ...submission, flags: { ...submission.flags, prizePaid: true } }
  expect(tell(factsFromApi(ranked, paid, 2_500)).why).toBe('second place with 0.75 on the private rows')
  const vote = { verdict: 'scored', reason: null, score: score(6_500_000), contentHash: '01', units: 0 } as const
  const open: ApiSubmission = {
    ...{ ...submission, number: 5, status: 'pending', place: null, payment: null, verdictTx: null, verdictAt: null },
    votes: ['B', 'C'].map((oracle) => ({ ...vote, oracle })),
    decision: { ...vote, by: 'oracles', oracles: ['C', 'B'] },
    heardAt: time(1_550),
  }
  expect(tell(factsFromApi(challenge, open, 2_100))).toMatchObject({
    label: 'In the queue (2nd)',
    why: expect.stringMatching(/^Graded 0\.65 by the oracles\. .*#4 first/),
    can: [],
  })
})
