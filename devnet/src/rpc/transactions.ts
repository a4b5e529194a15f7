/** getTransaction and getTransactions. */

import type { DevnetNode } from '../chain/node.ts'
import { invalidParams } from '../errors.ts'
import type { TransactionRow } from '../history/record.ts'
import { checkFormat, ledgerPage, type Params, text } from './params.ts'

const MAX_LIMIT = 200
const DEFAULT_LIMIT = 50

export function getTransaction(node: DevnetNode, params: Params) {
  checkFormat(params)
  const hash = text(params, 'hash') ?? ''
  if (hash.length !== 64) throw invalidParams(`unexpected hash length (${hash.length})`)
  if (!/^[0-9a-f]+$/i.test(hash)) throw invalidParams(`incorrect hash: ${hash}`)
  const { first, last } = node.history
  const range = {
    latestLedger: last.sequence,
    latestLedgerCloseTime: String(last.closeTime),
    oldestLedger: first.sequence,
    oldestLedgerCloseTime: String(first.closeTime),
  }
  const row = node.history.transaction(hash.toLowerCase())
  if (!row) {
    const nothing = { txHash: hash, applicationOrder: 0, feeBump: false, events: {}, ledger: 0, createdAt: '0' }
    return { ...range, status: 'NOT_FOUND', ...nothing }
  }
  return { ...range, ...details(row), createdAt: String(row.closeTime) }
}

function details(row: TransactionRow) {
  return {
    status: row.success ? 'SUCCESS' : 'FAILED',
    txHash: row.hash,
    applicationOrder: row.applicationOrder,
    feeBump: row.feeBump,
    envelopeXdr: row.envelope.toString('base64'),
    resultXdr: row.result.toString('base64'),
    resultMetaXdr: row.meta.toString('base64'),
    ...(row.diagnosticEvents.length > 0 && { diagnosticEventsXdr: row.diagnosticEvents }),
    events: { transactionEventsXdr: row.transactionEvents, ...contractEvents(row) },
    ledger: row.ledger,
  }
}

/** A list for each operation, with or without events; of a failed transaction nothing. */
function contractEvents(row: TransactionRow) {
  if (!row.success) return {}
  // In a result, the number of operations follows fee and code; those of a fee bump, and the inner hash, come before.
  const operations = row.result.readUInt32BE(row.feeBump ? 56 : 12)
  return { contractEventsXdr: Array.from({ length: operations }, (_, index) => row.contractEvents[index] ?? []) }
}

export function getTransactions(node: DevnetNode, params: Params) {
  checkFormat(params)
  const { first, last } = node.history
  const { cursor, startLedger, limit: asked } = ledgerPage(params, MAX_LIMIT, first.sequence, last.sequence)
  const after = cursor === undefined ? toid(startLedger, 0) : readCursor(cursor)
  const limit = asked || DEFAULT_LIMIT
  const found: TransactionRow[] = []
  scan: for (const ledger of node.history.ledgersFrom(Number(after >> 32n))) {
    for (const row of node.history.decode(ledger).transactions) {
      if (toid(row.ledger, row.applicationOrder) <= after) continue
      if (found.push(row) >= limit) break scan
    }
  }
  const end = found.length === limit ? found.at(-1) : node.history.decode(last).transactions.at(-1)
  return {
    transactions: found.map((row) => ({ ...details(row), createdAt: row.closeTime })),
    latestLedger: last.sequence,
    latestLedgerCloseTimestamp: last.closeTime,
    oldestLedger: first.sequence,
    oldestLedgerCloseTimestamp: first.closeTime,
    cursor: String(end ? toid(end.ledger, end.applicationOrder) | 1n : toid(last.sequence, 0) | 1n),
  }
}

const toid = (ledger: number, transaction: number): bigint => (BigInt(ledger) << 32n) | (BigInt(transaction) << 12n)

/** The transaction that a cursor names; its operation does not matter. */
function readCursor(cursor: string): bigint {
  if (!/^\d{1,19}$/.test(cursor)) throw invalidParams(`invalid cursor: ${cursor}`)
  return BigInt(cursor) & ~0xfffn
}
