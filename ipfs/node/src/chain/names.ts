/**
 * Which CIDs the contract's events name, and for which challenges. Kept on disk with the place up to which events were read, so that
 * a node that starts again knows what it knew; what an RPC has dropped meanwhile is said to be unknown, never taken for unnamed.
 */
import {
  type Chain,
  type ContractEvent,
  checkDeployment,
  decodeEvent,
  type EventPage,
  EventsGone,
  ledgerOf,
  type PageStart,
  type RawEvent,
  readClock,
  readEventPage,
} from '@stellartrain/contracts-client'
import { cidFromChain } from '@stellartrain/ipfs-content/cid'
import type { Log } from '@stellartrain/service'
import type { Records } from '../store/records.ts'

export type LedgerTime = Readonly<{ ledger: number /** Unix seconds. */; closedAt: number }>

export type Names = {
  /** The challenges in which a submission names this CID, as far as events were read; the first to name it first. */
  naming(cid: string): Promise<number[]>
  /** Everything that names this CID: challenges, and `ORACLES` where it is an oracle's metadata. */
  all(cid: string): Promise<number[]>
  /** The contract's storage shows that this submission is there. */
  confirm(cid: string, challenge: number): Promise<void>
  /** The newest ledger that was read; undefined before the first. */
  clock(): LedgerTime | undefined
  /** Events were read without a gap since then, unix seconds; what is older may have been named by events that nobody saw. */
  since(): number | undefined
  /** Reads up to the present; callers at the same time share one reading. @throws ChainFailure, EventsGone */
  catchUp(): Promise<void>
  /** Forgets the names of challenges that are over. */
  forget(isOver: (challenge: number) => boolean): Promise<void>
}

/** In place of a challenge: an oracle's metadata names the CID. */
export const ORACLES = 0

/** Ledgers by which one node of an RPC may be behind another; more, and the network has begun anew. */
const MOST_LAG = 100
const PREFIX = '/chain/name/'
const PLACE = '/chain/place'

/** `first`: id of the first event that named it, which sorts as the ledger does. */
type Name = { submission: boolean; first: string }
type Place = { contract: string; cursor: string; since: number; ledger: number; closedAt: number }

export async function openNames(chain: Chain, records: Records, log: Log, signal: AbortSignal): Promise<Names> {
  const { contract } = chain.network
  let place = await records.get<Place>(PLACE)
  if (place !== undefined && place.contract !== contract) place = undefined
  /** The newest that any process of this node read. */
  let newest = place?.ledger ?? 0
  let seen: LedgerTime | undefined
  let reading: Promise<void> | undefined

  async function note(cid: string, challenge: number, name: Name): Promise<void> {
    const key = `${PREFIX}${cid}/${challenge}`
    const known = await records.get<Name>(key)
    if (known?.submission || (known && !name.submission)) return
    await records.put(key, { submission: name.submission, first: known?.first ?? name.first })
  }

  async function take(raw: RawEvent): Promise<void> {
    try {
      const event = decodeEvent(raw)
      if (event === undefined) return
      for (const { cid, challenge, submission } of namedBy(event))
        await note(cid, challenge, { submission, first: raw.id })
    } catch (error) {
      if (!(error instanceof Error) || !isUnreadable(error)) throw error
      // One event that cannot be read must not stop the rest.
      log.warn('unreadable_event', { id: raw.id })
    }
  }

  function clockOf({ latestLedger, latestLedgerCloseTime }: EventPage): LedgerTime {
    checkSame(latestLedger)
    newest = Math.max(newest, latestLedger)
    if (latestLedger >= (seen?.ledger ?? 0)) seen = { ledger: latestLedger, closedAt: latestLedgerCloseTime }
    return seen!
  }

  /** @throws EventsGone where the network began anew */
  function checkSame(latestLedger: number): void {
    if (latestLedger >= newest - MOST_LAG) return
    newest = 0
    seen = undefined
    throw new EventsGone(latestLedger, latestLedger)
  }

  /** From the oldest ledger that the RPC still has events of. */
  async function first(): Promise<PageStart> {
    await checkDeployment(chain, { signal })
    const { ledger } = await readClock(chain, { signal })
    const { oldestLedger } = await readEventPage(chain, { startLedger: ledger }, {}, { signal, limit: 1 })
    log.info('following', { fromLedger: Math.max(1, oldestLedger) })
    return { startLedger: Math.max(1, oldestLedger) }
  }

  async function read(): Promise<void> {
    if (seen === undefined && place !== undefined) checkSame((await readClock(chain, { signal })).ledger)
    let at: PageStart = place === undefined ? await first() : { cursor: place.cursor }
    for (;;) {
      const page: EventPage = await readEventPage(chain, at, {}, { signal })
      const { ledger, closedAt } = clockOf(page)
      for (const event of page.events) await take(event)
      // The names first: a process that dies in between reads them again.
      place = { contract, cursor: page.cursor, since: place?.since ?? closedAt, ledger, closedAt }
      await records.put(PLACE, place)
      // An empty page still moves the cursor: the RPC searches a bounded span.
      const stuck: boolean = 'cursor' in at && at.cursor === page.cursor
      if (stuck || (page.events.length === 0 && ledgerOf(page.cursor) >= page.latestLedger)) return
      at = { cursor: page.cursor }
    }
  }

  async function named(cid: string): Promise<[challenge: number, name: Name][]> {
    const found: [number, Name][] = []
    for await (const [challenge, name] of records.entries<Name>(`${PREFIX}${cid}/`))
      found.push([Number(challenge), name])
    return found.sort(([, one], [, other]) => (one.first < other.first ? -1 : 1))
  }

  return {
    naming: async (cid) =>
      (await named(cid)).filter(([, { submission }]) => submission).map(([challenge]) => challenge),
    all: async (cid) => (await named(cid)).map(([challenge]) => challenge),
    // Sorts behind every event.
    confirm: (cid, challenge) => note(cid, challenge, { submission: true, first: '~' }),
    clock: () => seen,
    since: () => (seen === undefined ? undefined : place?.since),
    catchUp() {
      reading ??= read()
        .catch(async (error: unknown) => {
          // Down for longer than the RPC remembers, or a network that began anew: what it has is read again.
          if (error instanceof EventsGone) {
            place = undefined
            await records.del(PLACE)
          }
          throw error
        })
        .finally(() => {
          reading = undefined
        })
      return reading
    },
    async forget(isOver) {
      for await (const [key] of records.entries(PREFIX)) {
        const challenge = Number(key.slice(key.indexOf('/') + 1))
        if (challenge !== ORACLES && isOver(challenge)) await records.del(`${PREFIX}${key}`)
      }
    },
  }
}

type Naming = { cid: string; challenge: number; submission: boolean }

/** The CIDs that an event holds; terms are read from the contract's storage. */
function namedBy(event: ContractEvent): Naming[] {
  const challenge = 'challenge' in event ? event.challenge : ORACLES
  const name = (cid: Parameters<typeof cidFromChain>[0], submission = false): Naming[] => {
    return [{ cid: cidFromChain(cid), challenge, submission }]
  }
  switch (event.type) {
    case 'submitted':
      return name(event.cid, true)
    case 'scored':
    case 'ruled':
    case 'ranking_posted':
    case 'earnings_posted':
      return name(event.report)
    case 'truth_revealed':
      return name(event.truth)
    case 'oracle_registered':
      return name(event.metadata)
    default:
      return []
  }
}

/** What an event's own bytes are to blame for; a broken store is not. */
const isUnreadable = (error: Error) =>
  !('code' in error) || !String((error as { code: unknown }).code).startsWith('LEVEL_')
