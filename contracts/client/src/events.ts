/**
 * The contract's events as typed values: what the ledger says happened, decoded without the Stellar SDK. Which events there are,
 * with which topics and fields, comes from the specification in the contract's wasm (generated/events.js).
 */

import { type EventRow, eventRow } from './event-row.ts'
import { EVENT_VERSION, EVENTS } from './generated/events.js'
import type { Cid, ContractEvent as Generated, Payout, Row } from './generated/types.js'
import { type Plain, readScVal } from './scval.ts'

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

const isType = (name: string): name is EventType => Object.hasOwn(EVENTS, name)

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
export function decodeBody(topics: readonly string[], value: string): EventBody | undefined {
  const name = readScVal(topics[0] ?? '')
  if (typeof name !== 'string' || !isType(name)) return undefined
  const described: { topics: Record<string, string>; data: Record<string, string> } = EVENTS[name]
  const names = Object.keys(described.topics)
  if (topics.length !== names.length + 1) throw new TypeError(`the event ${name} has ${topics.length} topics`)
  const data = readScVal(value)
  if (data === null || typeof data !== 'object' || Array.isArray(data) || data instanceof Uint8Array) {
    throw new TypeError(`the event ${name} carries no fields`)
  }
  const fields: { [key: string]: unknown } = { type: name }
  for (const [field, found] of Object.entries(data)) fields[field] = READ[described.data[field] ?? '']?.(found) ?? found
  names.forEach((field, index) => {
    fields[field] = readScVal(topics[index + 1] ?? '')
  })
  return fields as EventBody
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
