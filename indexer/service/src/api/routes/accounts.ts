/** /v1/accounts and /v1/oracles: one address in its roles; who grades. */
import { createRoute, z } from '@hono/zod-openapi'
import type { AppDeps } from '../context.ts'
import { ApiError } from '../problem.ts'
import { readCounts, readEarned, readKeys, readMakerRecord, readOracles } from '../read/accounts.ts'
import { readChallengePage, showChallenges } from '../read/challenges.ts'
import { readAccountEarnings, readClaims } from '../read/earnings.ts'
import { metaOf } from '../read/freshness.ts'
import { readSubmissionPage } from '../read/submissions.ts'
import { badRequest, createRouter, notFound, ok } from '../router.ts'
import { Account, ClaimPage, OracleDetail, OraclePage } from '../schemas/account.ts'
import { Address, PageQuery } from '../schemas/common.ts'
import { SubmissionPage } from '../schemas/submission.ts'
import { challengeSummary } from '../views/challenge.ts'
import { submissionView } from '../views/submission.ts'

const WithAddress = z.object({ address: Address.openapi({ param: { name: 'address', in: 'path' } }) })

const account = createRoute({
  method: 'get',
  path: '/accounts/{address}',
  tags: ['Accounts'],
  request: { params: WithAddress },
  responses: { ...ok(Account, 'What this address did; zeros if nothing.'), ...badRequest },
})
const submissions = createRoute({
  method: 'get',
  path: '/accounts/{address}/submissions',
  tags: ['Accounts'],
  request: { params: WithAddress, query: PageQuery },
  responses: { ...ok(SubmissionPage, 'Its submissions, the newest first.'), ...badRequest },
})
const claims = createRoute({
  method: 'get',
  path: '/accounts/{address}/claims',
  tags: ['Accounts'],
  request: { params: WithAddress, query: PageQuery },
  responses: { ...ok(ClaimPage, 'Earnings that it was sent, the newest first.'), ...badRequest },
})
const oracles = createRoute({
  method: 'get',
  path: '/oracles',
  tags: ['Oracles'],
  request: { query: PageQuery },
  responses: { ...ok(OraclePage, 'Registered oracles, by address.'), ...badRequest },
})
const oracle = createRoute({
  method: 'get',
  path: '/oracles/{address}',
  tags: ['Oracles'],
  request: { params: WithAddress },
  responses: { ...ok(OracleDetail, 'The oracle and all its keys.'), ...badRequest, ...notFound },
})

export function accountRoutes(deps: AppDeps) {
  const { db } = deps
  return createRouter()
    .openapi(account, async (c) => {
      const fresh = c.var.fresh
      const { address } = c.req.valid('param')
      const [earned, earnings, counts, maker, oracle, latest, made] = await Promise.all([
        readEarned(db, address),
        readAccountEarnings(db, address),
        readCounts(db, address, fresh.now),
        readMakerRecord(db, address),
        readOracles(db, { address, limit: 1 }),
        readSubmissionPage(db, { solver: address, order: 'newest', limit: 20 }),
        readChallengePage(db, fresh.now, { maker: address, sort: 'newest', limit: 20 }),
      ])
      const challenges = await showChallenges(db, made.data)
      return c.json(
        {
          address,
          earned,
          earnings,
          ...counts,
          submissions: latest.data.map((one) => submissionView(one, fresh.now)),
          challenges: challenges.map((one) => challengeSummary(one, fresh.now)),
          maker,
          oracle: oracle.data[0] ?? null,
          _meta: metaOf(fresh, deps),
        },
        200,
      )
    })
    .openapi(submissions, async (c) => {
      const fresh = c.var.fresh
      const filter = { solver: c.req.valid('param').address, order: 'newest' as const, ...c.req.valid('query') }
      const { data, next } = await readSubmissionPage(db, filter)
      const views = data.map((one) => submissionView(one, fresh.now))
      return c.json({ data: views, next, _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(claims, async (c) => {
      const filter = { labeler: c.req.valid('param').address, ...c.req.valid('query') }
      return c.json({ ...(await readClaims(db, filter)), _meta: metaOf(c.var.fresh, deps) }, 200)
    })
    .openapi(oracles, async (c) => {
      const { cursor, limit } = c.req.valid('query')
      if (cursor !== undefined && !Address.safeParse(cursor).success) {
        throw new ApiError('bad_request', 'The cursor of oracles is an address.')
      }
      const { data, next } = await readOracles(db, { after: cursor, limit })
      return c.json({ data, next, _meta: metaOf(c.var.fresh, deps) }, 200)
    })
    .openapi(oracle, async (c) => {
      const { address } = c.req.valid('param')
      const [found] = (await readOracles(db, { address, limit: 1 })).data
      if (!found) throw new ApiError('not_found', `${address} is not registered as an oracle.`)
      return c.json({ ...found, keys: await readKeys(db, address), _meta: metaOf(c.var.fresh, deps) }, 200)
    })
}
