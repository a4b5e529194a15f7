/** Brings a database to the newest shape; any number of processes may do so at once. */
import type { Kysely } from 'kysely'
import { Migrator } from 'kysely/migration'
import { IndexerError } from '../errors.ts'
import * as initial from './migrations/2026_11_29_initial.ts'
import * as wholeness from './migrations/2026_11_29_wholeness.ts'
import * as serving from './migrations/2026_11_30_serving.ts'
import * as records from './migrations/2026_12_01_records.ts'
import * as webhooks from './migrations/2026_12_02_webhooks.ts'
import * as webhookTurns from './migrations/2026_12_03_webhook_turns.ts'
import * as oracleSums from './migrations/2026_12_04_oracle_sums.ts'
import * as recount from './migrations/2026_12_04_recount.ts'
import * as partitions from './migrations/2026_12_05_partitions.ts'
import * as accountSums from './migrations/2026_12_06_account_sums.ts'
import * as boundedReads from './migrations/2026_12_07_bounded_reads.ts'
import * as webhookRegistered from './migrations/2026_12_08_webhook_registered.ts'
import * as eventParts from './migrations/2026_12_09_event_parts.ts'
import * as votesInOrder from './migrations/2026_12_10_votes_in_order.ts'

export const MIGRATIONS = {
  '2026_11_29_initial': initial,
  '2026_11_29_wholeness': wholeness,
  '2026_11_30_serving': serving,
  '2026_12_01_records': records,
  '2026_12_02_webhooks': webhooks,
  '2026_12_03_webhook_turns': webhookTurns,
  '2026_12_04_oracle_sums': oracleSums,
  '2026_12_04_recount': recount,
  '2026_12_05_partitions': partitions,
  '2026_12_06_account_sums': accountSums,
  '2026_12_07_bounded_reads': boundedReads,
  '2026_12_08_webhook_registered': webhookRegistered,
  '2026_12_09_event_parts': eventParts,
  '2026_12_10_votes_in_order': votesInOrder,
}

/** @throws IndexerError `newer_database`, or the database's own error. */
export async function migrate<T>(db: Kysely<T>): Promise<void> {
  const migrator = new Migrator({ db, provider: { getMigrations: async () => MIGRATIONS } })
  const { error } = await migrator.migrateToLatest()
  if (!error) return
  if (String(error).includes('corrupted migrations')) {
    throw new IndexerError(
      'newer_database',
      'This database was made by another version of the indexer. Start that version, or give this one an empty database.',
      { cause: error },
    )
  }
  throw error
}
