/** How what became of challenges is written. */
import { prizesOf } from '@stellartrain/contracts-client/rules'
import { boardOf } from '../../project/lists.ts'
import type {
  ChallengeRow,
  OracleKeyRow,
  OracleSeat,
  PlaceRow,
  RankingPost,
  RevealRow,
  SharesRow,
} from '../../project/model.ts'
import { NUMERIC, type Table } from './table.ts'

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
