/** What is known to be whole: how far the tables were compared with the contract, which challenges are not, and what replaced their history. */
import { type Kysely, sql } from 'kysely'

const UP = [
  // Null: never compared; how many challenges the contract counted then.
  'alter table sync add column verified_ledger int, add column challenges int',
  'drop table incomplete',
  // Challenges of which something is missing. `partial`: not to be believed; `recovered`: as the contract stored it in ledger `as_of`.
  `create table incomplete (
    challenge bigint primary key,
    state text not null check (state in ('partial', 'recovered')),
    reason text not null,
    detail text not null default '',
    since int not null,
    as_of int,
    unknown text[] not null default '{}',
    unknown_submissions bigint not null default 0,
    check ((state = 'recovered') = (as_of is not null))
  )`,
  // Hashes of ledgers, so that a network that was reset is told from an RPC that is behind.
  'create table anchors (ledger int primary key, hash text not null)',
  "insert into anchors select anchor_ledger, anchor_hash from sync where anchor_hash <> ''",
  'alter table sync drop column anchor_ledger, drop column anchor_hash',
  // The contract's own entries that stand for the missing part of a history: as raw as the archive, kept for ever as it is.
  `create table snapshots (
    challenge bigint primary key,
    ledger int not null,
    entries json not null
  )`,
]

const DOWN = [
  'alter table sync drop column verified_ledger, drop column challenges',
  `alter table sync add column anchor_ledger int not null default 0, add column anchor_hash text not null default ''`,
  'drop table incomplete, snapshots, anchors',
  'create table incomplete (challenge bigint primary key, since text not null)',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of DOWN) await sql.raw(statement).execute(db)
}
