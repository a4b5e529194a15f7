/** How each row of the state is written: one list of columns per table, used by COPY, by upserts and by the comparison. */
import type {
  BoardPlace,
  ChallengeRow,
  ClaimRow,
  EpochVote,
  OracleKeyRow,
  OracleSeat,
  PaymentRow,
  RankingPost,
  RevealRow,
  SubmissionRow,
  VoteRecord,
} from '../project/model.ts'

export type Value = string | number | bigint | boolean | null

export type Table<Row> = {
  name: string
  key: readonly string[]
  /** [column, SQL type, value] */
  columns: readonly (readonly [string, string, (row: Row) => Value | readonly string[]])[]
}

const NUMERIC = 'numeric'

export type RawEvent = {
  id: string
  ledger: number
  closedAt: number
  txHash: string
  type: string
  challenge: number | null
  topics: readonly string[]
  value: string
}

export const EVENTS: Table<RawEvent> = {
  name: 'events',
  key: ['id'],
  columns: [
    ['id', 'text', (e) => e.id],
    ['ledger', 'int', (e) => e.ledger],
    ['closed_at', 'bigint', (e) => e.closedAt],
    ['tx_hash', 'text', (e) => e.txHash],
    ['type', 'text', (e) => e.type],
    ['challenge', 'bigint', (e) => e.challenge],
    ['topics', 'text[]', (e) => e.topics],
    ['value', 'text', (e) => e.value],
  ],
}

export const CHALLENGES: Table<ChallengeRow> = {
  name: 'challenges',
  key: ['id'],
  columns: [
    ['id', 'bigint', (c) => c.id],
    ['maker', 'text', (c) => c.maker],
    ['token', 'text', (c) => c.terms.token],
    ['rule', 'text', (c) => c.terms.payout.rule],
    ['reward', NUMERIC, (c) => (c.terms.payout.rule === 'bounty' ? c.terms.payout.reward : 0n)],
    ['max_winners', 'int', (c) => (c.terms.payout.rule === 'bounty' ? c.terms.payout.winners : 0)],
    [
      'prizes',
      'json',
      (c) => (c.terms.payout.rule === 'ranked' ? JSON.stringify(c.terms.payout.prizes.map(String)) : '[]'),
    ],
    ['rate', NUMERIC, (c) => (c.terms.payout.rule === 'per_unit' ? c.terms.payout.rate : 0n)],
    ['max_units', 'bigint', (c) => (c.terms.payout.rule === 'per_unit' ? c.terms.payout.maxUnits : 0)],
    ['quorum', 'int', (c) => c.terms.quorum],
    ['oracle_fee', NUMERIC, (c) => c.terms.oracleFee],
    ['deposit', NUMERIC, (c) => c.terms.deposit],
    ['threshold', 'bigint', (c) => c.terms.threshold],
    ['direction', 'text', (c) => c.terms.direction],
    ['step', 'bigint', (c) => c.terms.step],
    ['opens', NUMERIC, (c) => c.terms.opens],
    ['accept_by', NUMERIC, (c) => c.terms.acceptBy],
    ['deadline', NUMERIC, (c) => c.terms.deadline],
    ['patience', NUMERIC, (c) => c.terms.patience],
    ['grade_by', NUMERIC, (c) => c.terms.gradeBy],
    ['silence_share', 'int', (c) => c.terms.silenceShare],
    ['attempts', 'bigint', (c) => c.terms.attempts],
    ['attempts_per_day', 'bigint', (c) => c.terms.attemptsPerDay],
    ['opens_truth', 'boolean', (c) => c.terms.opensTruth],
    ['manifest', 'text', (c) => c.terms.manifest],
    ['prize', NUMERIC, (c) => c.prize],
    ['added', NUMERIC, (c) => c.added],
    ['created_at', 'bigint', (c) => c.createdAt],
    ['created_ledger', 'int', (c) => c.createdLedger],
    ['created_tx', 'text', (c) => c.createdTx],
    ['status', 'text', (c) => c.status],
    ['submitted', 'bigint', (c) => c.submitted],
    ['finalized', 'bigint', (c) => c.finalized],
    ['escrow', NUMERIC, (c) => c.escrow],
    ['reserved', NUMERIC, (c) => c.reserved],
    ['fee_budget', NUMERIC, (c) => c.feeBudget],
    ['deposits', NUMERIC, (c) => c.deposits],
    ['held', NUMERIC, (c) => c.held],
    ['winners', 'int', (c) => c.winners],
    ['reject_voted', 'bigint', (c) => c.rejectVoted],
    ['unsettled', 'bigint', (c) => c.unsettled],
    ['unsettled_eligible', 'bigint', (c) => c.unsettledEligible],
    ['ranking', 'text', (c) => c.ranking],
    ['epochs', 'int', (c) => c.epochs],
    ['earned', NUMERIC, (c) => c.earned],
    ['claimed', NUMERIC, (c) => c.claimed],
    ['silence', NUMERIC, (c) => c.silence],
    ['ended', 'bigint', (c) => c.ended],
    ['closed', 'boolean', (c) => c.closed],
    ['cancelled_at', 'bigint', (c) => c.cancelledAt],
    ['seats', 'int', (c) => c.seats.length],
    ['accepted', 'int', (c) => c.seats.filter((seat) => seat.keyVersion > 0).length],
    ['paid', NUMERIC, (c) => c.paid],
    ['refunded', NUMERIC, (c) => c.refunded],
    ['solvers', 'bigint', (c) => c.solvers],
    ['best', 'bigint', (c) => c.best],
    ['events', 'bigint', (c) => c.events],
  ],
}

export type SeatRow = OracleSeat & { challenge: number; place: number }

export const SEATS: Table<SeatRow> = {
  name: 'challenge_oracles',
  key: ['challenge', 'place'],
  columns: [
    ['challenge', 'bigint', (s) => s.challenge],
    ['place', 'int', (s) => s.place],
    ['address', 'text', (s) => s.address],
    ['key_version', 'bigint', (s) => s.keyVersion],
    ['accepted_at', 'bigint', (s) => s.acceptedAt],
    ['accept_tx', 'text', (s) => s.acceptTx],
    ['cursor', 'bigint', (s) => s.cursor],
    ['votes', 'bigint', (s) => s.votes],
    ['agreed', 'bigint', (s) => s.agreed],
    ['disagreed', 'bigint', (s) => s.disagreed],
    ['missed', 'bigint', (s) => s.missed],
    ['fees_earned', NUMERIC, (s) => s.feesEarned],
    ['fees_withdrawn', NUMERIC, (s) => s.feesWithdrawn],
  ],
}

export const SUBMISSIONS: Table<SubmissionRow> = {
  name: 'submissions',
  key: ['challenge', 'number'],
  columns: [
    ['challenge', 'bigint', (s) => s.challenge],
    ['number', 'bigint', (s) => s.number],
    ['solver', 'text', (s) => s.solver],
    ['attempt', 'bigint', (s) => s.attempt],
    ['cid', 'text', (s) => s.cid],
    ['units', 'bigint', (s) => s.units],
    ['deposit', NUMERIC, (s) => s.deposit],
    ['carried', NUMERIC, (s) => s.carried],
    ['submitted_at', 'bigint', (s) => s.submittedAt],
    ['submit_ledger', 'int', (s) => s.submitLedger],
    ['submit_tx', 'text', (s) => s.submitTx],
    ['verdict', 'text', (s) => s.verdict],
    ['reason', 'int', (s) => s.reason],
    ['score', 'bigint', (s) => s.score],
    ['content_hash', 'text', (s) => s.contentHash],
    ['accepted_units', 'bigint', (s) => s.acceptedUnits],
    ['flags', 'int', (s) => s.flags],
    ['verdict_at', 'bigint', (s) => s.verdictAt],
    ['verdict_ledger', 'int', (s) => s.verdictLedger],
    ['verdict_tx', 'text', (s) => s.verdictTx],
    ['report', 'text', (s) => s.report],
    ['prize', NUMERIC, (s) => s.prize],
    ['silence', NUMERIC, (s) => s.silence],
    ['paid', NUMERIC, (s) => s.paid],
    ['paid_at', 'bigint', (s) => s.paidAt],
    ['paid_tx', 'text', (s) => s.paidTx],
  ],
}

export const VOTES: Table<VoteRecord> = {
  name: 'votes',
  key: ['challenge', 'number', 'oracle'],
  columns: [
    ['challenge', 'bigint', (v) => v.challenge],
    ['number', 'bigint', (v) => v.number],
    ['oracle', 'int', (v) => v.oracle],
    ['event_id', 'text', (v) => v.eventId],
    ['verdict', 'text', (v) => v.verdict],
    ['reason', 'int', (v) => v.reason],
    ['score', 'bigint', (v) => v.score],
    ['content_hash', 'text', (v) => v.contentHash],
    ['units', 'bigint', (v) => v.units],
    ['report', 'text', (v) => v.report],
    ['at', 'bigint', (v) => v.at],
    ['ledger', 'int', (v) => v.ledger],
    ['tx', 'text', (v) => v.tx],
  ],
}

export const PAYMENTS: Table<PaymentRow> = {
  name: 'payments',
  key: ['challenge', 'number', 'event_id'],
  columns: [
    ['event_id', 'text', (p) => p.eventId],
    ['challenge', 'bigint', (p) => p.challenge],
    ['number', 'bigint', (p) => p.number],
    ['solver', 'text', (p) => p.solver],
    ['token', 'text', (p) => p.token],
    ['prize', NUMERIC, (p) => p.prize],
    ['deposit', NUMERIC, (p) => p.deposit],
    ['silence', NUMERIC, (p) => p.silence],
    ['at', 'bigint', (p) => p.at],
    ['tx', 'text', (p) => p.tx],
  ],
}

export const ORACLE_KEYS: Table<OracleKeyRow> = {
  name: 'oracle_keys',
  key: ['oracle', 'version'],
  columns: [
    ['oracle', 'text', (k) => k.oracle],
    ['version', 'bigint', (k) => k.version],
    ['key', 'text', (k) => k.key],
    ['url', 'text', (k) => k.url],
    ['metadata', 'text', (k) => k.metadata],
    ['at', 'bigint', (k) => k.at],
    ['tx', 'text', (k) => k.tx],
  ],
}

export const REVEALS: Table<RevealRow> = {
  name: 'reveals',
  key: ['challenge', 'by'],
  columns: [
    ['challenge', 'bigint', (r) => r.challenge],
    ['by', 'text', (r) => r.by],
    ['cid', 'text', (r) => r.cid],
    ['at', 'bigint', (r) => r.at],
    ['tx', 'text', (r) => r.tx],
  ],
}

export type PlaceRow = BoardPlace & { challenge: number; place: number }

export const BOARDS: Table<PlaceRow> = {
  name: 'boards',
  key: ['challenge', 'place'],
  columns: [
    ['challenge', 'bigint', (p) => p.challenge],
    ['place', 'int', (p) => p.place],
    ['solver', 'text', (p) => p.solver],
    ['attempt', 'bigint', (p) => p.attempt],
    ['number', 'bigint', (p) => p.number],
    ['score', 'bigint', (p) => p.score],
  ],
}

export const RANKINGS: Table<RankingPost> = {
  name: 'rankings',
  key: ['challenge', 'oracle'],
  columns: [
    ['challenge', 'bigint', (r) => r.challenge],
    ['oracle', 'int', (r) => r.oracle],
    ['event_id', 'text', (r) => r.eventId],
    ['report', 'text', (r) => r.report],
    [
      'rows',
      'json',
      (r) => JSON.stringify(r.rows.map(({ solver, attempt, score }) => [solver, attempt, String(score)])),
    ],
    ['quorum', 'boolean', (r) => r.quorum],
    ['at', 'bigint', (r) => r.at],
    ['ledger', 'int', (r) => r.ledger],
    ['tx', 'text', (r) => r.tx],
  ],
}

export const EPOCH_VOTES: Table<EpochVote> = {
  name: 'epoch_votes',
  key: ['challenge', 'epoch', 'round', 'oracle'],
  columns: [
    ['challenge', 'bigint', (v) => v.challenge],
    ['epoch', 'bigint', (v) => v.epoch],
    ['round', 'int', (v) => v.round],
    ['oracle', 'int', (v) => v.oracle],
    ['event_id', 'text', (v) => v.eventId],
    ['root', 'text', (v) => v.root],
    ['total', NUMERIC, (v) => v.total],
    ['report', 'text', (v) => v.report],
    ['quorum', 'boolean', (v) => v.quorum],
    ['fees', NUMERIC, (v) => v.fees],
    ['at', 'bigint', (v) => v.at],
    ['ledger', 'int', (v) => v.ledger],
    ['tx', 'text', (v) => v.tx],
  ],
}

export const CLAIMS: Table<ClaimRow> = {
  name: 'claims',
  key: ['challenge', 'event_id'],
  columns: [
    ['event_id', 'text', (c) => c.eventId],
    ['challenge', 'bigint', (c) => c.challenge],
    ['labeler', 'text', (c) => c.labeler],
    ['token', 'text', (c) => c.token],
    ['epoch', 'bigint', (c) => c.epoch],
    ['amount', NUMERIC, (c) => c.amount],
    ['cumulative', NUMERIC, (c) => c.cumulative],
    ['at', 'bigint', (c) => c.at],
    ['tx', 'text', (c) => c.tx],
  ],
}

/** What `rebuild` empties and makes again from the archive. */
export const PROJECTIONS = [
  ...[CHALLENGES, SEATS, SUBMISSIONS, VOTES, PAYMENTS, ORACLE_KEYS, REVEALS],
  ...[BOARDS, RANKINGS, EPOCH_VOTES, CLAIMS],
].map((table) => table.name)
