/** `xdrFormat: 'json'`: the XDR of an answer as JSON, under the names that the official server gives it. */
import type { DevnetNode } from '../chain/node.ts'

/**
 * What becomes of a field: its new name and the type of its value, and what is left under its old name where the
 * official server leaves something; or the fields within it.
 */
type Leaf = readonly [name: string, type: string, left?: '' | null]
type Change = Leaf | Changes
interface Changes {
  readonly [field: string]: Change
}

const TRANSACTION: Changes = {
  envelopeXdr: ['envelopeJson', 'TransactionEnvelope'],
  resultXdr: ['resultJson', 'TransactionResult'],
  resultMetaXdr: ['resultMetaJson', 'TransactionMeta'],
  diagnosticEventsXdr: ['diagnosticEventsJson', 'DiagnosticEvent'],
  events: {
    transactionEventsXdr: ['transactionEventsJson', 'TransactionEvent'],
    contractEventsXdr: ['contractEventsJson', 'ContractEvent'],
  },
}

const METHODS: Record<string, Changes> = {
  getTransaction: TRANSACTION,
  getTransactions: { transactions: TRANSACTION },
  getLedgers: {
    ledgers: {
      headerXdr: ['headerJson', 'LedgerHeaderHistoryEntry', ''],
      metadataXdr: ['metadataJson', 'LedgerCloseMeta', ''],
    },
  },
  getLedgerEntries: {
    entries: {
      key: ['keyJson', 'LedgerKey'],
      xdr: ['dataJson', 'LedgerEntryData'],
      extXdr: ['extJson', 'LedgerEntryExt'],
    },
  },
  getEvents: { events: { topic: ['topicJson', 'ScVal'], value: ['valueJson', 'ScVal'] } },
  simulateTransaction: {
    transactionData: ['transactionDataJson', 'SorobanTransactionData'],
    events: ['eventsJson', 'DiagnosticEvent'],
    results: { auth: ['authJson', 'SorobanAuthorizationEntry'], xdr: ['returnValueJson', 'ScVal'] },
    stateChanges: {
      key: ['keyJson', 'LedgerKey'],
      before: ['beforeJson', 'LedgerEntry', null],
      after: ['afterJson', 'LedgerEntry', null],
    },
  },
  sendTransaction: {
    errorResultXdr: ['errorResultJson', 'TransactionResult'],
    diagnosticEventsXdr: ['diagnosticEventsJson', 'DiagnosticEvent'],
  },
}

/** A method's answer with JSON in the place of XDR. */
export function inJson(node: DevnetNode, method: string, answer: unknown): unknown {
  const changes = METHODS[method]
  return changes ? changed(node, changes, answer) : answer
}

function changed(node: DevnetNode, changes: Changes, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => changed(node, changes, item))
  if (typeof value !== 'object' || value === null) return value
  const fields = Object.entries(value).flatMap(([name, field]) => {
    const change = Object.hasOwn(changes, name) ? changes[name] : undefined
    if (!change) return [[name, field]]
    return isLeaf(change) ? renamed(node, name, change, field) : [[name, changed(node, change, field)]]
  })
  return Object.fromEntries(fields)
}

/** A field under its new name, unless it is empty; and what is left of it. */
function renamed(node: DevnetNode, old: string, [name, type, left]: Leaf, value: unknown): [string, unknown][] {
  const empty = value === null || (Array.isArray(value) && value.length === 0)
  return [
    ...(left === undefined ? [] : [[old, left] satisfies [string, unknown]]),
    ...(empty ? [] : [[name, decoded(node, type, value)] satisfies [string, unknown]]),
  ]
}

const isLeaf = (change: Change): change is Leaf => Array.isArray(change)

function decoded(node: DevnetNode, type: string, value: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => decoded(node, type, item))
  return typeof value === 'string' ? JSON.parse(node.json(type, Buffer.from(value, 'base64'))) : value
}
