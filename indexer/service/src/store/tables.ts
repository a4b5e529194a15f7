/** How each row of the state is written: one list of columns per table, used by COPY, by upserts and by the comparison. */
import { packFlags, prizesOf } from '@stellartrain/contracts-client/rules'
import { boardOf } from '../project/lists.ts'
import type {
  BadgeRow,
  BestScoreRow,
  BurnRow,
  ChallengeRow,
  ClaimRow,
  EpochVote,
  FoldRow,
  OracleKeyRow,
  OracleSeat,
  PaymentRow,
  PlaceRow,
  RankingPost,
  RecountOpening,
  RecountRow,
  RevealRow,
  SharesRow,
  SubmissionRow,
  VoteRecord,
} from '../project/model.ts'
import { contentIn, reasonIn, scoreIn, unitsIn } from '../project/verdicts.ts'

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
  /** As the API gives it, JSON; null: this version cannot read it. */
  data: string | null
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
    ['data', 'text', (e) => e.data],
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
    ['prizes', 'json', (c) => JSON.stringify(prizesOf(c.terms).map(String))],
    ['rate', NUMERIC, (c) => (c.terms.payout.rule === 'per_unit' ? c.terms.payout.rate : 0n)],
    ['max_units', 'bigint', (c) => (c.terms.payout.rule === 'per_unit' ? c.terms.payout.maxUnits : 0)],
    ['oracle_fee', NUMERIC, (c) => c.terms.oracleFee],
    ['deposit', NUMERIC, (c) => c.terms.deposit],
    ['threshold', 'bigint', (c) => c.terms.threshold],
    ['direction', 'text', (c) => c.terms.direction],
    ['step', 'bigint', (c) => c.terms.step],
    ['opens', 'bigint', (c) => c.terms.opens],
    ['accept_by', 'bigint', (c) => c.terms.acceptBy],
    ['deadline', 'bigint', (c) => c.terms.deadline],
    ['patience', 'bigint', (c) => c.terms.patience],
    ['grade_by', 'bigint', (c) => c.terms.gradeBy],
    ['judge', 'text', (c) => c.terms.judge?.address ?? null],
    ['judge_by', 'bigint', (c) => c.terms.judge?.by ?? null],
    ['gate', 'text', (c) => c.terms.gate],
    ['attempts', 'bigint', (c) => c.terms.attempts],
    ['attempts_per_day', 'bigint', (c) => c.terms.attemptsPerDay],
    ['unique_content', 'boolean', (c) => c.terms.uniqueContent],
    ['truth', 'text', (c) => c.terms.truth],
    ['opens_truth', 'boolean', (c) => c.terms.opensTruth],
    ['manifest', 'text', (c) => c.terms.manifest],
    ['prize', NUMERIC, (c) => c.prize],
    ['added', NUMERIC, (c) => c.added],
    ['fees_added', NUMERIC, (c) => c.feesAdded],
    ['created_at', 'bigint', (c) => c.createdAt],
    ['created_ledger', 'int', (c) => c.createdLedger],
    ['created_tx', 'text', (c) => c.createdTx],
    ['seats', 'int', (c) => c.seats.length],
    ['accepted', 'int', (c) => c.seats.filter((seat) => seat.keyVersion > 0).length],
    ['key', 'text', (c) => c.key],
    ['cancelled', 'boolean', (c) => c.facts.cancelled],
    ['cancelled_at', 'bigint', (c) => c.cancelledAt],
    ['ended_at', 'bigint', (c) => c.endedAt],
    ['submitted', 'bigint', (c) => c.facts.submitted],
    ['concluded', 'bigint', (c) => c.facts.concluded],
    ['decided', 'bigint', (c) => c.facts.decided],
    ['head', 'bigint', (c) => c.facts.head],
    ['kept', 'bigint', (c) => c.facts.kept],
    ['due', 'int', (c) => c.facts.board.due],
    ['rows', 'int', (c) => boardOf(c.facts).length],
    ['scored', 'bigint', (c) => c.facts.scored],
    ['unsettled', 'bigint', (c) => c.unsettled],
    ['placed', 'text', (c) => c.facts.rankings.placed],
    ['judge_ranked', 'boolean', (c) => c.facts.rankings.judge !== null],
    ['ranking_fixed', 'text', (c) => c.rankingFixed],
    ['escrow', NUMERIC, (c) => c.purse.escrow],
    ['reserved', NUMERIC, (c) => c.purse.reserved],
    ['prizes_due', NUMERIC, (c) => c.purse.prizes],
    ['budget', NUMERIC, (c) => c.purse.budget],
    ['held_fees', NUMERIC, (c) => c.purse.heldFees],
    ['ranking_fees', NUMERIC, (c) => c.purse.rankingFees],
    ['deposits', NUMERIC, (c) => c.purse.deposits],
    ['carried', NUMERIC, (c) => c.purse.carried],
    ['owed', NUMERIC, (c) => c.purse.owed],
    ['oracles_fees', NUMERIC, (c) => feesHeld(c)],
    ['epochs', 'int', (c) => c.epochs],
    ['earned', NUMERIC, (c) => c.earned],
    ['claimed', NUMERIC, (c) => c.claimed],
    ['folded', 'text', (c) => c.folded],
    ['opened', 'boolean', (c) => c.opened],
    ['unopened', 'boolean', (c) => c.unopened],
    ['paid', NUMERIC, (c) => c.paid],
    ['refunded', NUMERIC, (c) => c.refunded],
    ['solvers', 'bigint', (c) => c.solvers],
    ['best', 'bigint', (c) => c.best],
    ['events', 'bigint', (c) => c.events],
  ],
}

/** What the contract holds of the fees that oracles earned. */
const feesHeld = ({ seats }: ChallengeRow): bigint =>
  seats.reduce((sum, { feesEarned, feesWithdrawn }) => sum + feesEarned - feesWithdrawn, 0n)

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
    ['votes', 'bigint', (s) => s.tally.votes],
    ['unavailable', 'bigint', (s) => s.tally.unavailable],
    ['agreed', 'bigint', (s) => s.tally.agreed],
    ['disagreed', 'bigint', (s) => s.tally.disagreed],
    ['missing', 'bigint', (s) => s.tally.missing],
    ['open', 'bigint', (s) => s.tally.open],
    ['folded', 'boolean', (s) => s.folded !== null],
    ['folded_votes', 'bigint', (s) => s.folded?.votes ?? 0],
    ['folded_unavailable', 'bigint', (s) => s.folded?.unavailable ?? 0],
    ['folded_agreed', 'bigint', (s) => s.folded?.agreed ?? 0],
    ['folded_disagreed', 'bigint', (s) => s.folded?.disagreed ?? 0],
    ['folded_missing', 'bigint', (s) => s.folded?.missing ?? 0],
    ['fees_earned', NUMERIC, (s) => s.feesEarned],
    ['fees_withdrawn', NUMERIC, (s) => s.feesWithdrawn],
  ],
}

export const SUBMISSIONS: Table<SubmissionRow> = {
  name: 'submissions',
  key: ['challenge', 'number'],
  columns: [
    ['challenge', 'bigint', (s) => s.challenge],
    ['number', 'bigint', (s) => s.facts.number],
    ['solver', 'text', (s) => s.facts.solver],
    ['attempt', 'bigint', (s) => s.attempt],
    ['cid', 'text', (s) => s.cid],
    ['commitment', 'text', (s) => s.commitment],
    ['units', 'bigint', (s) => s.facts.units],
    ['submitted_at', 'bigint', (s) => s.facts.time],
    ['submit_ledger', 'int', (s) => s.submitLedger],
    ['submit_tx', 'text', (s) => s.submitTx],
    ['status', 'text', (s) => s.facts.status.status],
    ['reason', 'int', (s) => reasonIn(s.facts.status)],
    ['score', 'bigint', (s) => scoreIn(s.facts.status)],
    ['content_hash', 'text', (s) => contentIn(s.facts.status)],
    ['accepted_units', 'bigint', (s) => unitsIn(s.facts.status)],
    ['flags', 'int', (s) => packFlags(s.facts)],
    ['voted', 'int', (s) => s.voted],
    ['heard_at', 'bigint', (s) => s.facts.votes.mth ?? 0],
    ['deciders', 'int', (s) => s.deciders],
    ['decided_at', 'bigint', (s) => s.decidedAt],
    ['by', 'text', (s) => String(s.by)],
    ['verdict_at', 'bigint', (s) => s.verdictAt],
    ['verdict_ledger', 'int', (s) => s.verdictLedger],
    ['verdict_tx', 'text', (s) => s.verdictTx],
    ['report', 'text', (s) => s.report],
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
    ['verdict', 'text', (v) => v.verdict.status],
    ['reason', 'int', (v) => reasonIn(v.verdict)],
    ['score', 'bigint', (v) => scoreIn(v.verdict)],
    ['content_hash', 'text', (v) => contentIn(v.verdict)],
    ['units', 'bigint', (v) => unitsIn(v.verdict)],
    ['late', 'boolean', (v) => v.late],
    ['improved', 'boolean', (v) => v.improved],
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
    ['pay', NUMERIC, (p) => p.pay],
    ['back', NUMERIC, (p) => p.back],
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

export const SHARES: Table<SharesRow> = {
  name: 'shares',
  key: ['challenge'],
  columns: [
    ['challenge', 'bigint', (s) => s.challenge],
    ['shares', 'text', (s) => s.shares],
    ['at', 'bigint', (s) => s.at],
    ['tx', 'text', (s) => s.tx],
  ],
}

export const PLACES: Table<PlaceRow> = {
  name: 'places',
  key: ['challenge', 'list', 'place'],
  columns: [
    ['challenge', 'bigint', (p) => p.challenge],
    ['list', 'text', (p) => p.list],
    ['place', 'int', (p) => p.place],
    ['solver', 'text', (p) => p.solver],
    ['number', 'bigint', (p) => p.number],
    ['score', 'bigint', (p) => p.score],
    ['due_from', 'bigint', (p) => p.dueFrom],
  ],
}

export const RANKINGS: Table<RankingPost> = {
  name: 'rankings',
  key: ['challenge', 'by'],
  columns: [
    ['challenge', 'bigint', (r) => r.challenge],
    ['by', 'int', (r) => r.by],
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
  key: ['challenge', 'epoch', 'oracle'],
  columns: [
    ['challenge', 'bigint', (v) => v.challenge],
    ['epoch', 'bigint', (v) => v.epoch],
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

export const BEST_SCORES: Table<BestScoreRow> = {
  name: 'best_scores',
  key: ['challenge', 'event_id', 'number'],
  columns: [
    ['challenge', 'bigint', (b) => b.challenge],
    ['event_id', 'text', (b) => b.eventId],
    ['number', 'bigint', (b) => b.number],
    ['solver', 'text', (b) => b.solver],
    ['score', 'bigint', (b) => b.score],
    ['at', 'bigint', (b) => b.at],
    ['tx', 'text', (b) => b.tx],
  ],
}

export const FOLDS: Table<FoldRow> = {
  name: 'folds',
  key: ['challenge', 'number'],
  columns: [
    ['challenge', 'bigint', (f) => f.challenge],
    ['number', 'bigint', (f) => f.number],
    ['solver', 'text', (f) => f.solver],
    ['attempt', 'bigint', (f) => f.attempt],
    ['verdict', 'text', (f) => f.verdict],
    ['score', 'bigint', (f) => f.score],
    ['prize', NUMERIC, (f) => f.prize],
    ['token', 'text', (f) => f.token],
    ['event_id', 'text', (f) => f.eventId],
    ['at', 'bigint', (f) => f.at],
    ['ledger', 'int', (f) => f.ledger],
    ['tx', 'text', (f) => f.tx],
  ],
}

export const BADGES: Table<BadgeRow> = {
  name: 'badges',
  key: ['id'],
  columns: [
    ['id', 'bigint', (b) => b.id],
    ['challenge', 'bigint', (b) => b.challenge],
    ['number', 'bigint', (b) => b.number],
    ['solver', 'text', (b) => b.solver],
    ['attempt', 'bigint', (b) => b.attempt],
    ['score', 'bigint', (b) => b.score],
    ['prize', NUMERIC, (b) => b.prize],
    ['token', 'text', (b) => b.token],
    ['event_id', 'text', (b) => b.eventId],
    ['at', 'bigint', (b) => b.at],
    ['ledger', 'int', (b) => b.ledger],
    ['tx', 'text', (b) => b.tx],
  ],
}

export const BURNS: Table<BurnRow> = {
  name: 'burns',
  key: ['badge'],
  columns: [
    ['badge', 'bigint', (b) => b.badge],
    ['owner', 'text', (b) => b.owner],
    ['event_id', 'text', (b) => b.eventId],
    ['at', 'bigint', (b) => b.at],
    ['ledger', 'int', (b) => b.ledger],
    ['tx', 'text', (b) => b.tx],
  ],
}

export const RECOUNT_OPENINGS: Table<RecountOpening> = {
  name: 'recount_openings',
  key: ['event_id'],
  columns: [
    ['event_id', 'text', (o) => o.eventId],
    ['challenge', 'bigint', (o) => o.challenge],
    ['kind', 'text', (o) => o.kind],
    ['solver', 'text', (o) => o.solver],
    ['attempt', 'bigint', (o) => o.attempt],
    ['place', 'bigint', (o) => o.place],
    ['rows', 'bigint', (o) => o.rows],
    ['complete', 'boolean', (o) => o.complete],
    ['at', 'bigint', (o) => o.at],
    ['ledger', 'int', (o) => o.ledger],
    ['tx', 'text', (o) => o.tx],
  ],
}

export const RECOUNTS: Table<RecountRow> = {
  name: 'recounts',
  key: ['challenge', 'solver', 'attempt'],
  columns: [
    ['challenge', 'bigint', (r) => r.challenge],
    ['solver', 'text', (r) => r.solver],
    ['attempt', 'bigint', (r) => r.attempt],
    ['score', 'bigint', (r) => r.score],
    ['private', 'bigint', (r) => r.private],
    ['content_hash', 'text', (r) => r.contentHash],
    ['copied', 'boolean', (r) => r.copied],
    ['event_id', 'text', (r) => r.eventId],
    ['at', 'bigint', (r) => r.at],
    ['ledger', 'int', (r) => r.ledger],
    ['tx', 'text', (r) => r.tx],
  ],
}

/** What `rebuild` empties and makes again from the archive. */
export const PROJECTIONS = [
  ...[CHALLENGES, SEATS, SUBMISSIONS, VOTES, PAYMENTS, ORACLE_KEYS, REVEALS],
  ...[SHARES, PLACES, RANKINGS, EPOCH_VOTES, CLAIMS, BEST_SCORES, FOLDS, BADGES, BURNS],
  ...[RECOUNT_OPENINGS, RECOUNTS],
].map((table) => table.name)
