/** /v1/totals and /v1/errors. */
import { createRoute } from '@hono/zod-openapi'
import { CONTRACT_ERRORS, RECORDS_ERRORS } from '@stellartrain/contracts-client/errors'
import type { AppDeps } from '../context.ts'
import { metaOf } from '../read/freshness.ts'
import { readTotals } from '../read/totals.ts'
import { createRouter, ok } from '../router.ts'
import { Totals } from '../schemas/account.ts'
import { ErrorTable } from '../schemas/status.ts'

const totals = createRoute({
  method: 'get',
  path: '/totals',
  tags: ['Totals'],
  responses: ok(Totals, 'Sums over all challenges.'),
})
const errors = createRoute({
  method: 'get',
  path: '/errors',
  tags: ['Totals'],
  responses: ok(ErrorTable, "The contract's errors: number, name and sentence."),
})

export function totalRoutes(deps: AppDeps) {
  const table = Object.entries({ ...CONTRACT_ERRORS, ...RECORDS_ERRORS }).map(([code, { name, sentence }]) => ({
    code: Number(code),
    name,
    sentence,
  }))
  return createRouter()
    .openapi(totals, async (c) =>
      c.json({ ...(await readTotals(deps.db, c.var.fresh.now)), _meta: metaOf(c.var.fresh, deps) }, 200),
    )
    .openapi(errors, (c) => c.json({ data: table }, 200))
}
