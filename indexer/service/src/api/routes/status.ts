/** /health, /ready and /status: the three faces of the service's own state. */
import { createRoute, z } from '@hono/zod-openapi'
import type { AliasedExpression } from 'kysely'
import type { AppDeps } from '../context.ts'
import { metricsText } from '../metrics.ts'
import { metaOf, readFreshness } from '../read/freshness.ts'
import { createRouter, ok } from '../router.ts'
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
const metrics = createRoute({
  method: 'get',
  path: '/metrics',
  tags,
  responses: {
    200: { description: 'The same for Prometheus.', content: { 'text/plain': { schema: z.string() } } },
  },
})
const status = createRoute({
  method: 'get',
  path: '/status',
  tags,
  responses: ok(Status, 'All that there is to know.'),
})

export function statusRoutes(deps: AppDeps) {
  return createRouter()
    .openapi(health, (c) => c.json({ ok: true as const }, 200))
    .openapi(ready, (c) => {
      const report = deps.report()
      const isReady = report.state === 'following'
      const reason = isReady ? null : ([report.database, report.rpc].find((up) => !up.ok)?.message ?? report.state)
      return c.json({ ready: isReady, reason }, isReady ? 200 : 503)
    })
    .openapi(metrics, async (c) => {
      const known = await readKnown(deps).catch(() => null)
      const counts = known && { ...known, gaps: known.gaps.length, incomplete: known.incomplete.length }
      const text = metricsText(deps.metrics, deps.report(), counts)
      return c.text(text, 200, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' })
    })
    .openapi(status, async (c) => {
      const report = deps.report()
      // Without its database the service still says how it is.
      const known = await readKnown(deps).catch(() => NOTHING_KNOWN)
      const { fresh, ...counts } = known
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

const NOTHING_KNOWN: Awaited<ReturnType<typeof readKnown>> = {
  fresh: {
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
  manifests: { known: 0, waiting: 0, failed: 0 },
}

async function readKnown({ db, now }: AppDeps) {
  const fresh = await readFreshness(db, now())
  const countRows = (eb: { fn: { countAll<T>(): { as(name: 'n'): AliasedExpression<T, 'n'> } } }) =>
    eb.fn.countAll<string>().as('n')
  const [gaps, incomplete, manifests] = await Promise.all([
    db.selectFrom('gaps').selectAll().orderBy('from_ledger').execute(),
    db.selectFrom('incomplete').select('challenge').orderBy('challenge').execute(),
    db.selectFrom('manifests').select(['state', countRows]).groupBy('state').execute(),
  ])
  const count = (...states: string[]) =>
    manifests.filter((row) => states.includes(row.state)).reduce((sum, row) => sum + Number(row.n), 0)
  return {
    fresh,
    gaps: gaps.map((gap) => ({ from: gap.from_ledger, to: gap.to_ledger, reason: gap.reason })),
    incomplete: incomplete.map((row) => Number(row.challenge)),
    manifests: { known: count('known'), waiting: count('waiting'), failed: count('failed', 'refused') },
  }
}
