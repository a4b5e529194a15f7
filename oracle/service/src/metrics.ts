/** What the oracle counts and measures beside what every service does. */
import { createMetrics, type Metrics } from '@stellartrain/service'
import { VERSION } from './version.ts'

export type OracleMetrics = Readonly<{
  metrics: Metrics
  /** A transaction that was included in a ledger. `votes`: how many it posted. */
  sent(kind: string, votes: number): void
  /** A failure that will be retried. `task`: what failed, e.g. `grade`, `vote`, `poll`. */
  failed(task: string, code: string): void
  /** A sealed file that was not taken, by the code of its refusal. */
  refused(code: string): void
  /** Sets the gauges from the state before each scrape. */
  observe(read: () => OracleState): void
}>

export type OracleState = Readonly<{
  /** Work in hand by stage: how many submissions, and the age of the oldest in seconds. */
  stages: Readonly<Record<string, Readonly<{ count: number; oldestSeconds: number }>>>
  up: Readonly<{ rpc: boolean; ipfs: boolean }>
  ready: boolean
  /** The last one seen; undefined before the first. */
  ledger: number | undefined
  accepted: number
  refused: number
  retrying: number
  /** Of the oracle's account, in XLM; undefined before it was read. */
  balance: number | undefined
  /** Seconds since the RPC last answered; undefined before the first time. */
  silentSeconds: number | undefined
  /** Seconds between the close of the last ledger that it saw and now; undefined before the first. */
  lagSeconds: number | undefined
  /** Votes of this oracle that are not the verdict, in the challenges that it follows. */
  disagreements: number
  /** Prizes that are due and could not be sent. */
  undeliveredPayments: number
  /** Challenges whose fees cannot be withdrawn. */
  blocked: number
  undelivered: Readonly<{ documents: number; oldestSeconds: number }>
  content: Readonly<{ bytes: number; limit: number }>
}>

export function createOracleMetrics(): OracleMetrics {
  const metrics = createMetrics('oracle', VERSION)
  const votes = metrics.counter('votes_posted_total', 'Votes in transactions that succeeded.')
  const transactions = metrics.counter('transactions_total', 'Transactions that succeeded, by kind.', ['kind'])
  const uploads = metrics.counter('files_refused_total', 'Sealed files that were not taken, by code.', ['code'])
  const failures = metrics.counter('failures_total', 'Failures that are retried, by task and code.', ['task', 'code'])
  return {
    metrics,
    sent(kind, posted) {
      transactions.inc({ kind })
      votes.inc(posted)
    },
    refused: (code) => uploads.inc({ code }),
    failed: (task, code) => failures.inc({ task, code }),
    observe: (read) => observe(metrics, read),
  }
}

function observe(metrics: Metrics, read: () => OracleState): void {
  const queue = metrics.gauge('queue_submissions', 'Submissions in work, by stage.', ['stage'])
  const oldest = metrics.gauge('queue_oldest_seconds', 'Age of the oldest of them.', ['stage'])
  const up = metrics.gauge('up', 'Whether RPC and IPFS answer.', ['upstream'])
  const ready = metrics.gauge('ready', 'Whether it can grade now.')
  const ledger = metrics.gauge('ledger', 'The last ledger that it saw.')
  const challenges = metrics.gauge('challenges', 'Challenges that name this oracle.', ['decision'])
  const retrying = metrics.gauge('retrying', 'Transactions and tasks that failed and will be retried.')
  const balance = metrics.gauge('account_xlm', "Balance of the oracle's account, which pays its transactions.")
  const figures = figuresOf(metrics)
  metrics.beforeScrape(() => {
    const state = read()
    figures(state)
    for (const [stage, { count, oldestSeconds }] of Object.entries(state.stages)) {
      queue.set({ stage }, count)
      oldest.set({ stage }, oldestSeconds)
    }
    up.set({ upstream: 'rpc' }, Number(state.up.rpc))
    up.set({ upstream: 'ipfs' }, Number(state.up.ipfs))
    ready.set(Number(state.ready))
    if (state.ledger !== undefined) ledger.set(state.ledger)
    challenges.set({ decision: 'accepted' }, state.accepted)
    challenges.set({ decision: 'refused' }, state.refused)
    retrying.set(state.retrying)
    if (state.balance === undefined) balance.remove()
    else balance.set(state.balance)
  })
}

/** Single figures: each a gauge of its own, absent while it is not known. */
function figuresOf(metrics: Metrics): (state: OracleState) => void {
  const figure = (name: string, help: string, of: (state: OracleState) => number | undefined) => {
    const gauge = metrics.gauge(name, help)
    return (state: OracleState) => {
      const value = of(state)
      if (value === undefined) gauge.remove()
      else gauge.set(value)
    }
  }
  const figures = [
    figure('rpc_silent_seconds', 'Since the RPC last answered.', ({ silentSeconds }) => silentSeconds),
    figure(
      'ledger_lag_seconds',
      'From the close of the last ledger that it saw to now.',
      ({ lagSeconds }) => lagSeconds,
    ),
    figure('disagreements', 'Own votes that are not the verdict, in what it follows.', (state) => state.disagreements),
    figure('undelivered_payments', 'Prizes that are due and could not be sent.', (state) => state.undeliveredPayments),
    figure('withdrawals_blocked', 'Challenges whose fees cannot be withdrawn.', ({ blocked }) => blocked),
    figure(
      'undelivered_documents',
      'Documents that no IPFS service has yet.',
      ({ undelivered }) => undelivered.documents,
    ),
    figure('undelivered_oldest_seconds', 'Age of the oldest of them.', ({ undelivered }) => undelivered.oldestSeconds),
    figure('content_bytes', 'Sealed files that it keeps.', ({ content }) => content.bytes),
    figure('content_limit_bytes', 'The most that it keeps.', ({ content }) => content.limit),
  ]
  return (state) => {
    for (const set of figures) set(state)
  }
}
