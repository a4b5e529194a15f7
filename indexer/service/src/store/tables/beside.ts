/** How what contracts beside the main one say is written: records and badges, and the judge that grades. */
import type { BadgeRow, BurnRow, FoldRow, RecountOpening, RecountRow } from '../../project/model.ts'
import { NUMERIC, type Table } from './table.ts'

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
