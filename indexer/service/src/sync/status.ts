/** What the sync loop knows of itself: changed by the loop, read by the API. */
import { withoutKeys } from '@stellartrain/service'

export type SyncReport = {
  /** `reading`: another process writes the tables, and this one takes over where it dies. */
  state: 'starting' | 'catching_up' | 'following' | 'reading' | 'refused'
  /** ISO 8601. */
  startedAt: string
  /** The latest ledger that the RPC knows. */
  networkLedger: number | null
  rpc: Upstream
  database: Upstream
  /** `null`: not configured. */
  ipfs: Upstream | null
}

/** Whether a service that the indexer needs answers, since when, and why not. */
type Upstream = { ok: boolean; since: string | null; message: string | null }

export type SyncStatus = {
  report(): SyncReport
  state(state: SyncReport['state']): void
  networkLedger(ledger: number): void
  /** `null`: it answers. Otherwise why not. */
  upstream(name: 'rpc' | 'database' | 'ipfs', trouble: string | null): void
  /** The database was looked at, and its rows are of the configured network and contract. */
  open(): void
  /** Why no row may be served; null: they may. */
  closed(): string | null
}

export function createStatus(now: () => number, ipfsConfigured: boolean): SyncStatus {
  const unknown = { ok: false, since: null, message: 'not asked yet' }
  const report: SyncReport = {
    state: 'starting',
    startedAt: new Date(now()).toISOString(),
    networkLedger: null,
    rpc: { ...unknown },
    database: { ...unknown },
    ipfs: ipfsConfigured ? { ...unknown } : null,
  }
  let opened = false
  return {
    report: () => report,
    open() {
      opened = true
    },
    closed() {
      if (report.state === 'refused') {
        const why = [report.database, report.rpc].find(({ ok, message }) => !ok && message !== null)
        return why?.message ?? 'The database is not of the configured network and contract.'
      }
      return opened ? null : 'The database was not opened yet. Retry in a few seconds.'
    },
    state(state) {
      report.state = state
    },
    networkLedger(ledger) {
      report.networkLedger = Math.max(ledger, report.networkLedger ?? 0)
    },
    upstream(name, said) {
      const trouble = said === null ? null : withoutKeys(said)
      const current = report[name]
      const ok = trouble === null
      if (current && current.since !== null && current.ok === ok && current.message === trouble) return
      const since =
        current && current.since !== null && current.ok === ok ? current.since : new Date(now()).toISOString()
      report[name] = { ok, since, message: trouble }
    },
  }
}
