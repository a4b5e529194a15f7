/** /v1/totals and /v1/errors. */
import { CONTRACT_ERRORS, RECORDS_ERRORS } from '@stellartrain/contracts-client/errors'
import type { AppDeps } from '../context.ts'
import { metaOf } from '../read/freshness.ts'
import { createTotals } from '../read/totals.ts'
import { createRouter, get, ok } from '../router.ts'
import { Totals } from '../schemas/account.ts'
import { ErrorTable } from '../schemas/status.ts'

const totals = get({
  path: '/totals',
  tags: ['Totals'],
  summary: 'Sums over all challenges.',
  responses: ok(Totals, 'Sums over all challenges.'),
})
const errors = get({
  path: '/errors',
  tags: ['Totals'],
  summary: "The contract's errors.",
  responses: ok(ErrorTable, "The contract's errors: number, name and sentence."),
})

export function totalRoutes(deps: AppDeps) {
  const read = createTotals()
  const table = Object.entries({ ...CONTRACT_ERRORS, ...RECORDS_ERRORS }).map(([code, { name, sentence }]) => ({
    code: Number(code),
    name,
    sentence,
  }))
  return createRouter()
    .openapi(totals, async (c) => {
      const { snapshot } = c.var
      return snapshot.send(
        await snapshot.read(async ({ db, fresh }) => ({
          ...(await read(db, fresh)),
          lowerBound: !fresh.whole,
          _meta: metaOf(fresh, deps),
        })),
      )
    })
    .openapi(errors, async (c) => c.var.snapshot.send(await c.var.snapshot.read(async () => ({ data: table }))))
}
