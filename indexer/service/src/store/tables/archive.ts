/** How a raw event is written. */
import type { Table } from './table.ts'

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
