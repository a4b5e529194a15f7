/** A table as a queue for what is fetched in the background: due rows, one try each, later tries further apart. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../store/database.ts'

export type Job = { key: string; attempts: number }

const TABLES = { manifests: 'cid', assets: 'contract' } as const
export type QueueName = keyof typeof TABLES

/** Seconds; also what tells a wait from a clock that was set back since. */
const LONGEST_WAIT = 3_600

/** Tries before a row is left alone until the next start. */
const MOST_ATTEMPTS = 12

export async function dueJobs(db: Kysely<Database>, queue: QueueName, now: number, limit: number): Promise<Job[]> {
  const { rows } = await sql<Job>`
    select ${sql.ref(TABLES[queue])} as key, attempts from ${sql.table(queue)}
    where state = 'waiting' and (next_try <= ${now} or next_try > ${now + LONGEST_WAIT}) order by next_try limit ${limit}`.execute(
    db,
  )
  return rows
}

/** Puts a job off: 5 s, 10 s, … up to an hour, then it has failed. */
export async function putOff(db: Kysely<Database>, queue: QueueName, job: Job, now: number): Promise<void> {
  const attempts = job.attempts + 1
  const state = attempts >= MOST_ATTEMPTS ? 'failed' : 'waiting'
  const next = now + Math.min(LONGEST_WAIT, 5 * 2 ** Math.min(attempts - 1, 20))
  await sql`update ${sql.table(queue)} set attempts = ${attempts}, next_try = ${next}, state = ${state}
    where ${sql.ref(TABLES[queue])} = ${job.key}`.execute(db)
}

/** At a start everything that failed is due again: what was down may be up. */
export async function retryFailed(db: Kysely<Database>): Promise<void> {
  await sql`update manifests set state = 'waiting', attempts = 0, next_try = 0 where state = 'failed'`.execute(db)
  await sql`update assets set state = 'waiting', attempts = 0, next_try = 0 where state = 'failed'`.execute(db)
}

/** Answers changed without a ledger: caches must notice. */
export async function revise(db: Kysely<Database>): Promise<void> {
  await sql`update sync set revision = revision + 1`.execute(db)
}
