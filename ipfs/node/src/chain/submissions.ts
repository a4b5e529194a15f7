/** Which challenges have a submission with a CID, from the contract's events; what the RPC has forgotten is not known here. */
import {
  type Chain,
  checkDeployment,
  decodeEvent,
  type EventPage,
  EventsGone,
  ledgerOf,
  nativeTopic,
  type PageStart,
  type RawEvent,
  readClock,
  readEventPage,
} from '@stellartrain/contracts-client'
import { cidFromChain } from '@stellartrain/ipfs-content/cid'
import type { Log } from '@stellartrain/service'

export type LedgerTime = Readonly<{ ledger: number /** Unix seconds. */; closedAt: number }>

export type Submissions = {
  /** The challenges in which a submission names this CID, as far as events were read. */
  naming(cid: string): readonly number[]
  /** The newest ledger that was read; undefined before the first. */
  clock(): LedgerTime | undefined
  /** Reads up to the present; callers at the same time share one reading. @throws ChainFailure, EventsGone */
  catchUp(): Promise<void>
  /** Forgets the names of these challenges. */
  forget(challenges: ReadonlySet<number>): void
  /** The challenges that are named now. */
  challenges(): ReadonlySet<number>
}

/** Ledgers by which one node of an RPC may be behind another; more, and the network has begun anew. */
const MOST_LAG = 100
const FILTER = { topics: [[nativeTopic.symbol('submitted'), '**']] }

export function createSubmissions(chain: Chain, log: Log, signal: AbortSignal): Submissions {
  const byCid = new Map<string, Set<number>>()
  let cursor: PageStart | undefined
  let seen: LedgerTime | undefined
  let reading: Promise<void> | undefined

  function take(raw: RawEvent): void {
    try {
      const event = decodeEvent(raw)
      if (event?.type !== 'submitted') return
      const cid = cidFromChain(event.cid)
      byCid.set(cid, (byCid.get(cid) ?? new Set()).add(event.challenge))
    } catch {
      // One event that cannot be read must not stop the rest.
      log.warn('unreadable_event', { id: raw.id })
    }
  }

  function note({ latestLedger, latestLedgerCloseTime }: EventPage): void {
    if (seen !== undefined && latestLedger < seen.ledger - MOST_LAG) {
      byCid.clear()
      seen = undefined
      throw new EventsGone(latestLedger, latestLedger)
    }
    if (latestLedger >= (seen?.ledger ?? 0)) seen = { ledger: latestLedger, closedAt: latestLedgerCloseTime }
  }

  /** From the oldest ledger that the RPC still has events of. */
  async function first(): Promise<PageStart> {
    await checkDeployment(chain, { signal })
    const { ledger } = await readClock(chain, { signal })
    const { oldestLedger } = await readEventPage(chain, { startLedger: ledger }, FILTER, { signal, limit: 1 })
    log.info('following', { fromLedger: Math.max(1, oldestLedger) })
    return { startLedger: Math.max(1, oldestLedger) }
  }

  async function read(): Promise<void> {
    cursor ??= await first()
    for (;;) {
      const at: PageStart = cursor
      const page = await readEventPage(chain, at, FILTER, { signal })
      note(page)
      page.events.forEach(take)
      cursor = { cursor: page.cursor }
      // An empty page still moves the cursor: the RPC searches a bounded span.
      const stuck = 'cursor' in at && at.cursor === page.cursor
      if (stuck || (page.events.length === 0 && ledgerOf(page.cursor) >= page.latestLedger)) return
    }
  }

  return {
    naming: (cid) => [...(byCid.get(cid) ?? [])],
    clock: () => seen,
    catchUp() {
      reading ??= read()
        .catch((error: unknown) => {
          // Down for longer than the RPC remembers, or a network that began anew: what it has is read again.
          if (error instanceof EventsGone) cursor = undefined
          throw error
        })
        .finally(() => {
          reading = undefined
        })
      return reading
    },
    forget(challenges) {
      for (const [cid, ids] of byCid) {
        for (const id of ids) if (challenges.has(id)) ids.delete(id)
        if (ids.size === 0) byCid.delete(cid)
      }
    },
    challenges: () => new Set([...byCid.values()].flatMap((ids) => [...ids])),
  }
}
