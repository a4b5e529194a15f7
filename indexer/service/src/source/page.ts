/** One answer of getEvents, checked and decoded: what is not the shape that RPC promises is refused, what is doubled dropped. */
import { setImmediate } from 'node:timers/promises'
import { type RawEvent as ClientEvent, ledgerOf } from '@stellartrain/contracts-client'
import { decodeEvent } from '../decode/decode.ts'
import type { ContractEvent } from '../decode/events.ts'
import { IndexerError } from '../errors.ts'

/** An event as it is kept: everything that is needed to decode it again. */
export type SourceEvent = {
  id: string
  ledger: number
  /** Unix seconds. */
  closedAt: number
  txHash: string
  topics: readonly string[]
  value: string
}

/** `decoded` is null for what this version does not understand. */
export type PageEvent = SourceEvent & { decoded: ContractEvent | null }

export type Page = {
  type: 'page'
  /** In the order of their ids, each once. */
  events: PageEvent[]
  /** Where the next page begins. */
  cursor: string
  /** The last ledger of which nothing is missing after this page. */
  through: number
  /** Unix seconds; 0 if this page does not say. */
  throughClosedAt: number
  latestLedger: number
}

/** The highest ledger that a column of the tables holds. */
const LAST_LEDGER = 2 ** 31 - 1

const EVENT_ID = /^\d{19}-\d{10}$/
const HASH = /^[0-9a-f]{64}$/

type Frame = Omit<Page, 'events'> & { events: SourceEvent[] }

/** @throws IndexerError `bad_page` (retryable) */
/** @param contracts whose events are wanted */
export function readPage(answer: unknown, ...contracts: readonly string[]): Page {
  const { events, ...frame } = readFrame(answer, contracts)
  return { ...frame, events: events.map(decoded) }
}

/** Events that are decoded without a break: a few milliseconds. */
const PIECE = 100

/** The same, with breaks: what arrives meanwhile is looked at in between, so that decoding fills the time in which the database works. */
export async function readPageInPieces(answer: unknown, ...contracts: readonly string[]): Promise<Page> {
  const { events, ...frame } = readFrame(answer, contracts)
  const done: PageEvent[] = []
  for (let at = 0; at < events.length; at += PIECE) {
    if (at > 0) await setImmediate()
    for (const event of events.slice(at, at + PIECE)) done.push(decoded(event))
  }
  return { ...frame, events: done }
}

const decoded = (event: SourceEvent): PageEvent => ({ ...event, decoded: decodeEvent(event.topics, event.value) })

function readFrame(answer: unknown, contracts: readonly string[]): Frame {
  const { events, cursor, latestLedger, latestLedgerCloseTime } = record(answer)
  const list: unknown = events ?? []
  if (!Array.isArray(list) || !Number.isInteger(latestLedger) || Number(latestLedger) > LAST_LEDGER)
    throw bad('the page')
  const kept = new Map<string, SourceEvent>()
  for (const raw of list as unknown[]) {
    const event = readEvent(raw, contracts)
    if (event) kept.set(event.id, event)
  }
  const sorted = [...kept.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  const end = typeof cursor === 'string' && cursor !== '' ? cursor : sorted.at(-1)?.id
  if (end === undefined || !EVENT_ID.test(end) || ledgerOf(end) > LAST_LEDGER) throw bad('the cursor')
  const latest = latestLedger as number
  // A page that ends with an event may have been cut off inside that event's ledger, also where the event is none of ours.
  const isCut = (list as unknown[]).some((raw) => record(raw).id === end)
  const through = isCut ? ledgerOf(end) - 1 : Math.min(ledgerOf(end), latest)
  const last = sorted.findLast((event) => event.ledger === through)
  const throughClosedAt = through === latest ? Number(latestLedgerCloseTime ?? 0) : (last?.closedAt ?? 0)
  return {
    type: 'page',
    events: sorted,
    cursor: end,
    through,
    throughClosedAt: Number.isSafeInteger(throughClosedAt) ? throughClosedAt : 0,
    latestLedger: latest,
  }
}

function readEvent(raw: unknown, contracts: readonly string[]): SourceEvent | null {
  const event = record(raw) as Partial<ClientEvent>
  // A failed call emits events as well; nothing came of it.
  if (event.inSuccessfulContractCall === false || !contracts.includes(event.contractId ?? '')) return null
  const closedAt = Date.parse(event.ledgerClosedAt ?? '') / 1000
  const { id, ledger, txHash, topic, value } = event
  const sound =
    typeof id === 'string' &&
    EVENT_ID.test(id) &&
    Number.isInteger(ledger) &&
    ledger! <= LAST_LEDGER &&
    ledgerOf(id) === ledger &&
    Number.isFinite(closedAt) &&
    typeof txHash === 'string' &&
    HASH.test(txHash) &&
    Array.isArray(topic) &&
    topic.every((one) => typeof one === 'string' && BASE64.test(one)) &&
    typeof value === 'string' &&
    BASE64.test(value)
  if (!sound) throw bad('an event')
  return { id, ledger: ledger as number, closedAt, txHash, topics: topic as string[], value }
}

const BASE64 = /^[A-Za-z0-9+/]*={0,2}$/

function record(value: unknown): Record<string, unknown> {
  if (value === null || typeof value !== 'object') throw bad('the page')
  return value as Record<string, unknown>
}

function bad(what: string): IndexerError {
  return new IndexerError('bad_page', `The RPC's answer is not what getEvents promises (${what}); asking again.`, {
    retryable: true,
  })
}
