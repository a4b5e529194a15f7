/** What became of a transaction: RPC's answer, decoded. */
import { StrKey, xdr } from '@stellar/stellar-sdk/base'
import type { Chain } from '../rpc/chain.ts'
import type { ReadOptions } from '../rpc/ledger.ts'

/** An event as the transaction carries it; `topics` and `data` are base64 ScVals. */
export type TransactionEvent = { contract: string; topics: string[]; data: string }

export type Outcome =
  /** Not in any ledger so far; `clock` is the close time of the latest ledger that the RPC knows, unix seconds. */
  { status: 'unknown'; clock: number; ledger: number; oldestLedger: number } | Applied | Failed

type InLedger = {
  hash: string
  ledger: number
  /** Unix seconds. */
  closedAt: number
  /** Place in its ledger, from 1. */
  applicationOrder: number
  /** Stroops. */
  feeCharged: bigint
}

export type Applied = InLedger & {
  status: 'succeeded'
  returnValue: xdr.ScVal | undefined
  /** In the order of their emission. */
  events: TransactionEvent[]
}

/** `reason`: the result's code, and the errors among the diagnostics if the RPC keeps them. */
export type Failed = InLedger & { status: 'failed'; reason: string }

type RawTransaction = {
  status: 'SUCCESS' | 'FAILED' | 'NOT_FOUND'
  latestLedger: number
  latestLedgerCloseTime: number | string
  oldestLedger: number
  ledger?: number
  createdAt?: number | string
  applicationOrder?: number
  resultXdr?: string
  resultMetaXdr?: string
  diagnosticEventsXdr?: string[] | null
  events?: { contractEventsXdr?: string[][] | null } | null
}

/** Reads what is known of a transaction now. Never throws for a failed or an unknown one. */
export async function readOutcome(chain: Chain, hash: string, { signal }: ReadOptions = {}): Promise<Outcome> {
  const raw = await chain.rpc.request<RawTransaction>('getTransaction', { hash }, { signal })
  if (raw.status === 'NOT_FOUND' || !raw.resultXdr) {
    return {
      status: 'unknown',
      clock: Number(raw.latestLedgerCloseTime),
      ledger: raw.latestLedger,
      oldestLedger: raw.oldestLedger,
    }
  }
  const result = xdr.TransactionResult.fromXdr(raw.resultXdr, 'base64')
  const meta = raw.resultMetaXdr ? xdr.TransactionMeta.fromXdr(raw.resultMetaXdr, 'base64') : undefined
  const place: InLedger = {
    hash,
    ledger: raw.ledger ?? 0,
    closedAt: Number(raw.createdAt ?? 0),
    applicationOrder: raw.applicationOrder ?? 0,
    feeCharged: result.feeCharged,
  }
  return raw.status === 'SUCCESS'
    ? { ...place, status: 'succeeded', returnValue: returnValueOf(meta), events: eventsOf(raw, meta) }
    : { ...place, status: 'failed', reason: `${resultCode(result)} ${diagnostics(raw.diagnosticEventsXdr)}`.trim() }
}

/** The code of a result down to the operation, e.g. `txFailed/invokeHostFunctionTrapped`. */
export function resultCode(result: xdr.TransactionResult): string {
  const outer = result.result
  // Of a fee bump what counts is what it paid for.
  const inner = outer.type === 'txFeeBumpInnerFailed' ? outer.value.result.result : outer
  if (inner.type !== 'txFailed') return inner.type
  const operation = inner.results[0]
  if (!operation) return inner.type
  if (operation.type !== 'opInner') return `${inner.type}/${operation.type}`
  const tried = operation.tr.value as { type?: string }
  return `${inner.type}/${tried.type ?? operation.tr.type}`
}

function returnValueOf(meta: xdr.TransactionMeta | undefined): xdr.ScVal | undefined {
  if (meta?.type !== 'v3' && meta?.type !== 'v4') return undefined
  return meta.value.sorobanMeta?.returnValue ?? undefined
}

function eventsOf(raw: RawTransaction, meta: xdr.TransactionMeta | undefined): TransactionEvent[] {
  const listed = raw.events?.contractEventsXdr
  const events = listed ? listed.flat().map((event) => xdr.ContractEvent.fromXdr(event, 'base64')) : eventsInMeta(meta)
  return events.flatMap((event) =>
    event.contractId === null || event.type.name !== 'contract'
      ? []
      : [
          {
            contract: StrKey.encodeContract(event.contractId.value),
            topics: event.body.v0.topics.map((topic) => topic.toXdr('base64')),
            data: event.body.v0.data.toXdr('base64'),
          },
        ],
  )
}

function eventsInMeta(meta: xdr.TransactionMeta | undefined): xdr.ContractEvent[] {
  if (meta?.type === 'v4') return meta.value.operations.flatMap((operation) => operation.events)
  if (meta?.type === 'v3') return meta.value.sorobanMeta?.events ?? []
  return []
}

/** The errors among the diagnostics, written as the host writes them, so that errors.ts finds the contract's code. */
function diagnostics(events: string[] | null | undefined): string {
  const found: string[] = []
  for (const encoded of events ?? []) {
    const { body } = xdr.DiagnosticEvent.fromXdr(encoded, 'base64').event
    for (const value of [...body.v0.topics, body.v0.data]) {
      if (value.type !== 'scvError') continue
      const error = value.error
      found.push(error.type === 'sceContract' ? `Error(Contract, #${error.value})` : `Error(${error.type})`)
    }
  }
  return found.join(' ')
}
