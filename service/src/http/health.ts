/** `/health`, `/ready` and `/metrics`, the same for every service. */
import { Hono } from 'hono'
import { withoutKeys } from '../log/without-keys.ts'
import type { Metrics } from '../metrics.ts'

export type HealthDeps = Readonly<{
  /** Why the service cannot do its work now, in sentences; none when it can. */
  problems(): readonly string[] | Promise<readonly string[]>
  metrics: Metrics
}>

/** Answer of `/health`: the process is up. */
export const HEALTH = { status: 'ok' } as const

/** Answer of `/ready`, with status 200 or 503. */
export type Readiness = { ready: boolean; reasons: string[] }

export function readinessOf(problems: readonly string[]): { body: Readiness; status: 200 | 503 } {
  const ready = problems.length === 0
  return { body: { ready, reasons: [...new Set(problems.map(withoutKeys))] }, status: ready ? 200 : 503 }
}

export function healthRoutes({ problems, metrics }: HealthDeps): Hono {
  const app = new Hono()
  app.use(async (c, next) => {
    await next()
    c.header('cache-control', 'no-store')
  })
  app.get('/health', (c) => c.json(HEALTH))
  app.get('/ready', async (c) => {
    const { body, status } = readinessOf(await problems())
    return c.json(body, status)
  })
  app.get('/metrics', async (c) => c.body(await metrics.text(), 200, { 'content-type': metrics.contentType }))
  return app
}
