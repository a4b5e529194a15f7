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
import { phase as phaseOf } from '@stellartrain/contracts-client/rules'
import { cidFromChain } from '@stellartrain/ipfs-content'
import type { Log } from '@stellartrain/service'
import { type Challenge, isStale, isStaleSubmission } from './challenge.ts'
import type { Entry } from './entry.ts'
import { numbersOf } from './numbers.ts'
import type { LedgerTime } from './poll-interval.ts'
import {
  candidates,
  IDS_PER_LOOK,
  readChallenge,
  readDue,
  readMoving,
  readRankings,
  readRevealed,
  readStanding,
} from './reads.ts'

export type Watch = {
  /** The last closed ledger, once one was seen. */
  clock(): LedgerTime | undefined
  challenges(): readonly Challenge[]
  get(challenge: number): Challenge | undefined
  /** Reads what is new; the first time, and after the RPC lost track, everything. Resolves to whether anything changed. */
  poll(): Promise<boolean>
  /** Reads a challenge and these of its submissions anew before the next use, e.g. after an own transaction. */
  refresh(challenge: number, numbers?: Iterable<number>): Promise<void>
  /** The challenges that have a submission with this CID. */
  naming(cid: string): Challenge[]
  /** Takes in submissions whose events were not seen. */
  learn(challenge: number, entries: readonly Entry[]): void
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
  /** Challenges to read again, and which of their submissions. */
  const dirty = new Map<number, Set<number>>()
  let cursor: PageStart | undefined
  let seen: LedgerTime | undefined
  let highest = 0

  /** Challenges by the CIDs of their submissions. */
  const byCid = new Map<string, Set<number>>()
  let discovering: Promise<void> | undefined

  function enter({ id, entries }: Challenge, entry: Entry): void {
    entries.set(entry.number, entry)
    byCid.set(entry.cid, (byCid.get(entry.cid) ?? new Set()).add(id))
  }

  function mark(id: number, numbers: Iterable<number> = []): void {
    dirty.set(id, new Set([...(dirty.get(id) ?? []), ...numbers]))
  }

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
        mark(id)
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
      mark(challenge.id, numbersOf(event))
      if (event.type !== 'submitted') continue
      const { number, solver, attempt, units, commitment } = event
      const time = Math.floor(Date.parse(event.closedAt) / 1000)
      const cid = cidFromChain(event.cid)
      enter(challenge, { challenge: challenge.id, number, solver, attempt, cid, commitment, units, time })
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
    byCid.clear()
    dirty.clear()
    highest = 0
    const clock = await readClock(chain, { signal })
    const { oldestLedger } = await readEventPage(chain, { startLedger: clock.ledger }, {}, { signal, limit: 1 })
    await discover()
    const first = followed.size > 0 ? Math.max(1, oldestLedger) : clock.ledger
    log.info('following', { challenges: followed.size, fromLedger: first })
    cursor = await readFrom({ startLedger: first }, take)
  }

  async function update(challenge: Challenge, numbers: ReadonlySet<number>): Promise<void> {
    const { id, terms, entries, submissions } = challenge
    const { board, conduct, ...moving } = await readMoving(chain, challenge, { signal })
    if (isStale(moving, challenge)) return mark(id, numbers)
    Object.assign(challenge, moving, { conduct: { ...conduct, opened: challenge.conduct.opened } })
    const asked = [...numbers].flatMap((number) => entries.get(number) ?? [])
    for (const [index, found] of (await readStanding(chain, id, terms, asked, { signal })).entries()) {
      const { number } = asked[index]!
      if (isStaleSubmission(found, submissions[number - 1])) mark(id, [number])
      else submissions[number - 1] = found
    }
    const phase = phaseOf(terms, challenge.counters, seen?.closedAt ?? 0)
    if (phase === 'grading' || phase === 'ranking') await updateRankings(challenge)
    challenge.due = await readDue(chain, challenge, board, { signal })
    if ((phase === 'over' || phase === 'ended') && terms.opensTruth) {
      challenge.revealed ||= await readRevealed(chain, id, oracle, { signal })
      challenge.conduct.opened ||= await readRevealed(chain, id, challenge.maker, { signal })
    }
    challenge.phase = phase
  }

  async function updateRankings(challenge: Challenge): Promise<void> {
    if (challenge.terms.payout.rule !== 'ranked') return
    challenge.rankings = await readRankings(chain, challenge.id, { signal })
  }

  /** Time alone ends a phase, without any event. */
  function noteTime(now: number): void {
    for (const { id, terms, counters, phase } of followed.values())
      if (phaseOf(terms, counters, now) !== phase) mark(id)
  }

  async function refresh(id: number, also: Iterable<number> = []): Promise<void> {
    const challenge = followed.get(id)
    const numbers = new Set([...(dirty.get(id) ?? []), ...also])
    dirty.delete(id)
    if (challenge === undefined) return
    try {
      await update(challenge, numbers)
    } catch (error) {
      mark(id, numbers)
      throw error
    }
  }

  return {
    clock: () => seen,
    challenges: () => [...followed.values()],
    get: (challenge) => followed.get(challenge),
    refresh,
    learn(id, entries) {
      const challenge = followed.get(id)
      if (challenge === undefined) return
      for (const entry of entries) enter(challenge, entry)
      mark(
        id,
        entries.map(({ number }) => number),
      )
    },
    naming: (cid) => [...(byCid.get(cid) ?? [])].flatMap((id) => followed.get(id) ?? []),
    forget(id) {
      for (const { cid } of followed.get(id)?.entries.values() ?? []) {
        const ids = byCid.get(cid)
        ids?.delete(id)
        if (ids?.size === 0) byCid.delete(cid)
      }
      followed.delete(id)
    },
    async poll() {
      try {
        if (cursor === undefined) await start()
        const page = await readEventPage(chain, cursor!, {}, { signal })
        const ledger = page.latestLedger
        if (seen !== undefined && ledger < seen.ledger - MOST_LAG) throw new EventsGone(seen.ledger, page.oldestLedger)
        await take(page)
        cursor = { cursor: page.cursor }
        if (ledger >= (seen?.ledger ?? 0)) seen = { ledger, closedAt: Number(page.latestLedgerCloseTime) }
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
      for (const id of [...dirty.keys()]) await refresh(id)
      return changed
    },
    async rescan() {
      await discover()
      const { oldestLedger } = await readEventPage(chain, cursor ?? { startLedger: 1 }, {}, { signal, limit: 1 })
      await readFrom({ startLedger: Math.max(1, oldestLedger) }, take)
      for (const id of followed.keys()) mark(id)
    },
  }
}
