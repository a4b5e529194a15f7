/** /health, /ready, /status and /metrics: the service's own state. */
import { createRoute, z } from '@hono/zod-openapi'
import { HEALTH, type Metrics, readinessOf } from '@stellartrain/service'
import { doubtsOf, readCompleteness } from '../../store/completeness.ts'
import type { SyncReport } from '../../sync/status.ts'
import { countEndpoints } from '../../webhooks/endpoints.ts'
import type { AppDeps } from '../context.ts'
import { createIndexerMetrics } from '../metrics.ts'
import { metaOf, readFreshness } from '../read/freshness.ts'
import { COMMON, createRouter, ok } from '../router.ts'
import { Health, Ready, Status } from '../schemas/status.ts'

const tags = ['Service']
const health = createRoute({ method: 'get', path: '/health', tags, responses: ok(Health, 'The process is up.') })
const ready = createRoute({
  method: 'get',
  path: '/ready',
  tags,
  responses: {
    ...ok(Ready, 'It has caught up with the network.'),
    503: { description: 'It has not.', content: { 'application/json': { schema: Ready } } },
  },
})
const scrape = createRoute({
  method: 'get',
  path: '/metrics',
  tags,
  responses: {
    200: { description: 'Metrics for Prometheus.', content: { 'text/plain': { schema: z.string() } } },
    429: COMMON[429],
  },
})
const status = createRoute({
  method: 'get',
  path: '/status',
  tags,
  responses: { ...ok(Status, 'Everything about its state.'), 429: COMMON[429] },
})

export function statusRoutes(deps: AppDeps, metrics: Metrics) {
  let asking: Promise<string[]> | undefined
  // It has no limit, since balancers ask it: however many do at once, the database is asked once.
  const doubtsNow = () => {
    asking ??= doubtsIn(deps)
      .catch(() => UNREADABLE)
      .finally(() => {
        asking = undefined
      })
    return asking
  }
  return createRouter()
    .openapi(health, (c) => c.json(HEALTH, 200))
    .openapi(ready, async (c) => {
      const problems = problemsOf(deps.report())
      // What is not known to be whole is not ready; while the database is away, nothing is known.
      const doubts = problems.length > 0 ? [] : await doubtsNow()
      const { body, status } = readinessOf([...problems, ...doubts])
      return c.json(body, status)
    })
    .openapi(scrape, async (c) => c.text(await metrics.text(), 200, { 'content-type': metrics.contentType }))
    .openapi(status, async (c) => {
      const report = deps.report()
      // Without its database the service still reports its own state.
      const known = await readKnown(deps).catch(() => NOTHING_KNOWN)
      const { fresh, overdue: _, apart: __, ...counts } = known
      const lagLedgers = report.networkLedger === null ? null : Math.max(0, report.networkLedger - fresh.ledger)
      return c.json(
        {
          ...report,
          version: deps.version,
          lagLedgers,
          ...counts,
          events: fresh.events,
          undecoded: fresh.undecoded,
          _meta: metaOf(fresh, deps),
        },
        200,
      )
    })
}

/** What Prometheus reads; without its database the service still shows its own state. */
export function metricsOf(deps: AppDeps): Metrics {
  return createIndexerMetrics(async () => {
    const [known, webhooks] = await Promise.all([readKnown(deps), countEndpoints(deps.db)]).catch(() => [])
    const counts = known && webhooks ? { ...known, gaps: known.gaps.length, incomplete: known.apart, webhooks } : null
    return { report: deps.report(), known: counts }
  })
}

/** What the tables themselves say of it. Where another process writes them, also how old they are. */
async function doubtsIn({ db, now, report }: AppDeps): Promise<string[]> {
  const doubts = doubtsOf(await readCompleteness(db))
  if (report().state !== 'reading') return doubts
  const { lagSeconds } = await readFreshness(db, now())
  if (lagSeconds !== null && lagSeconds <= OLDEST_SECONDS) return doubts
  const age = lagSeconds === null ? 'are empty' : `are of ${Math.round(lagSeconds)} s ago`
  return [`The tables ${age}; the process that writes them is behind, or the network stands still.`, ...doubts]
}

/** A ledger closes every five seconds; the alert `IndexerLags` is on twice of it. */
const OLDEST_SECONDS = 60

/** Why its answers are not up to date; empty while it follows the network, or serves what another process writes. */
function problemsOf({ state, database, rpc }: SyncReport): string[] {
  if (state === 'following' || state === 'reading') return []
  const down = [database, rpc].flatMap(({ ok, message }) => (ok ? [] : [message ?? 'It does not answer.']))
  return down.length > 0 ? down : [state === 'starting' ? 'It is starting.' : 'It is catching up with the network.']
}

const UNREADABLE = ['The database does not answer.']

const NOTHING_KNOWN: Awaited<ReturnType<typeof readKnown>> = {
  fresh: {
    ...{ records: null, contract: null, network: null, cursorKey: null, whole: false, verifiedLedger: null },
    ledger: 0,
    ledgerClosedAt: 0,
    completeSince: null,
    revision: '0',
    events: 0,
    undecoded: 0,
    now: 0,
    lagSeconds: null,
  },
  gaps: [],
  incomplete: [],
  apart: { partial: 0, archived: 0, recovered: 0 },
  overdue: false,
  manifests: { known: 0, waiting: 0, failed: 0 },
}

/** A new index of an old contract may have recovered all of its challenges. */
const MOST_LISTED = 1_000

async function readKnown({ db, now }: AppDeps) {
  const fresh = await readFreshness(db, now())
  const [{ overdue, partial, archived, recovered }, gaps, incomplete, manifests] = await Promise.all([
    readCompleteness(db),
    db.selectFrom('gaps').selectAll().orderBy('from_ledger').execute(),
    db.selectFrom('incomplete').select('challenge').orderBy('challenge').limit(MOST_LISTED).execute(),
    db.selectFrom('manifest_states').selectAll().execute(),
  ])
  const count = (...states: string[]) =>
    manifests.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + Number(row.manifests), 0)
  return {
    fresh,
    overdue,
    gaps: gaps.map((gap) => ({ from: gap.from_ledger, to: gap.to_ledger, reason: gap.reason })),
    incomplete: incomplete.map((row) => Number(row.challenge)),
    apart: { partial, archived, recovered },
    manifests: { known: count('known'), waiting: count('waiting'), failed: count('failed', 'refused') },
  }
}
