/** How submissions, what was said of them and what they were paid is written. */
import { packFlags } from '@stellartrain/contracts-client/rules'
import type { BestScoreRow, ClaimRow, EpochVote, PaymentRow, SubmissionRow, VoteRecord } from '../../project/model.ts'
import { contentIn, reasonIn, scoreIn, unitsIn } from '../../project/verdicts.ts'
import { NUMERIC, type Table } from './table.ts'

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
