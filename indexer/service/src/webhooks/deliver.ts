/**
 * Sends what is due, to many endpoints at once and to each in order; what waits for receivers holds no connection to the database. An endpoint is leased before anything is sent and moves on in the
 * transaction that writes down what came of it: a process that dies in between is followed by another, which sends the same message again.
 */
import { randomUUID } from 'node:crypto'
import type { Log } from '@stellartrain/service'
import { Client, type ClientBase, type Pool } from 'pg'
import { pause } from '../source/pause.ts'
import { transaction } from '../store/commit.ts'
import type { Feed } from '../store/feed.ts'
import { openPool } from '../store/pool.ts'
import { type Anyone, createAnyone } from './anyone.ts'
import { type Asked, type Due, type Leased, nextDue } from './due.ts'
import { LANES, type Lane, laneOf, paceSql } from './lanes.ts'
import { type Attempt, post } from './post.ts'
import { signedHeaders } from './sign.ts'

export type DeliverOptions = {
  dbUrl: string
  feed: Feed
  signal: AbortSignal
  log: Log
  allowPrivate: boolean
  /** Unix milliseconds. */
  now: () => number
  random?: () => number
  /** Seconds to wait after each failure in a row; after the last one the endpoint is disabled. */
  schedule?: readonly number[]
  timeoutMs?: number
  /** Endpoints at once, in each lane. Default: 32 that answer quickly, 16 that do not, 16 that never did. */
  atOnce?: Readonly<Record<Lane, number>>
  idleMs?: number
  counted?: (result: 'delivered' | 'failed' | 'disabled') => void
}

/** As Standard Webhooks advises: ten attempts over three days. */
export const SCHEDULE: readonly number[] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

const MOST_RETRY_AFTER = 86_400
/** Who holds an endpoint sends for so long, then another has its turn. */
const TURN_MS = 10_000
/** Whoever wants to be told answers the first ping soon: a thousand that never do are through in minutes. */
const PING_MS = 5_000
/** Of each endpoint so many attempts are remembered. */
const LOGGED = 500

/** For all lanes together: a turn uses one for milliseconds, then waits for a receiver. */
const CONNECTIONS = 4

/** Runs until aborted. Never rejects. */
export async function runDeliveries(options: DeliverOptions): Promise<void> {
  const { atOnce = { quick: 32, slow: 16, new: 16 } } = options
  const pool = openPool(options.dbUrl, { max: CONNECTIONS })
  try {
    const anyone = createAnyone(pool, options.feed)
    const lanes = LANES.map((lane) => runLane(pool, options, { lane, atOnce: atOnce[lane], anyone }))
    await Promise.all([tidyUp(options, anyone), ...lanes])
  } finally {
    await pool.end().catch(() => {})
  }
}

/** Takes one endpoint after the other while there are senders left. */
async function runLane(
  pool: Pool,
  options: DeliverOptions,
  { lane, atOnce, anyone }: { lane: Lane; atOnce: number; anyone: Anyone },
): Promise<void> {
  const { signal, log, feed, idleMs = 1_000 } = options
  const turns = new Set<Promise<void>>()
  // However many turns fail together, they are one trouble, and each in a row is waited for longer.
  let trouble = false
  let troubles = 0
  const failed = (error: unknown) => {
    trouble = true
    if (!signal.aborted)
      log.warn('webhooks_interrupted', { message: error instanceof Error ? error.message : String(error) })
  }
  const send = async (lease: string) => {
    try {
      await takeTurn(pool, options, lane, lease)
    } catch (error) {
      failed(error)
    }
  }
  while (!signal.aborted) {
    if (trouble) {
      trouble = false
      await pause(Math.min(30_000, 500 * 2 ** Math.min(troubles++, 6)), signal)
    }
    const next = async () => ((await anyone()) ? claim(pool, options, lane) : null)
    const lease = turns.size < atOnce ? await next().catch(failed) : null
    // The database answered.
    if (lease !== undefined) troubles = 0
    if (lease) {
      const turn = send(lease).finally(() => turns.delete(turn))
      turns.add(turn)
    } else if (!trouble) await Promise.race([feed.next(idleMs, signal), ...turns])
  }
  await Promise.all(turns)
}

/**
 * Leases the endpoint whose turn it is: of the account with the fewest that are sent to at the moment, the one that has waited longest.
 * @returns null: none has anything due
 */
async function claim(pool: Pool, { timeoutMs = 15_000 }: DeliverOptions, lane: Lane): Promise<string | null> {
  const lease = randomUUID()
  const leaseMs = timeoutMs + TURN_MS + 15_000
  const { rowCount } = await pool.query(
    `with held as (select account, count(*) as places from webhooks.endpoints where leased_until > now() group by account)
    update webhooks.endpoints set lease = $1, leased_until = now() + make_interval(secs => $2) where id = (
      select e.id from webhooks.endpoints e left join held using (account)
        where state = 'active' and next_try <= now() and (leased_until is null or leased_until < now()) and ${laneOf('e')} = $3
        and (ping is not null or cursor < (select last_event from sync)
          or late_cursor < (select coalesce(max(seq), 0) from webhooks.late))
      order by coalesce(places, 0), next_try limit 1 for update of e skip locked)`,
    [lease, leaseMs / 1000, lane],
  )
  return rowCount === 1 ? lease : null
}

/** One endpoint, for a while. */
async function takeTurn(pool: Pool, options: DeliverOptions, lane: Lane, lease: string): Promise<void> {
  const until = performance.now() + TURN_MS
  try {
    while (!options.signal.aborted && performance.now() < until) if (!(await step(pool, options, lane, lease))) break
  } finally {
    await pool
      .query('update webhooks.endpoints set lease = null, leased_until = null where lease = $1', [lease])
      .catch(() => {})
  }
}

/** One message. @returns whether to go on with this endpoint */
async function step(pool: Pool, options: DeliverOptions, lane: Lane, lease: string): Promise<boolean> {
  const { now, allowPrivate, timeoutMs = 15_000, signal } = options
  const { rows } = await pool.query(
    `select id, url, secret, case when old_until > now() then old_secret end as old_secret, types, challenges, about, ping, cursor, began,
      late_cursor, attempts from webhooks.endpoints e where lease = $1 and state = 'active' and ${laneOf('e')} = $2`,
    [lease, lane],
  )
  const [endpoint] = rows as Leased[]
  if (!endpoint) return false
  const due = await nextDue(pool, endpoint)
  if (due === null) return false
  if ('passed' in due) return moveOn(pool, lease, endpoint, due.passed)
  const secrets = [endpoint.secret, ...(endpoint.old_secret === null ? [] : [endpoint.old_secret])]
  const headers = signedHeaders(due, secrets, Math.floor(now() / 1000))
  const patience = lane === 'new' ? Math.min(timeoutMs, PING_MS) : timeoutMs
  const attempt = await post(endpoint.url, headers, due.body, { allowPrivate, timeoutMs: patience, signal })
  // What was cut off by our own end says nothing of the receiver.
  if (signal.aborted && attempt.status === null) return false
  const client = await pool.connect()
  let broken = true
  try {
    const goOn = await settle(client, options, { lease, endpoint, due, attempt })
    broken = false
    return goOn
  } finally {
    client.release(broken)
  }
}

/** @returns false: it was changed meanwhile, or is another's now */
async function moveOn(client: Asked, lease: string, { ping, cursor }: Leased, after: Due['after']): Promise<boolean> {
  const { rowCount } = await client.query(
    `update webhooks.endpoints set cursor = coalesce($2, cursor), late_cursor = coalesce($3, late_cursor),
      ping = case when $4::boolean and ping = $5 then null else ping end
      where lease = $1 and cursor = $6`,
    [lease, after.cursor ?? null, after.lateCursor ?? null, after.pinged ?? false, ping, cursor],
  )
  return rowCount === 1
}

type Settled = { lease: string; endpoint: Leased; due: Due; attempt: Attempt }

async function settle(client: ClientBase, options: DeliverOptions, settled: Settled): Promise<boolean> {
  const { lease, endpoint, due, attempt } = settled
  return transaction(client, async () => {
    await client.query(
      `insert into webhooks.deliveries (endpoint, message, type, event, attempt, status, error, milliseconds)
        select id, $2, $3, $4, $5, $6, $7, $8 from webhooks.endpoints where id = $1`,
      [
        ...[endpoint.id, due.id, due.type, due.event, endpoint.attempts + 1, attempt.status],
        ...[attempt.error, attempt.milliseconds],
      ],
    )
    await client.query(`update webhooks.endpoints set pace = ${paceSql('$2')} where lease = $1`, [
      lease,
      attempt.milliseconds,
    ])
    if (attempt.error === null) {
      options.counted?.('delivered')
      await client.query(
        'update webhooks.endpoints set attempts = 0, failing_since = null, proven = true, next_try = now() where lease = $1',
        [lease],
      )
      return moveOn(client, lease, endpoint, due.after)
    }
    await fail(client, options, settled)
    return false
  })
}

async function fail(client: ClientBase, options: DeliverOptions, { lease, endpoint, attempt }: Settled): Promise<void> {
  const { schedule = SCHEDULE, random = Math.random } = options
  const wait = schedule[endpoint.attempts]
  const gone = attempt.status === 410
  if (wait === undefined || gone) {
    options.counted?.('disabled')
    const reason = gone
      ? 'It answered with 410: no one is there.'
      : `${endpoint.attempts + 1} attempts failed. ${attempt.error}`
    await client.query(
      `update webhooks.endpoints set state = 'disabled', reason = $2, attempts = attempts + 1,
        failing_since = coalesce(failing_since, now()) where lease = $1`,
      [lease, reason],
    )
    return
  }
  options.counted?.('failed')
  const seconds = Math.max(wait * (1 + random() / 10), Math.min(attempt.retryAfter, MOST_RETRY_AFTER))
  await client.query(
    `update webhooks.endpoints set attempts = attempts + 1, failing_since = coalesce(failing_since, now()),
      next_try = now() + make_interval(secs => $2) where lease = $1`,
    [lease, seconds],
  )
}

/** What is remembered is bounded: attempts of each endpoint, and late events that all have passed. */
async function tidyUp({ dbUrl, signal }: DeliverOptions, anyone: Anyone): Promise<void> {
  while (!signal.aborted) {
    await pause(60_000, signal)
    if (signal.aborted) return
    if (!(await anyone().catch(() => false))) continue
    const client = new Client({ connectionString: dbUrl, connectionTimeoutMillis: 5_000 })
    client.on('error', () => {})
    try {
      await client.connect()
      await client.query(`delete from webhooks.deliveries d using (
        select e.id, (select d.id from webhooks.deliveries d where d.endpoint = e.id order by d.id desc offset ${LOGGED} limit 1) as last
        from webhooks.endpoints e) old where d.endpoint = old.id and d.id <= old.last`)
      await client.query(`delete from webhooks.late where seq <= coalesce((select min(late_cursor) from webhooks.endpoints), 0)
        and seq < (select max(seq) from webhooks.late)`)
    } catch {
      // The next time.
    } finally {
      await client.end().catch(() => {})
    }
  }
}
