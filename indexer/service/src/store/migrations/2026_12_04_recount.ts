/** The judge that grades: what was opened to it, and what it computed. */
import { type Kysely, sql } from 'kysely'

const UP = [
  // Null: none is followed. From which ledger on its events are here.
  'alter table sync add column recount text, add column recount_since int',
  // Of a challenge: `configured` once, `truth` a row for each chunk; of a work: a row for each chunk.
  `create table recount_openings (
    event_id text collate "C" primary key,
    challenge bigint not null,
    kind text not null,
    solver text not null,
    attempt bigint not null,
    place bigint not null,
    rows bigint not null,
    complete boolean not null,
    at bigint not null,
    ledger int not null,
    tx text not null
  )`,
  'create index recount_openings_of_challenge on recount_openings (challenge, kind, solver, attempt)',
  `create table recounts (
    challenge bigint not null,
    solver text not null,
    attempt bigint not null,
    score bigint not null,
    private bigint not null,
    content_hash text not null,
    copied boolean not null,
    event_id text collate "C" not null,
    at bigint not null,
    ledger int not null,
    tx text not null,
    primary key (challenge, solver, attempt)
  )`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop table recount_openings, recounts').execute(db)
  await sql.raw('alter table sync drop column recount, drop column recount_since').execute(db)
}
