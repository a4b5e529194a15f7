/**
 * The contract's events as typed values: what the ledger says happened, decoded without the Stellar SDK. Which events there are,
 * with which topics and fields, comes from the specification in the contract's wasm (generated/events.js).
 */

import { type Plain, readScVal } from '../encoding/scval.ts'
import { EVENT_VERSION, EVENTS } from '../generated/events.js'
import { EVENTS as RECORDS_EVENTS } from '../generated/records/events.js'
import type { ContractEvent as GeneratedRecords } from '../generated/records/types.js'
import { EVENTS as RECOUNT_EVENTS } from '../generated/recount/events.js'
import type { ContractEvent as GeneratedRecount } from '../generated/recount/types.js'
import type { Cid, ContractEvent as Generated, Payout, Row } from '../generated/types.js'
import { type EventRow, eventRow } from './event-row.ts'

export type { EventRow } from './event-row.ts'
export { EVENT_VERSION }

/** Where an event stands: the id is the ledger's order as text, unique, and sorts as the ledger does. */
export type EventPlace = {
  id: string
  ledger: number /** RFC 3339, UTC. */
  closedAt: string
  txHash: string
  contract: string
}

export type EventType = keyof typeof EVENTS

/** `topped_up` is `ToppedUp` in the bindings. */
type Pascal<Name extends string> = Name extends `${infer Word}_${infer Rest}`
  ? `${Capitalize<Word>}${Pascal<Rest>}`
  : Capitalize<Name>

/** Rows come unpacked; all else is as the bindings have it. */
type Unpacked<Field> = Field extends Row ? EventRow : Field extends Row[] ? EventRow[] : Field

type Body<Data> = { [Field in keyof Data]-?: Unpacked<Exclude<Data[Field], undefined>> }

/** The body of each event by its name on the wire. */
export type EventBodies = {
  [Type in EventType]: Body<Extract<Generated, { name: Pascal<Type> }>['data']>
}

/** The same of the contract of records and badges; `mint` and `burn` are its token's own (SEP-50). */
export type RecordsEventType = keyof typeof RECORDS_EVENTS

export type RecordsEventBodies = {
  [Type in RecordsEventType]: Body<Extract<GeneratedRecords, { name: Pascal<Type> }>['data']>
}

export type RecordsEventBody = {
  [Type in RecordsEventType]: { type: Type } & RecordsEventBodies[Type]
}[RecordsEventType]

/** The same of a judge that grades. */
export type RecountEventType = keyof typeof RECOUNT_EVENTS

export type RecountEventBodies = {
  [Type in RecountEventType]: Body<Extract<GeneratedRecount, { name: Pascal<Type> }>['data']>
}

export type RecountEventBody = {
  [Type in RecountEventType]: { type: Type } & RecountEventBodies[Type]
}[RecountEventType]

export type EventBody = { [Type in EventType]: { type: Type } & EventBodies[Type] }[EventType]
export type ContractEvent = { [Type in EventType]: EventPlace & { type: Type } & EventBodies[Type] }[EventType]

/** An event as RPC's getEvents gives it; kept like this, it can be decoded again at any time. */
export type RawEvent = {
  id: string
  ledger: number
  ledgerClosedAt: string
  txHash: string
  contractId: string
  /** Base64 ScVals. */
  topic: string[]
  value: string
  type?: string
  inSuccessfulContractCall?: boolean
}

export const EVENT_TYPES = Object.keys(EVENTS) as EventType[]

/** No name stands for an event of two contracts. */
export const RECORDS_EVENT_TYPES = Object.keys(RECORDS_EVENTS) as RecordsEventType[]
export const RECOUNT_EVENT_TYPES = Object.keys(RECOUNT_EVENTS) as RecountEventType[]

/**
 * Decodes an event of our contract. Undefined for an event whose name we do not know (a newer contract's addition).
 * @throws RangeError or TypeError when the bytes are not what that event carries.
 */
export function decodeEvent(raw: RawEvent): ContractEvent | undefined {
  const body = decodeBody(raw.topic, raw.value)
  if (!body) return undefined
  return {
    id: raw.id,
    ledger: raw.ledger,
    closedAt: raw.ledgerClosedAt,
    txHash: raw.txHash,
    contract: raw.contractId,
    ...body,
  } as ContractEvent
}

/** Decodes topics and value, base64, e.g. of a transaction's own list. */
export const decodeBody = (topics: readonly string[], value: string): EventBody | undefined =>
  decodeBy(EVENTS, topics, value) as EventBody | undefined

/** The same for an event of the contract of records and badges. */
export const decodeRecordsBody = (topics: readonly string[], value: string): RecordsEventBody | undefined =>
  decodeBy(RECORDS_EVENTS, topics, value) as RecordsEventBody | undefined

/** The same for an event of a judge that grades. */
export const decodeRecountBody = (topics: readonly string[], value: string): RecountEventBody | undefined =>
  decodeBy(RECOUNT_EVENTS, topics, value) as RecountEventBody | undefined

type Described = Readonly<Record<string, { topics: Record<string, string>; data: Record<string, string> }>>

function decodeBy(events: Described, topics: readonly string[], value: string): { [key: string]: unknown } | undefined {
  const name = readTopic(topics[0] ?? '')
  const described = typeof name === 'string' && Object.hasOwn(events, name) ? events[name] : undefined
  if (!described) return undefined
  const names = namesOf(described.topics)
  if (topics.length !== names.length + 1) throw new TypeError(`the event ${name} has ${topics.length} topics`)
  const data = readScVal(value)
  if (data === null || typeof data !== 'object' || Array.isArray(data) || data instanceof Uint8Array) {
    throw new TypeError(`the event ${name} carries no fields`)
  }
  const fields: { [key: string]: unknown } = { type: name }
  for (const field in data) {
    const found = data[field]!
    fields[field] = READ[described.data[field] ?? '']?.(found) ?? found
  }
  names.forEach((field, index) => {
    fields[field] = readTopic(topics[index + 1] ?? '')
  })
  return fields
}

const named = new WeakMap<object, string[]>()

function namesOf(topics: Readonly<Record<string, string>>): string[] {
  const known = named.get(topics)
  if (known) return known
  const names = Object.keys(topics)
  named.set(topics, names)
  return names
}

/** Names, challenges and accounts come again and again: looking one up takes less than reading it. */
const topicsRead = new Map<string, Plain>()
const MOST_TOPICS = 10_000

function readTopic(base64: string): Plain {
  const known = topicsRead.get(base64)
  if (known !== undefined) return known
  const value = readScVal(base64)
  // What can be changed is nobody else's.
  if (typeof value === 'object') return value
  if (topicsRead.size >= MOST_TOPICS) topicsRead.clear()
  topicsRead.set(base64, value)
  return value
}

/** Values that travel in another form than they are worked with, by their types. */
const READ: Readonly<Record<string, (value: Plain) => unknown>> = {
  Row: (row) => eventRow(row as unknown as Row),
  'vec<Row>': (rows) => (rows as unknown as Row[]).map(eventRow),
  Terms: (terms) => ({ ...(terms as { payout: Plain }), payout: union((terms as { payout: Plain }).payout) }),
}

/** Unions travel as [tag, …values]. */
function union(value: Plain): Payout {
  if (!Array.isArray(value) || typeof value[0] !== 'string') throw new TypeError('a union without a tag')
  const [tag, ...values] = value
  return (values.length === 0 ? { tag, values: undefined } : { tag, values }) as unknown as Payout
}

/** The content ids named by an event, for those who keep or fetch content. */
export function contentOf(event: EventBody): Cid[] {
  switch (event.type) {
    case 'challenge_created':
      return [event.terms.manifest]
    case 'oracle_registered':
      return [event.metadata]
    case 'submitted':
      return [event.cid]
    case 'scored':
    case 'ruled':
    case 'ranking_posted':
    case 'earnings_posted':
      return [event.report]
    case 'truth_revealed':
      return [event.truth]
    default:
      return []
  }
}
