/**
 * Compares the tables with the contract for as long as the indexer runs: the counters of all live challenges whenever something
 * happened, everything of one challenge after the other in between. What differs is marked at once, and then repaired.
 */
import type { Chain } from '@stellartrain/contracts-client'
import type { Log } from '@stellartrain/service'
import { Client, type ClientBase } from 'pg'
import { pause } from '../source/pause.ts'
import type { Rpcs } from '../source/rpcs.ts'
import { SET_APART, transaction } from '../store/commit.ts'
import { lastEventSql } from '../store/partitions.ts'
import { withClient } from '../store/pool.ts'
import { createCounter } from './counter.ts'
import { fillGaps } from './gaps.ts'
import { insisting } from './insist.ts'
import { lookAt } from './look.ts'
import { mendOracles } from './oracles.ts'
import { type RepairDeps, repair } from './repair.ts'
import { createRecordsLook } from './solver-records.ts'
import { compareState, sweep } from './sweep.ts'
import { askState } from './told.ts'
import { tolerable } from './tolerable.ts'

export type WatchOptions = {
  dbUrl: string
  chain: Chain
  rpcs: Rpcs
  signal: AbortSignal
  log: Log
  /** At least so long between two sweeps, and between two looks, in milliseconds. */
  sweepMs?: number
  lookMs?: number
  /** See `RetryOptions`. */
  patience?: number | undefined
}

/** Between two tries to fill gaps from an RPC that may have come back, and after a failure. */
const GAPS_MS = 60_000
const LONGEST_REST = 30_000
/** Challenges that are looked at together where there are many: most of a look is waiting for the RPC. */
const AT_ONCE = 4

/** Runs until aborted. Never rejects. */
export async function runWatch(options: WatchOptions): Promise<void> {
  const { signal, log, patience = 1 } = options
  for (let failures = 0; !signal.aborted; ) {
    const client = new Client({ connectionString: options.dbUrl, connectionTimeoutMillis: 5_000, keepAlive: true })
    client.on('error', () => {})
    try {
      await client.connect()
      await watch(client, options, () => {
        failures = 0
      })
    } catch (error) {
      if (signal.aborted) return
      log.warn('verification_interrupted', { message: error instanceof Error ? error.message : String(error) })
      await pause(patience * Math.min(LONGEST_REST, 500 * 2 ** Math.min(failures++, 8)), signal)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

async function watch(client: Client, options: WatchOptions, wentWell: () => void): Promise<void> {
  const { rpcs, signal, sweepMs = 1_000, lookMs = 2_000 } = options
  const chain = insisting(options.chain, rpcs)
  const { patience = 1 } = options
  const deps: RepairDeps = { client, chain, rpcs, signal, log: options.log, disputes: new Map(), patience }
  const counter = createCounter(deps)
  const records = createRecordsLook(deps)
  const looked = new Map<number, string>()
  let swept = { ledger: -1, whole: false }
  let gapsAt = Number.NEGATIVE_INFINITY
  let lookedAt = Number.NEGATIVE_INFINITY
  let next = 0
  while (!signal.aborted) {
    const state = await readState(client)
    if (state && (state.ledger > swept.ledger || state.verified === null)) {
      // The first time, and after a gap, those that are over too.
      const everything = !swept.whole || state.verified === null
      const done = (await lookAtCounted(deps, looked, options.dbUrl)) && (await sweepAll(deps, counter, everything))
      swept = done ? { ledger: state.ledger, whole: true } : swept
    }
    const rarely = performance.now() - gapsAt > GAPS_MS
    if (rarely) {
      gapsAt = performance.now()
      await fillGaps(deps)
    }
    await repairAll(deps, options.log, rarely)
    if (performance.now() - lookedAt >= lookMs) {
      lookedAt = performance.now()
      next = await lookAtNext(deps, next)
    }
    await records.next()
    wentWell()
    await pause(sweepMs, signal)
  }
}

type State = { ledger: number; verified: number | null; challenges: number | null }

async function readState(client: Client): Promise<State | undefined> {
  const { rows } = await client.query('select ledger, verified_ledger as verified, challenges from sync')
  return (rows as State[])[0]
}

/**
 * Challenges `c` that any call can still change. That one counts in the records is not its end: late votes come until `grade_by`, what
 * is void is concluded, and each later `close` moves what was counted since.
 */
const MAY_CHANGE = `not ((c.folded is not null or c.cancelled)
  and (c.cancelled or (select ledger_closed_at from sync) >= greatest(c.grade_by, coalesce(c.judge_by, 0)))
  and c.concluded = c.submitted and c.earned = c.claimed and (c.cancelled or c.opened or not c.opens_truth)
  and c.escrow = 0 and c.reserved = 0 and c.prizes_due = 0 and c.budget = 0 and c.held_fees = 0 and c.ranking_fees = 0
  and c.deposits = 0 and c.carried = 0 and c.owed = 0
  and not exists (select from challenge_oracles o where o.challenge = c.id and (o.fees_earned <> o.fees_withdrawn
    or o.votes + o.unavailable + o.agreed + o.disagreed + o.missing > 0)))`

/** Challenges `c` with events that nobody compared yet. */
const CHANGED = `c.id in (select e.challenge from events e, sync s where e.challenge is not null
  and e.id > lpad(((coalesce(s.verified_ledger, 0) + 1)::bigint << 32)::text, 19, '0'))`

/**
 * Once a challenge counts in the records, its counters say nothing of votes that came late: each of them is compared whole before
 * anything is said of the ledger in which it changed.
 * @param looked how far each was looked at already, by its last event
 */
async function lookAtCounted(deps: RepairDeps, looked: Map<number, string>, dbUrl: string): Promise<boolean> {
  const { client, chain, signal, log } = deps
  const { rows } = await client.query(
    `select c.id::float8 as id, ${lastEventSql('id', 'c.id')} as last
      from challenges c left join incomplete i on i.challenge = c.id and i.state = 'partial'
      where i.challenge is null and c.folded is not null and ${CHANGED} order by c.id`,
  )
  const left = (rows as { id: number; last: string }[]).filter(({ id, last }) => looked.get(id) !== last)
  let all = true
  const some = async (own: ClientBase) => {
    for (let one = left.shift(); one; one = left.shift()) {
      signal.throwIfAborted()
      const { id, last } = one
      const look = await lookAt(own, chain, id, { signal })
      if (look.is === 'moving') all = false
      else if (look.is === 'different') await note(own, id, look.differences, log)
      else looked.set(id, last)
    }
  }
  // After a ledger they are few; the first time they are all that ever were.
  if (left.length <= AT_ONCE) await some(client)
  else await Promise.all(Array.from({ length: AT_ONCE }, () => withClient(dbUrl, some)))
  return all
}

/** How often a challenge that moves is compared again before the next round. */
const TRIES = 5

async function sweepAll(
  deps: RepairDeps,
  counter: ReturnType<typeof createCounter>,
  everything: boolean,
): Promise<boolean> {
  const { client, chain, signal, log } = deps
  const { rows } = await client.query(
    `select s.ledger, array(select c.id::float8 from challenges c
        left join incomplete i on i.challenge = c.id and i.state = 'partial'
        where i.challenge is null ${everything ? '' : `and (${MAY_CHANGE} or ${CHANGED})`} order by c.id) as ids
      from sync s`,
  )
  const [begun] = rows as { ledger: number; ids: number[] }[]
  if (!begun) return false
  let { ids } = begun
  let ledger: number | null = null
  let counted = false
  for (let tries = 0; tries < TRIES; tries++) {
    signal.throwIfAborted()
    const found = await sweep(client, chain, ids, { signal })
    for (const { id, differences } of found.different) await note(client, id, differences, log)
    ledger = ledger === null || found.ledger === null ? found.ledger : Math.min(ledger, found.ledger)
    counted = found.ledger !== null && (await counter.take(found.challenges))
    // A round that ended early compared only some of them.
    if (found.ledger !== null) ids = [...found.moving, ...(await unknownOf(deps, found.unread))]
    if (ids.length === 0 && counted) break
    if (found.ledger === null) ledger = null
    await pause(200 * deps.patience, signal)
  }
  if (ids.length > 0 || ledger === null || !counted) return false
  // Challenges that were written meanwhile are of later ledgers, and nobody compared them. A gap that came meanwhile is behind this
  // ledger, or its challenges are marked.
  await client.query('update sync set verified_ledger = greatest(coalesce(verified_ledger, 0), $1)', [
    Math.min(ledger, begun.ledger),
  ])
  return true
}

/** Those of them that cannot be compared: the contract does not say that they are archived, nor that its state is that of the rows. */
async function unknownOf(deps: RepairDeps, ids: readonly number[]): Promise<number[]> {
  const unknown: number[] = []
  for (const id of ids) {
    const told = await askState(deps, id)
    if (told.is === 'archived') continue
    const differences = told.is === 'state' ? await compareState(deps.client, id, told) : null
    if (differences === null) unknown.push(id)
    else if (differences.length > 0) await note(deps.client, id, differences, deps.log)
  }
  return unknown
}

async function note(
  client: ClientBase,
  id: number,
  differences: readonly { field: string; indexer: string; contract: string }[],
  log: Log,
): Promise<void> {
  if (await tolerable(client, id, differences)) return
  const [first] = differences
  const detail = `${first!.field}: the events come to ${first!.indexer}, the contract stores ${first!.contract}.`
  log.warn('challenge_differs', { challenge: id, fields: differences.length, detail })
  await transaction(client, async () => {
    const { rows } = await client.query('select ledger from sync for update')
    await client.query(SET_APART, [id, 'differs', detail.slice(0, 500), rows[0].ledger])
    await client.query('update sync set revision = revision + 1')
  })
}

/** Those that are marked, and those of which there is no row. */
async function repairAll(deps: RepairDeps, log: Log, archived: boolean): Promise<void> {
  const { client, signal } = deps
  const { rows } = await client.query(
    `select challenge::float8 as id from incomplete where state = 'partial' and (reason <> 'archived' or $1)
      union select g from sync s, generate_series(1, s.challenges) g where not exists (select from challenges c where c.id = g)
        and not exists (select from incomplete i where i.challenge = g)
      order by id limit 100`,
    [archived],
  )
  for (const { id } of rows as { id: number }[]) {
    signal.throwIfAborted()
    const done = await repair(deps, id)
    if (done !== 'later') log.info('challenge_repaired', { challenge: id, as: done })
  }
}

/** @returns the challenge after which the next one is looked at */
async function lookAtNext(deps: RepairDeps, after: number): Promise<number> {
  const { client, chain, signal, log } = deps
  const { rows } = await client.query(
    `select c.id::float8 as id from challenges c where id > $1 and not exists (select from incomplete i
      where i.challenge = c.id and i.state = 'partial') order by id limit 1`,
    [after],
  )
  const [row] = rows as { id: number }[]
  if (!row) {
    await mendOracles(deps)
    return 0
  }
  const look = await lookAt(client, chain, row.id, { signal })
  if (look.is === 'different') await note(client, row.id, look.differences, log)
  return row.id
}
