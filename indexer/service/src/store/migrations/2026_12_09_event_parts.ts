/**
 * In which partitions there are events of a challenge, of a type, or of both: a page by one of them looks into these, however many
 * partitions there are beside them. Kept by whoever writes events (store/archive.ts), as is which of them came late: a trigger that sees
 * the rows has all of them copied for it.
 */
import { type Kysely, sql } from 'kysely'
import { NOTE_ALL_PARTS } from '../partitions.ts'

const UP = [
  'create table event_parts (challenge bigint not null, type text not null, part int not null, primary key (challenge, type, part))',
  NOTE_ALL_PARTS,
  'drop trigger events_late on events',
  'drop function webhooks.note_late()',
]

const DOWN = [
  'drop table event_parts',
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
  for (const statement of DOWN) await sql.raw(statement).execute(db)
}
