/** How many events there are, counted as they come: `/status` is asked too often to count them each time. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sync add column events bigint not null default 0`.execute(db)
  await sql`update sync set events = (select count(*) from events)`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table sync drop column events`.execute(db)
}
