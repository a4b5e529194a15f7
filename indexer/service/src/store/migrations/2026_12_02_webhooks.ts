/**
 * The only thing that people write: where they want to be told of events. A schema of its own, to be backed up by itself; nothing in it
 * follows from events, and `rebuild` leaves it alone.
 */
import { type Kysely, sql } from 'kysely'

const UP = [
  'create schema webhooks',
  // Signs sessions where the operator sets no SECRET_KEY; the same for all processes over one database.
  `create table webhooks.settings (only_row boolean primary key default true check (only_row),
    secret text not null default replace(gen_random_uuid()::text || gen_random_uuid()::text, '-', ''))`,
  'insert into webhooks.settings default values',
  `create table webhooks.endpoints (
    id uuid primary key default gen_random_uuid(),
    account text not null,
    url text not null,
    description text not null default '',
    secret text not null,
    -- Signs beside the other one until then, so that a receiver has time to change.
    old_secret text,
    old_until timestamptz,
    -- Empty: all.
    types text[] not null default '{}',
    challenges bigint[] not null default '{}',
    about text,
    state text not null default 'active' check (state in ('active', 'disabled')),
    reason text not null default '',
    created_at timestamptz not null default now(),
    -- It answered at least once.
    proven boolean not null default false,
    -- A message that is to be sent before all others.
    ping text,
    -- The last event that was delivered or passed over, and the one that it began behind.
    cursor text collate "C" not null,
    began text collate "C" not null,
    -- The same of events that came late, whose ids are before the cursor.
    late_cursor bigint not null,
    attempts int not null default 0,
    failing_since timestamptz,
    next_try timestamptz not null default now(),
    -- Who sends at the moment; who dies is followed when its time is over.
    lease uuid,
    leased_until timestamptz
  )`,
  'create index endpoints_by_account on webhooks.endpoints (account, created_at)',
  "create index endpoints_due on webhooks.endpoints (next_try) where state = 'active'",
  `create table webhooks.deliveries (
    id bigint generated always as identity primary key,
    endpoint uuid not null references webhooks.endpoints on delete cascade,
    message text not null,
    type text not null,
    event text collate "C",
    attempt int not null,
    at timestamptz not null default now(),
    status int,
    error text,
    milliseconds int not null
  )`,
  'create index deliveries_by_endpoint on webhooks.deliveries (endpoint, id)',
  // Events that were put where they belong after others: a cursor has passed them.
  'create table webhooks.late (seq bigint generated always as identity primary key, event text not null)',
  `create function webhooks.note_late() returns trigger language plpgsql as $$
    begin
      insert into webhooks.late (event)
        select f.id from fresh f, sync s where f.id <= s.last_event and exists (select from webhooks.endpoints) order by f.id;
      return null;
    end $$`,
  `create trigger events_late after insert on events referencing new table as fresh
    for each statement execute function webhooks.note_late()`,
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop trigger events_late on events').execute(db)
  await sql.raw('drop schema webhooks cascade').execute(db)
}
