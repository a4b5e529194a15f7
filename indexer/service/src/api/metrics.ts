/** What the indexer measures beside what every service does: how far it is, how late, and what is missing. */
import { createMetrics, type Metrics } from '@stellartrain/service'
import type { SyncReport } from '../sync/status.ts'
import { VERSION } from '../version.ts'
import type { Freshness } from './env.ts'

export type Known = {
  fresh: Freshness
  gaps: number
  /** Challenges that are not whole. */
  incomplete: { partial: number; archived: number; recovered: number }
  /** Nobody compares the tables with the contract, or nobody can. */
  overdue: boolean
  manifests: { waiting: number; failed: number }
  webhooks: { active: number; failing: number; disabled: number }
}

const STATES: SyncReport['state'][] = ['starting', 'catching_up', 'following', 'reading', 'refused']

/** @param read the state, read anew for each scrape; `known` is null while the database does not answer */
export function createIndexerMetrics(read: () => Promise<{ report: SyncReport; known: Known | null }>): Metrics {
  const metrics = createMetrics('indexer', VERSION)
  const state = metrics.gauge('state', '1 for the state that it is in.', ['state'])
  const up = metrics.gauge('up', 'Whether what it depends on answers.', ['upstream'])
  const value = (name: string, help: string) => {
    const gauge = metrics.gauge(name, help)
    return (now: number | null | undefined) => (now === null || now === undefined ? gauge.remove() : gauge.set(now))
  }
  const networkLedger = value('network_ledger', 'The newest ledger that the RPC has named.')
  const ledger = value('ledger', 'The last ledger that is fully in the tables.')
  const lag = value('lag_seconds', 'Between the close of that ledger and now.')
  const events = value('events', 'Events in the archive.')
  const undecoded = value('undecoded_events', 'Those of them that this version does not understand.')
  const gaps = value('gaps', 'Ledger ranges that could not be fetched.')
  const incomplete = metrics.gauge(
    'incomplete_challenges',
    'Challenges with events missing: under repair, with entries that cannot be read, or read from the contract itself.',
    ['state'],
  )
  const verified = value('verified_ledger', 'Up to this ledger the tables were compared with the contract.')
  const overdue = value('verification_overdue', '1 while the last comparison with the contract is too old to rely on.')
  const waiting = value('manifests_waiting', 'Manifests that are still to be fetched.')
  const failed = value('manifests_failed', 'Manifests that could not be fetched or were refused.')
  const webhooks = metrics.gauge('webhooks', 'Webhooks that are sent to, fail at the moment, or are disabled.', [
    'state',
  ])
  metrics.beforeScrape(async () => {
    const { report, known } = await read()
    for (const one of STATES) state.set({ state: one }, Number(report.state === one))
    up.set({ upstream: 'rpc' }, Number(report.rpc.ok))
    up.set({ upstream: 'database' }, Number(known !== null))
    if (report.ipfs) up.set({ upstream: 'ipfs' }, Number(report.ipfs.ok))
    networkLedger(report.networkLedger)
    ledger(known?.fresh.ledger)
    lag(known?.fresh.lagSeconds)
    events(known?.fresh.events)
    undecoded(known?.fresh.undecoded)
    gaps(known?.gaps)
    for (const [one, count] of Object.entries(known?.incomplete ?? {})) incomplete.set({ state: one }, count)
    verified(known?.fresh.verifiedLedger)
    overdue(known && Number(known.overdue))
    waiting(known?.manifests.waiting)
    failed(known?.manifests.failed)
    for (const [one, count] of Object.entries(known?.webhooks ?? {})) webhooks.set({ state: one }, count)
  })
  return metrics
}
