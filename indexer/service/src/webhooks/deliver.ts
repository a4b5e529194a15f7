/**
 * Sends what is due, to several endpoints at once and to each in order. An endpoint is leased before anything is sent and moves on in the
 * transaction that writes down what came of it: a process that dies in between is followed by another, which sends the same message again.
 */
import { randomUUID } from 'node:crypto'
import type { Log } from '@stellartrain/service'
import { Client } from 'pg'
import { pause } from '../source/pause.ts'
import { transaction } from '../store/commit.ts'
import type { Feed } from '../store/feed.ts'
import { type Due, type Leased, nextDue } from './due.ts'
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
  /** Endpoints at once. */
  atOnce?: number
  idleMs?: number
  counted?: (result: 'delivered' | 'failed' | 'disabled') => void
}

/** As Standard Webhooks advises: ten attempts over three days. */
export const SCHEDULE: readonly number[] = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400]

const MOST_RETRY_AFTER = 86_400
/** Who holds an endpoint sends for so long, then another has its turn. */
const TURN_MS = 10_000
/** Of each endpoint so many attempts are remembered. */
const LOGGED = 500

/** Runs until aborted. Never rejects. */
export async function runDeliveries(options: DeliverOptions): Promise<void> {
  const { atOnce = 4 } = options
  await Promise.all([tidyUp(options), ...Array.from({ length: atOnce }, () => worker(options))])
}

async function worker(options: DeliverOptions): Promise<void> {
  const { signal, log, feed, idleMs = 1_000 } = options
  for (let failures = 0; !signal.aborted; ) {
    const client = new Client({ connectionString: options.dbUrl, connectionTimeoutMillis: 5_000, keepAlive: true })
    client.on('error', () => {})
    try {
      await client.connect()
      while (!signal.aborted) {
        const sent = await turn(client, options)
        failures = 0
        if (!sent) await feed.next(idleMs, signal)
      }
    } catch (error) {
      if (!signal.aborted)
        log.warn('webhooks_interrupted', { message: error instanceof Error ? error.message : String(error) })
      await pause(Math.min(30_000, 500 * 2 ** Math.min(failures++, 8)), signal)
    } finally {
      await client.end().catch(() => {})
    }
  }
}

/** One endpoint, for a while. @returns whether there was one with anything due */
async function turn(client: Client, options: DeliverOptions): Promise<boolean> {
  const { timeoutMs = 15_000, signal } = options
  const lease = randomUUID()
  const leaseMs = timeoutMs + TURN_MS + 15_000
  const { rows } = await client.query(
    `update webhooks.endpoints set lease = $1, leased_until = now() + make_interval(secs => $2) where id = (
      select id from webhooks.endpoints where state = 'active' and next_try <= now() and (leased_until is null or leased_until < now())
        and (ping is not null or cursor < (select last_event from sync)
          or late_cursor < (select coalesce(max(seq), 0) from webhooks.late))
      order by next_try limit 1 for update skip locked
    ) returning id`,
    [lease, leaseMs / 1000],
  )
  const [held] = rows as { id: string }[]
  if (!held) return false
  const until = performance.now() + TURN_MS
  try {
    while (!signal.aborted && performance.now() < until) if (!(await step(client, options, lease))) break
  } finally {
    await client
      .query('update webhooks.endpoints set lease = null, leased_until = null where lease = $1', [lease])
      .catch(() => {})
  }
  return true
}

/** One message. @returns whether to go on with this endpoint */
async function step(client: Client, options: DeliverOptions, lease: string): Promise<boolean> {
  const { now, allowPrivate, timeoutMs = 15_000, signal } = options
  const { rows } = await client.query(
    `select id, url, secret, case when old_until > now() then old_secret end as old_secret, types, challenges, about, ping, cursor, began,
      late_cursor, attempts from webhooks.endpoints where lease = $1 and state = 'active'`,
    [lease],
  )
  const [endpoint] = rows as Leased[]
  if (!endpoint) return false
  const due = await nextDue(client, endpoint)
  if (due === null) return false
  if ('passed' in due) return moveOn(client, lease, endpoint, due.passed)
  const secrets = [endpoint.secret, ...(endpoint.old_secret === null ? [] : [endpoint.old_secret])]
  const headers = signedHeaders(due, secrets, Math.floor(now() / 1000))
  const attempt = await post(endpoint.url, headers, due.body, { allowPrivate, timeoutMs, signal })
  // What was cut off by our own end says nothing of the receiver.
  if (signal.aborted && attempt.status === null) return false
  return settle(client, options, { lease, endpoint, due, attempt })
}

/** @returns false: it was changed meanwhile, or is another's now */
async function moveOn(client: Client, lease: string, { ping, cursor }: Leased, after: Due['after']): Promise<boolean> {
  const { rowCount } = await client.query(
    `update webhooks.endpoints set cursor = coalesce($2, cursor), late_cursor = coalesce($3, late_cursor),
      ping = case when $4::boolean and ping = $5 then null else ping end
      where lease = $1 and cursor = $6`,
    [lease, after.cursor ?? null, after.lateCursor ?? null, after.pinged ?? false, ping, cursor],
  )
  return rowCount === 1
}

type Settled = { lease: string; endpoint: Leased; due: Due; attempt: Attempt }

async function settle(client: Client, options: DeliverOptions, settled: Settled): Promise<boolean> {
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

async function fail(client: Client, options: DeliverOptions, { lease, endpoint, attempt }: Settled): Promise<void> {
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
async function tidyUp({ dbUrl, signal }: DeliverOptions): Promise<void> {
  while (!signal.aborted) {
    await pause(60_000, signal)
    if (signal.aborted) return
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
