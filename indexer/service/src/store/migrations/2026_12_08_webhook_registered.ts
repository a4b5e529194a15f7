/** Tells processes that send webhooks that there is somebody to send to: while there is nobody, they ask nothing. */
import { type Kysely, sql } from 'kysely'
import { CHANNEL, REGISTERED } from '../channel.ts'

const UP = [
  `create function webhooks.tell_registered() returns trigger language plpgsql as $$
    begin
      perform pg_notify('${CHANNEL}', '${REGISTERED}');
      return null;
    end $$`,
  `create trigger endpoints_registered after insert on webhooks.endpoints
    for each statement execute function webhooks.tell_registered()`,
]

const DOWN = ['drop trigger endpoints_registered on webhooks.endpoints', 'drop function webhooks.tell_registered()']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of DOWN) await sql.raw(statement).execute(db)
}
