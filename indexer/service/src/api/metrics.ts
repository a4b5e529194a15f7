/** Counts of requests, and the text that Prometheus reads: how far we are, how late, and how we answer. */
import { createMiddleware } from 'hono/factory'
import type { SyncReport } from '../sync/status.ts'
import type { AppEnv, Freshness } from './env.ts'

/** Upper bounds, in seconds. */
const BUCKETS = [0.005, 0.02, 0.1, 0.5, 2, 10]

export type Metrics = {
  request(status: number, seconds: number): void
  lines(): string[]
}

export function createMetrics(): Metrics {
  const answers = new Map<number, number>()
  const within = BUCKETS.map(() => 0)
  let sum = 0
  let count = 0
  return {
    request(status, seconds) {
      answers.set(status, (answers.get(status) ?? 0) + 1)
      sum += seconds
      count += 1
      BUCKETS.forEach((bound, index) => {
        if (seconds <= bound) within[index]! += 1
      })
    },
    lines() {
      const name = 'stellartrain_indexer_http_request_seconds'
      return [
        ...about('stellartrain_indexer_http_requests_total', 'counter', 'Answers by status.'),
        ...[...answers].map(([status, n]) => `stellartrain_indexer_http_requests_total{status="${status}"} ${n}`),
        ...about(name, 'histogram', 'Time until the answer began.'),
        ...BUCKETS.map((bound, index) => `${name}_bucket{le="${bound}"} ${within[index]}`),
        `${name}_bucket{le="+Inf"} ${count}`,
        `${name}_sum ${sum}`,
        `${name}_count ${count}`,
      ]
    },
  }
}

/** Counts every answer. */
export function counted(metrics: Metrics | undefined) {
  return createMiddleware<AppEnv>(async (c, next) => {
    const begin = performance.now()
    await next()
    metrics?.request(c.res.status, (performance.now() - begin) / 1000)
  })
}

export type Known = {
  fresh: Freshness
  gaps: number
  incomplete: number
  manifests: { waiting: number; failed: number }
}

const STATES: SyncReport['state'][] = ['starting', 'catching_up', 'following', 'refused']

/** The exposition format, version 0.0.4. `known` is null while the database does not answer. */
export function metricsText(metrics: Metrics | undefined, report: SyncReport, known: Known | null): string {
  const gauge = (name: string, help: string, value: number | null) =>
    value === null
      ? []
      : [...about(`stellartrain_indexer_${name}`, 'gauge', help), `stellartrain_indexer_${name} ${value}`]
  const up = (upstream: { ok: boolean } | null) => (upstream?.ok ? 1 : 0)
  const lines = [
    ...about('stellartrain_indexer_state', 'gauge', '1 for the state that it is in.'),
    ...STATES.map((state) => `stellartrain_indexer_state{state="${state}"} ${report.state === state ? 1 : 0}`),
    ...about('stellartrain_indexer_up', 'gauge', 'Whether what it depends on answers.'),
    `stellartrain_indexer_up{upstream="rpc"} ${up(report.rpc)}`,
    `stellartrain_indexer_up{upstream="database"} ${known ? 1 : 0}`,
    ...(report.ipfs ? [`stellartrain_indexer_up{upstream="ipfs"} ${up(report.ipfs)}`] : []),
    ...gauge('network_ledger', 'The newest ledger that the RPC has named.', report.networkLedger),
  ]
  if (known) {
    const { fresh, gaps, incomplete, manifests } = known
    lines.push(
      ...gauge('ledger', 'The last ledger that is fully in the tables.', fresh.ledger),
      ...gauge('lag_seconds', 'Between the close of that ledger and now.', fresh.lagSeconds),
      ...gauge('events', 'Events in the archive.', fresh.events),
      ...gauge('undecoded_events', 'Those of them that this version does not understand.', fresh.undecoded),
      ...gauge('gaps', 'Spans of ledgers that could not be had.', gaps),
      ...gauge('incomplete_challenges', 'Challenges set apart because events are missing.', incomplete),
      ...gauge('manifests_waiting', 'Manifests that are still to be fetched.', manifests.waiting),
      ...gauge('manifests_failed', 'Manifests that could not be fetched or were refused.', manifests.failed),
    )
  }
  return `${[...lines, ...(metrics?.lines() ?? [])].join('\n')}\n`
}

function about(name: string, type: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
}
