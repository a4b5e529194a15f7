/** A closed ledger's record, as the host writes it and the journal keeps it. */

import { contractAddress } from '../strkey.ts'
import { Reader } from '../wire.ts'
import { eventId } from './cursor.ts'

/** What a transaction used, in instructions, bytes, entries and stroops. */
export interface Costs {
  instructions: number
  memory: number
  readEntries: number
  readBytes: number
  diskReadBytes: number
  writeEntries: number
  writeBytes: number
  eventBytes: number
  transactionBytes: number
  fee: number
  rentFee: number
  resourceFeeBid: number
}

export interface EventRow {
  id: string
  type: 'contract' | 'system' | 'diagnostic'
  ledger: number
  closeTime: number
  contractId: string
  topics: string[]
  value: string
  transactionHash: string
  /** Whether its transaction succeeded; fees are charged of failed ones, too. */
  successful: boolean
  transactionIndex: number
  operationIndex: number
}

export interface TransactionRow {
  hash: string
  /** The hash of what a fee bump wraps, else empty; a transaction is found by either. */
  innerHash: string
  ledger: number
  closeTime: number
  applicationOrder: number
  success: boolean
  feeBump: boolean
  soroban: boolean
  /** Stroops paid for inclusion, per operation of a classic transaction. */
  inclusionFee: number
  /** XDR, each a view of the record. */
  envelope: Buffer
  result: Buffer
  meta: Buffer
  contractEvents: string[][]
  transactionEvents: string[]
  diagnosticEvents: string[]
  costs: Costs
}

export interface LedgerRow {
  sequence: number
  closeTime: number
  hash: string
  transactions: TransactionRow[]
  events: EventRow[]
}

/** A ledger with no more of its transactions than the hashes by which they are found. */
export type Outline = Pick<LedgerRow, 'sequence' | 'closeTime' | 'hash'> & {
  transactions: readonly Pick<TransactionRow, 'hash' | 'innerHash'>[]
}

/** Header entry (XDR) of a record, without reading its transactions. */
export function headerOf(record: Uint8Array): Buffer {
  const reader = new Reader(record)
  reader.number()
  reader.number()
  reader.bytes()
  return reader.bytes()
}

/** What the index keeps of a record, without reading its transactions further than their hashes. */
export function outline(record: Uint8Array): Outline {
  const reader = new Reader(record)
  const [sequence, closeTime, hash] = [reader.number(), reader.number(), reader.bytes().toString('hex')]
  reader.bytes()
  reader.bytes()
  return { sequence, closeTime, hash, transactions: reader.list().map(hashesOf) }
}

/** The record's transactions as `hash`, and `innerHash` of a fee bump or empty. */
function hashesOf(bytes: Buffer): Pick<TransactionRow, 'hash' | 'innerHash'> {
  const reader = new Reader(bytes)
  const hash = reader.bytes().toString('hex')
  let last: Buffer = NO_BYTES
  while (!reader.done) last = reader.bytes()
  return { hash, innerHash: last.toString('hex') }
}

const NO_BYTES = Buffer.alloc(0)

export function parseRecord(record: Uint8Array): LedgerRow {
  const reader = new Reader(record)
  const ledger: LedgerRow = {
    sequence: reader.number(),
    closeTime: reader.number(),
    hash: reader.bytes().toString('hex'),
    transactions: [],
    events: [],
  }
  reader.bytes()
  reader.bytes()
  const transactions = reader.list()
  if (transactions.length === 0) return ledger
  const counters = { beforeAll: 0, afterAll: 0 }
  ledger.transactions = transactions.map((bytes, index) => parseTransaction(bytes, index + 1, ledger, counters))
  ledger.events.sort((a, b) => (a.id < b.id ? -1 : 1))
  return ledger
}

function parseTransaction(
  bytes: Buffer,
  order: number,
  ledger: LedgerRow,
  counters: { beforeAll: number; afterAll: number },
): TransactionRow {
  const reader = new Reader(bytes)
  const hash = reader.bytes().toString('hex')
  const [envelope, result, meta] = [reader.bytes(), reader.bytes(), reader.bytes()]
  reader.bytes()
  reader.bytes()
  const flags = reader.number()
  const inclusionFee = reader.number()
  const row: TransactionRow = {
    hash,
    innerHash: '',
    ledger: ledger.sequence,
    closeTime: ledger.closeTime,
    applicationOrder: order,
    success: (flags & 1) !== 0,
    feeBump: (flags & 2) !== 0,
    soroban: (flags & 4) !== 0,
    inclusionFee,
    envelope,
    result,
    meta,
    contractEvents: [],
    transactionEvents: [],
    diagnosticEvents: [],
    costs: NO_COSTS,
  }
  for (const event of reader.list()) readEvent(event, row, ledger, counters)
  row.diagnosticEvents = reader.list().map((event) => event.toString('base64'))
  row.costs = parseCosts(reader.list())
  row.innerHash = reader.bytes().toString('hex')
  return row
}

const TYPES = ['system', 'contract', 'diagnostic'] as const
const MAX_TRANSACTION = 0xfffff
const MAX_OPERATION = 0xfff
const STAGE = { beforeAll: 0, afterTransaction: 1, afterAll: 2, operation: 3 } as const

/** Puts an event where the official server puts it: fees before and refunds after all of a ledger's transactions. */
function readEvent(
  bytes: Buffer,
  row: TransactionRow,
  ledger: LedgerRow,
  counters: { beforeAll: number; afterAll: number },
): void {
  const reader = new Reader(bytes)
  const stage = reader.number()
  const operation = reader.number()
  const type = TYPES[reader.number()] ?? 'diagnostic'
  const contract = reader.bytes()
  const topics = reader.list().map((topic) => topic.toString('base64'))
  const value = reader.base64()
  const xdr = reader.base64()
  let [transactionIndex, operationIndex, index] = [row.applicationOrder, operation, 0]
  if (stage === STAGE.operation) {
    while (row.contractEvents.length <= operation) row.contractEvents.push([])
    const events = row.contractEvents[operation]!
    index = events.push(xdr) - 1
  } else {
    // The stage stands before the event in a TransactionEvent.
    row.transactionEvents.push(Buffer.concat([stageBytes(stage), Buffer.from(xdr, 'base64')]).toString('base64'))
    if (stage === STAGE.beforeAll) [transactionIndex, operationIndex, index] = [0, 0, counters.beforeAll++]
    else if (stage === STAGE.afterAll)
      [transactionIndex, operationIndex, index] = [MAX_TRANSACTION, 0, counters.afterAll++]
    else operationIndex = MAX_OPERATION
  }
  ledger.events.push({
    id: eventId(ledger.sequence, transactionIndex, operationIndex, index),
    type,
    ledger: ledger.sequence,
    closeTime: ledger.closeTime,
    contractId: contract.length === 0 ? '' : contractAddress(contract),
    topics,
    value,
    transactionHash: row.hash,
    successful: row.success,
    transactionIndex,
    operationIndex,
  })
}

function stageBytes(stage: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(stage)
  return bytes
}

const COSTS = [
  'instructions',
  'memory',
  'readEntries',
  'readBytes',
  'diskReadBytes',
  'writeEntries',
  'writeBytes',
  'eventBytes',
  'transactionBytes',
  'fee',
  'rentFee',
  'resourceFeeBid',
] as const satisfies readonly (keyof Costs)[]

const parseCosts = (values: Buffer[]): Costs =>
  Object.fromEntries(
    COSTS.map((name, index) => [name, Number(values[index]?.readBigUInt64LE() ?? 0n)]),
  ) as unknown as Costs

const NO_COSTS: Costs = parseCosts([])
