/** The raw events in partitions (see partitions.ts). What is there already becomes the first one as it is, without being written again. */
import { type Kysely, sql } from 'kysely'
import { boundOf, partOf } from '../partitions.ts'

const INDEXES = [
  'create index events_by_challenge on events (challenge, id) where challenge is not null',
  'create index events_by_type on events (type, id)',
  'create index events_by_tx on events using hash (tx_hash)',
]

const LATE = `create trigger events_late after insert on events referencing new table as fresh
  for each statement execute function webhooks.note_late()`

export async function up(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db)
  const { rows } = await sql<{ last: number | null }>`select max(ledger) as last from events`.execute(db)
  const last = rows[0]?.last ?? null
  const end = partOf(last ?? 0) + 1
  const old = `events_to_${end}`
  await run('drop trigger events_late on events')
  await run(`alter table events rename to ${old}`)
  for (const index of ['events_pkey', 'events_by_challenge', 'events_by_type', 'events_by_tx'])
    await run(`alter index ${index} rename to ${index.replace('events', old)}`)
  await run(`create table events (like ${old} including defaults including storage) partition by range (id)`)
  await run('alter table events add primary key (id)')
  for (const index of INDEXES) await run(index)
  if (last === null) await run(`drop table ${old}`)
  else await run(`alter table events attach partition ${old} for values from (minvalue) to ('${boundOf(end)}')`)
  await run(LATE)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  const run = (statement: string) => sql.raw(statement).execute(db)
  await run('alter table events rename to events_parted')
  await run('create table events (like events_parted including defaults including storage)')
  await run('insert into events select * from events_parted')
  await run('drop table events_parted')
  await run('alter table events add primary key (id)')
  for (const index of INDEXES) await run(index)
  await run(LATE)
}
