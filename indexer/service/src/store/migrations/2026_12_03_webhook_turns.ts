/** How quickly each webhook answers, and since when it has not shown that it wants to be told. */
import { type Kysely, sql } from 'kysely'

const UP = [
  // Milliseconds; see webhooks/lanes.ts.
  'alter table webhooks.endpoints add column pace int not null default 0',
  // Its URL may have changed since it was made.
  'alter table webhooks.endpoints add column unproven_since timestamptz not null default now()',
  // Who signs in is looked up among those with a part in a challenge.
  'create index challenges_by_judge on challenges (judge) where judge is not null',
]

export async function up(db: Kysely<unknown>): Promise<void> {
  for (const statement of UP) await sql.raw(statement).execute(db)
}

export async function down(db: Kysely<unknown>): Promise<void> {
  await sql.raw('drop index challenges_by_judge').execute(db)
  await sql.raw('alter table webhooks.endpoints drop column pace, drop column unproven_since').execute(db)
}
