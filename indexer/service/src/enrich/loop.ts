/** The background loop of enrichment: wakes with new events, works off what is due, never stops the rest. */
import type { Chain } from '@stellartrain/contracts-client'
import type { Kysely } from 'kysely'
import { pause } from '../source/pause.ts'
import type { Database } from '../store/database.ts'
import type { Feed } from '../store/feed.ts'
import type { SyncStatus } from '../sync/status.ts'
import { enrichAsset } from './assets.ts'
import { enrichManifest } from './manifests.ts'
import { dueJobs, retryFailed } from './queue.ts'

export type EnrichOptions = {
  db: Kysely<Database>
  chain: Chain
  /** Empty: manifests are not read. */
  gateways: readonly string[]
  feed: Feed
  status: SyncStatus
  now: () => number
  signal: AbortSignal
}

/** Runs until aborted. Never rejects. */
export async function runEnrichment(options: EnrichOptions): Promise<void> {
  const { db, signal, now, feed } = options
  let begun = false
  while (!signal.aborted) {
    try {
      if (!begun) await retryFailed(db)
      begun = true
      const seconds = Math.floor(now() / 1000)
      const assets = await dueJobs(db, 'assets', seconds, 8)
      const manifests = options.gateways.length > 0 ? await dueJobs(db, 'manifests', seconds, 8) : []
      await Promise.all([
        ...assets.map((job) => enrichAsset(options, job)),
        ...manifests.map(async (job) => options.status.upstream('ipfs', await enrichManifest(options, job))),
      ])
      if (assets.length + manifests.length === 0) await feed.next(2_000, signal)
    } catch {
      // The database is away; the sync loop says so, this one waits.
      await pause(2_000, signal)
    }
  }
}
