/** A whole challenge and a whole submission as the API gives them, for tests to change what they are about. */
import type { Challenge, ChallengeOracle, Place, Submission, Vote } from '../lib/read/types.ts'

export const score = (value: number) => ({ units: String(Math.round(value * 1e7)), value })
export const address = (letter: string, kind: 'G' | 'C' = 'G'): string => `${kind}${letter.repeat(55)}`

export const OPENS = Date.parse('2026-11-20T12:00:00Z')
export const DEADLINE = Date.parse('2026-11-24T12:00:00Z')
export const GRADE_BY = Date.parse('2026-11-26T12:00:00Z')
export const JUDGE_BY = GRADE_BY + 2 * 86_400_000
export const NOW = Date.parse('2026-11-22T12:00:00Z')
const time = (at: number) => new Date(at).toISOString()

export const oracles = ['A', 'B', 'D'].map(
  (letter): ChallengeOracle => ({
    ...{ address: address(letter), accepted: true, keyVersion: 1, acceptedAt: time(OPENS), acceptTx: 'ac' },
    ...{ votes: 0, unavailable: 0, agreed: 0, disagreed: 0, missing: 0, open: 0, feesEarned: '0', feesWithdrawn: '0' },
  }),
)

const money: Challenge['money'] = {
  ...{ escrow: '1500000000', reserved: '0', prizes: '0', budget: '100000000', heldFees: '0', rankingFees: '0' },
  ...{ fees: '0', deposits: '0', carried: '0', owed: '0', unclaimed: '0' },
  ...{ added: '0', feesAdded: '0', paid: '0', refunded: '0' },
}

/** A bounty of three times 50 USDC, open, graded by three oracles. */
export const bounty = {
  ...{ id: 7, completeness: null, maker: address('M'), phase: 'open', nextPhaseAt: time(DEADLINE) },
  asset: { contract: address('T', 'C'), code: 'USDC', issuer: address('I'), native: false, decimals: 7 },
  payout: { rule: 'bounty', reward: '500000000', winners: 3 },
  ...{ prize: '1500000000', added: '0', left: '1500000000', reserved: '0', paid: '0', deposit: '10000000' },
  ...{ threshold: score(0.9), direction: 'maximize', step: score(0.001) },
  ...{ opens: time(OPENS), acceptBy: time(OPENS), deadline: time(DEADLINE), votesEnd: time(GRADE_BY) },
  ...{ gradeBy: time(GRADE_BY), end: time(GRADE_BY), patienceSeconds: 3_600, attempts: 5, attemptsPerDay: 5 },
  ...{ judge: null, gate: null, uniqueContent: false, truth: 'ab', opensTruth: true },
  ...{ oracles, quorum: 2, oracleFee: '1000000', verdictFee: '2000000', key: 'cd', manifest: 'bafymanifest' },
  info: {
    ...{ title: 'Coffee grades', summary: '', tags: [], kind: 'tabular', license: 'CC0-1.0' },
    ...{ metric: 'accuracy', baseline: 0.5 },
  },
  ...{ submissions: 1, concluded: 0, decided: 0, scored: 0, unsettled: 0, solvers: 1, best: null },
  ...{ head: 0, kept: 0, due: 0, winners: 0, ranking: null, earnings: null, folded: false, endedAt: null },
  ...{ createdAt: time(OPENS), createdLedger: 2, createdTx: 'cc' },
  ...{ money, closing: null, shares: null, board: [], keptPlaces: [], judgeRanked: false, rankings: [] },
  ...{
    epochVotes: [],
    reveals: [],
    units: null,
    events: 3,
    defaults: [],
    recount: null,
    recountFollowed: false,
    atLedger: null,
  },
  _meta: {
    ...{ ledger: 9, ledgerClosedAt: time(NOW), lagSeconds: 1, completeSince: 2, contract: address('K', 'C') },
    ...{ whole: true, verifiedLedger: 9 },
    network: 'test',
  },
} satisfies Challenge as Challenge

/** Submission 1, open, with a deposit of 1 USDC. */
export const pending = {
  ...{
    challenge: 7,
    number: 1,
    solver: address('S'),
    attempt: 1,
    cid: 'bafyfile',
    commitment: null,
    units: 0,
    recount: null,
  },
  ...{ acceptedUnits: null, reserved: '0', asset: bounty.asset, deposit: '10000000', carried: '0' },
  ...{ submittedAt: time(NOW - 60_000), submitLedger: 5, submitTx: 'aa', status: 'pending', standing: 'pending' },
  ...{ reason: null, score: null, meetsThreshold: false, contentHash: null, decision: null, votes: [], ballot: null },
  votesWhole: true,
  heardAt: null,
  flags: { carried: false, passed: false, kept: false, held: false, prizePaid: false, byJudge: false },
  ...{ next: null, queuePosition: 1, verdictAt: null, verdictLedger: null, verdictTx: null, report: null },
  ...{ won: false, place: null, due: false, waiting: false, prize: '0', prizeToCome: '0' },
  ...{ owed: { prize: '0', carry: '0', deposit: '0', pay: '0', total: '0' }, payment: null },
} satisfies Submission as Submission

export const CONTENT = '0'.repeat(63)

export const scoreVote = (oracle: string, value: number): Vote => ({
  ...{ oracle, verdict: 'scored', reason: null, score: score(value), contentHash: `${CONTENT}1`, units: 0 },
  ...{ late: false, improved: false, report: 'bafyreport', at: time(NOW), tx: 'ee' },
})

/** Concluded with this score and paid what came of it in the same call. */
export const scored = (value: number, amount = '510000000'): Submission => ({
  ...pending,
  ...{ status: 'scored', standing: 'scored', score: score(value), meetsThreshold: value >= 0.9, queuePosition: null },
  ...{ contentHash: `${CONTENT}1`, verdictAt: time(NOW), verdictTx: 'bb', report: 'bafyreport' },
  payment: { amount, at: time(NOW), tx: 'bb' },
})

export const placeOf = (number: number, letter: string, patch: Partial<Place> = {}): Place => ({
  ...{ place: 1, solver: address(letter), number, attempt: 1, score: score(0.95), prize: '500000000' },
  ...{ due: true, waiting: false, paid: false, ...patch },
})

/** The same with prizes of 60 and 40 USDC by rank. */
export const ranked: Challenge = {
  ...bounty,
  ...{ payout: { rule: 'ranked', prizes: ['600000000', '400000000'] }, prize: '1000000000', ranking: 'open' },
  votesEnd: time(GRADE_BY - 3_600_000),
}

/** The same with a judge, who has two more days. */
export const judged = (of: Challenge = bounty): Challenge => ({
  ...of,
  ...{ judge: { address: address('J'), judgeBy: time(JUDGE_BY) }, end: time(JUDGE_BY) },
})
