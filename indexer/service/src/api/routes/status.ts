/** /health, /ready and /status: the three faces of the service's own state. */
import { createRoute } from '@hono/zod-openapi'
import type { AppDeps } from '../context.ts'
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
const status = createRoute({
  method: 'get',
  path: '/status',
  tags,
  responses: ok(Status, 'All that there is to know.'),
})

export function statusRoutes(deps: AppDeps) {
  const { db } = deps
  return createRouter()
    .openapi(health, (c) => c.json({ ok: true as const }, 200))
    .openapi(ready, (c) => {
      const report = deps.report()
      const isReady = report.state === 'following'
      const reason = isReady ? null : ([report.database, report.rpc].find((up) => !up.ok)?.message ?? report.state)
      return c.json({ ready: isReady, reason }, isReady ? 200 : 503)
    })
    .openapi(status, async (c) => {
      const report = deps.report()
      const fresh = await readFreshness(db, deps.now())
      const [events, gaps, manifests] = await Promise.all([
        db
          .selectFrom('events')
          .select((eb) => eb.fn.countAll<string>().as('n'))
          .executeTakeFirst(),
        db.selectFrom('gaps').selectAll().orderBy('from_ledger').execute(),
        db
          .selectFrom('manifests')
          .select(['state', (eb) => eb.fn.countAll<string>().as('n')])
          .groupBy('state')
          .execute(),
      ])
      const count = (state: string) => Number(manifests.find((row) => row.state === state)?.n ?? 0)
      return c.json(
        {
          ...report,
          version: deps.version,
          lagLedgers: report.networkLedger === null ? null : Math.max(0, report.networkLedger - fresh.ledger),
          events: Number(events?.n ?? 0),
          undecoded: fresh.undecoded,
          gaps: gaps.map((gap) => ({ from: gap.from_ledger, to: gap.to_ledger, reason: gap.reason })),
          manifests: { known: count('known'), waiting: count('waiting'), failed: count('failed') },
          _meta: metaOf(fresh, deps),
        },
        200,
      )
    })
}
