/** Follows the contract's events and keeps every challenge that names this oracle as the chain shows it. */

import {
  type Chain,
  type ContractEvent,
  decodeEvent,
  type EventPage,
  EventsGone,
  ledgerOf,
  type PageStart,
  type RawEvent,
  readClock,
  readEventPage,
  view,
  views,
} from '@stellartrain/contracts-client'
import { cidFromChain } from '@stellartrain/ipfs-content'
import type { Log } from '@stellartrain/service'
import { type Challenge, isStale, known } from './challenge.ts'
import { openNumbers, prizesDue } from './owed.ts'
import { phaseOf } from './phase.ts'
import type { LedgerTime } from './poll-interval.ts'
import {
  candidates,
  IDS_PER_LOOK,
  readChallenge,
  readDue,
  readRanked,
  readRevealed,
  readState,
  readVotes,
} from './reads.ts'

export type Watch = {
  /** The last closed ledger, once one was seen. */
  clock(): LedgerTime | undefined
  challenges(): readonly Challenge[]
  get(challenge: number): Challenge | undefined
  /** Reads what is new; the first time, and after the RPC lost track, everything. Resolves to whether anything changed. */
  poll(): Promise<boolean>
  /** Reads a challenge's counters anew before the next use, e.g. after an own transaction. */
  refresh(challenge: number): Promise<void>
  /** Stops following a challenge in which nothing is left to do. */
  forget(challenge: number): void
  /** Every event that the RPC still has, read again, for submissions whose event was missed. */
  rescan(): Promise<void>
}

/** Ledgers by which one node of an RPC may be behind another; more, and the network has begun anew. */
const MOST_LAG = 100

/** @param oracle the own address @param signal ends every outward call */
export function createWatch(chain: Chain, oracle: string, log: Log, signal: AbortSignal): Watch {
  const followed = new Map<number, Challenge>()
  const dirty = new Set<number>()
  let cursor: PageStart | undefined
  let seen: LedgerTime | undefined
  let highest = 0

  let discovering: Promise<void> | undefined

  /** Challenges that this process has not looked at: all at the start, then new ones, also where their event was lost. */
  function discover(): Promise<void> {
    discovering ??= look().finally(() => {
      discovering = undefined
    })
    return discovering
  }

  async function look(): Promise<void> {
    const count = await view(chain, views.challenges(), { signal })
    while (highest < count) {
      const last = Math.min(count, highest + IDS_PER_LOOK)
      for (const id of await candidates(chain, highest + 1, last, oracle, { signal })) {
        const challenge = await readChallenge(chain, id, oracle, { signal })
        if (challenge === undefined) continue
        followed.set(id, challenge)
        dirty.add(id)
      }
      highest = last
    }
  }

  /** An event that cannot be read must not stop the rest; if it mattered, its submission will be looked for. */
  function decode(raw: RawEvent): ContractEvent | undefined {
    try {
      return decodeEvent(raw)
    } catch {
      log.warn('unreadable_event', { id: raw.id })
      return undefined
    }
  }

  /** Takes in a page: new submissions, and which challenges have to be read again. */
  async function take(page: EventPage): Promise<void> {
    for (const raw of page.events) {
      const event = decode(raw)
      if (event === undefined || !('challenge' in event)) continue
      if (event.challenge > highest) await discover()
      const challenge = followed.get(event.challenge)
      if (challenge === undefined) continue
      dirty.add(challenge.id)
      if (event.type !== 'submitted') continue
      const { number, solver, attempt, units } = event
      const time = BigInt(Math.floor(Date.parse(event.closedAt) / 1000))
      const entry = { challenge: challenge.id, number, solver, attempt, cid: cidFromChain(event.cid), units, time }
      challenge.entries.set(number, entry)
    }
  }

  /** Pages from a start to the present. An empty page still moves the cursor: the RPC searches a bounded span. */
  async function readFrom(start: PageStart, each: (page: EventPage) => Promise<void>): Promise<PageStart> {
    for (let at = start; ; ) {
      const page = await readEventPage(chain, at, {}, { signal })
      await each(page)
      const stuck = 'cursor' in at && at.cursor === page.cursor
      at = { cursor: page.cursor }
      if (stuck || (page.events.length === 0 && ledgerOf(page.cursor) >= page.latestLedger)) return at
    }
  }

  async function start(): Promise<void> {
    followed.clear()
    dirty.clear()
    highest = 0
    const clock = await readClock(chain, { signal })
    const { oldestLedger } = await readEventPage(chain, { startLedger: clock.ledger }, {}, { signal, limit: 1 })
    await discover()
    const first = followed.size > 0 ? Math.max(1, oldestLedger) : clock.ledger
    log.info('following', { challenges: followed.size, fromLedger: first })
    cursor = await readFrom({ startLedger: first }, take)
  }

  async function update(challenge: Challenge): Promise<void> {
    const state = await readState(chain, challenge.id, { signal })
    if (isStale(state, challenge.state)) return void dirty.add(challenge.id)
    challenge.state = state
    const now = seen?.closedAt ?? 0n
    const open = openNumbers(challenge, now)
    challenge.votes = open ? await readVotes(chain, challenge.id, known(challenge, open), { signal }) : new Map()
    const phase = phaseOf(challenge, now)
    if (phase === 'ranking' && !challenge.ranked)
      challenge.ranked = await readRanked(chain, challenge.id, challenge.seat, { signal })
    if (phase === 'over')
      challenge.due = prizesDue(challenge, now) ? await readDue(chain, challenge.id, { signal }) : []
    if (phase === 'over' && challenge.terms.opens_truth && !challenge.revealed)
      challenge.revealed = await readRevealed(chain, challenge.id, oracle, { signal })
    challenge.phase = phase
  }

  /** Time alone ends a phase, without any event. */
  function noteTime(now: bigint): void {
    for (const challenge of followed.values()) if (phaseOf(challenge, now) !== challenge.phase) dirty.add(challenge.id)
  }

  async function refresh(id: number): Promise<void> {
    const challenge = followed.get(id)
    dirty.delete(id)
    if (challenge === undefined) return
    try {
      await update(challenge)
    } catch (error) {
      dirty.add(id)
      throw error
    }
  }

  return {
    clock: () => seen,
    challenges: () => [...followed.values()],
    get: (challenge) => followed.get(challenge),
    refresh,
    forget: (challenge) => void followed.delete(challenge),
    async poll() {
      try {
        if (cursor === undefined) await start()
        const page = await readEventPage(chain, cursor!, {}, { signal })
        const ledger = page.latestLedger
        if (seen !== undefined && ledger < seen.ledger - MOST_LAG) throw new EventsGone(seen.ledger, page.oldestLedger)
        await take(page)
        cursor = { cursor: page.cursor }
        if (ledger >= (seen?.ledger ?? 0)) seen = { ledger, closedAt: BigInt(page.latestLedgerCloseTime) }
        if (seen !== undefined) noteTime(seen.closedAt)
      } catch (error) {
        // Down for longer than the RPC remembers, or a network that began anew: read everything again.
        if (error instanceof EventsGone) {
          log.warn('events_gone', { message: error.message })
          cursor = undefined
          seen = undefined
        }
        throw error
      }
      const changed = dirty.size > 0
      for (const id of [...dirty]) await refresh(id)
      return changed
    },
    async rescan() {
      await discover()
      const { oldestLedger } = await readEventPage(chain, cursor ?? { startLedger: 1 }, {}, { signal, limit: 1 })
      await readFrom({ startLedger: Math.max(1, oldestLedger) }, take)
      for (const id of followed.keys()) dirty.add(id)
    },
  }
}
