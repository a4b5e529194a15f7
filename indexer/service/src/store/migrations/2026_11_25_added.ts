/** What was added to the prize after creation, so that a challenge's money adds up for whoever reads it. */
import { type Kysely, sql } from 'kysely'

export async function up(db: Kysely<unknown>): Promise<void> {
  // Nothing can be added to a bounty or a ranking; others get theirs by a rebuild.
  await sql`alter table challenges add column added numeric(39,0) not null default 0`.execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql`alter table challenges drop column added`.execute(db)
}
