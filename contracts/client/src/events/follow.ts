/** Reads the contract's events from RPC, page by page and then as they happen, without losing or doubling any. */

import { ChainFailure } from '../failures.ts'
import type { Chain } from '../rpc/chain.ts'
import type { ReadOptions } from '../rpc/ledger.ts'
import { sleep } from '../rpc/wait.ts'
import { type ContractEvent, decodeEvent, type RawEvent } from './events.ts'

export type EventPage = {
  events: RawEvent[]
  /** Where the next page begins; moves on even when a page is empty. */
  cursor: string
  latestLedger: number
  oldestLedger: number
  /** Unix seconds. */
  latestLedgerCloseTime: number
}

export type EventFilter = {
  /** Rows of base64 topics as RPC takes them; `**` stands for all further ones. */
  topics?: string[][]
  /** Contract ids; the network's own contract unless said otherwise. */
  contracts?: string[]
}

export type PageStart = { startLedger: number } | { cursor: string }

/** RPC has dropped what was asked for; `oldestLedger` is the first that it still has. */
export class EventsGone extends Error {
  override readonly name = 'EventsGone'
  readonly code = 'events_gone'
  readonly retryable = false
  readonly asked: number
  readonly oldestLedger: number

  constructor(asked: number, oldestLedger: number) {
    super(`The RPC keeps events from ledger ${oldestLedger} on; those since ledger ${asked} are gone from it.`)
    this.asked = asked
    this.oldestLedger = oldestLedger
  }
}

type RawPage = {
  events?: RawEvent[] | null
  cursor?: string
  latestLedger: number
  oldestLedger?: number
  latestLedgerCloseTime?: string | number
}

/**
 * One page of events, in the ledger's order, each at most once; those of failed calls are left out.
 * @throws EventsGone when the start lies before what the RPC keeps.
 */
export async function readEventPage(
  chain: Chain,
  start: PageStart,
  filter: EventFilter = {},
  { signal, limit = 1_000 }: ReadOptions & { limit?: number } = {},
): Promise<EventPage> {
  const filters = [
    {
      type: 'contract',
      contractIds: filter.contracts ?? [chain.network.contract],
      ...(filter.topics ? { topics: filter.topics } : {}),
    },
  ]
  const params =
    'cursor' in start
      ? { filters, pagination: { cursor: start.cursor, limit } }
      : { filters, startLedger: start.startLedger, pagination: { limit } }
  const page = await request(chain, params, start, signal)
  const seen = new Set<string>()
  const events = (page.events ?? []).filter((event) => {
    if (seen.has(event.id) || event.inSuccessfulContractCall === false) return false
    seen.add(event.id)
    return true
  })
  const cursor = page.cursor ?? events.at(-1)?.id
  if (!cursor)
    throw new ChainFailure('rpc_bad_answer', 'The RPC gave a page of events without a cursor.', { retryable: true })
  return {
    events,
    cursor,
    latestLedger: page.latestLedger,
    oldestLedger: page.oldestLedger ?? 0,
    latestLedgerCloseTime: Number(page.latestLedgerCloseTime ?? 0),
  }
}

async function request(
  chain: Chain,
  params: object,
  start: PageStart,
  signal: AbortSignal | undefined,
): Promise<RawPage> {
  try {
    return await chain.rpc.request<RawPage>('getEvents', params, { signal })
  } catch (error) {
    if (!(error instanceof ChainFailure) || error.code !== 'rpc_refused') throw error
    // "startLedger must be within the ledger range: 1234 - 5678", for a cursor too.
    const range = /range:?\s*(\d+)\s*-\s*(\d+)/.exec(error.message)
    const asked = 'cursor' in start ? ledgerOf(start.cursor) : start.startLedger
    if (range && asked < Number(range[1])) throw new EventsGone(asked, Number(range[1]))
    throw error
  }
}

/** The ledger that an event id or cursor lies in: the upper half of its 64-bit position. */
export function ledgerOf(cursor: string): number {
  const position = /^(\d{1,19})-/.exec(cursor)?.[1]
  if (position === undefined) throw new RangeError(`"${cursor}" is not an event id`)
  return Number(BigInt(position) >> 32n)
}

/**
 * All events from a start on, then new ones as they come, until aborted (or, with `live: false`, until the present).
 * Delivery is once and in order; to resume, start at the cursor of the last event (its id).
 */
export async function* followEvents(
  chain: Chain,
  start: PageStart,
  filter: EventFilter = {},
  { signal, live = true, pollMs = 1_000 }: ReadOptions & { live?: boolean; pollMs?: number } = {},
): AsyncGenerator<ContractEvent> {
  let at: PageStart = start
  let last = ''
  for (;;) {
    const page = await readEventPage(chain, at, filter, { signal })
    for (const raw of page.events) {
      if (raw.id <= last) continue
      last = raw.id
      const event = decodeEvent(raw)
      if (event) yield event
    }
    const caughtUp = page.events.length === 0 && ledgerOf(page.cursor) >= page.latestLedger
    const stuck = 'cursor' in at && at.cursor === page.cursor
    at = { cursor: page.cursor }
    if (caughtUp || stuck) {
      if (!live) return
      await sleep(pollMs, signal)
    }
  }
}
