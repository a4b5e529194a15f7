/** Votes that were read from the contract's storage have no event to be ordered by: their challenge keeps them apart. */
import { type Kysely, sql } from 'kysely'

const UP = ['drop index votes_by_event', 'create index votes_by_event on votes (event_id, number, challenge)']
const DOWN = ['drop index votes_by_event', 'create index votes_by_event on votes (event_id, number)']

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  for (const statement of DOWN) await sql.raw(statement).execute(db)
}
