/** /v1/accounts and /v1/oracles: one address in its roles; who grades. */
import { z } from '@hono/zod-openapi'
import type { Kysely } from 'kysely'
import type { Database } from '../../store/database.ts'
import type { AppDeps, Freshness, Reads } from '../context.ts'
import type { Exports } from '../export/export.ts'
import { ALL_SUBMISSION_COLUMNS, CLAIM_COLUMNS, SOLVER_SCORE_COLUMNS } from '../export/tables.ts'
import { listRoutes, NO_PARAMS } from '../list/list.ts'
import { ApiError } from '../problem.ts'
import { oracleList, readCounts, readEarned, readKeys, readOracle } from '../read/accounts.ts'
import { challengeList, showChallenges } from '../read/challenges.ts'
import { claimList, readAccountEarnings } from '../read/earnings.ts'
import { metaOf } from '../read/freshness.ts'
import { mayLackEvents } from '../read/lost.ts'
import { readMaker } from '../read/makers.ts'
import { scoreList } from '../read/scores.ts'
import { submissionList } from '../read/submissions.ts'
import { createRouter, get, notFound, ok } from '../router.ts'
import { Account, ClaimPage, OracleDetail, OraclePage } from '../schemas/account.ts'
import { Address, Number32, newestFirst, oldestFirst } from '../schemas/common.ts'
import { SolverScorePage } from '../schemas/statistics.ts'
import { SubmissionPage } from '../schemas/submission.ts'
import { challengeSummary } from '../views/challenge.ts'

const WithAddress = z.object({ address: Address.openapi({ param: { name: 'address', in: 'path' } }) })
const LATEST = { after: null, back: false, limit: 20 }

const account = get({
  path: '/accounts/{address}',
  tags: ['Accounts'],
  summary: 'What one address did, in each role.',
  params: WithAddress,
  responses: ok(Account, 'What this address did; zeros if nothing.'),
})
const oracle = get({
  path: '/oracles/{address}',
  tags: ['Oracles'],
  summary: 'One oracle.',
  params: WithAddress,
  responses: { ...ok(OracleDetail, 'The oracle and all its keys.'), ...notFound },
})

async function noOracle(db: Kysely<Database>, address: string, fresh: Freshness): Promise<ApiError> {
  if (!(await mayLackEvents(db, fresh))) {
    return new ApiError('not_found', `${address} is not registered as an oracle up to ledger ${fresh.ledger}.`)
  }
  return new ApiError(
    'not_known',
    `Whether ${address} is registered as an oracle is not known: registrations may be missing here. The contract knows.`,
  )
}

async function accountOf({ db, fresh }: Reads, deps: AppDeps, address: string) {
  const submissions = submissionList(db, fresh.now, { solver: address, order: 'newest' })
  const made = challengeList(db, fresh.now, { maker: address }).then(({ rows }) => rows(LATEST))
  const [earned, earnings, counts, latest, challenges, maker, oracle] = await Promise.all([
    readEarned(db, address),
    readAccountEarnings(db, address),
    readCounts(db, address, fresh.now),
    submissions.rows(LATEST).then(submissions.show),
    made.then((rows) => showChallenges(db, rows)),
    readMaker(db, address, fresh.whole),
    readOracle(db, address, fresh.whole),
  ])
  return {
    ...{ address, earned, earnings, ...counts, lowerBound: !fresh.whole, submissions: latest },
    challenges: challenges.map((one) => challengeSummary(one, fresh.now)),
    ...{ maker: maker?.record ?? null, oracle, _meta: metaOf(fresh, deps) },
  }
}

export function accountRoutes(deps: AppDeps, exports: Exports) {
  const router = createRouter()
  router.route(
    '/',
    listRoutes(deps, exports, {
      ...{
        name: 'submissions',
        path: '/accounts/{address}/submissions',
        light: true,
        tags: ['Accounts'],
        params: WithAddress,
      },
      summary: 'Submissions of an account.',
      query: newestFirst,
      page: SubmissionPage,
      columns: ALL_SUBMISSION_COLUMNS,
      open: async ({ db, fresh, params, query }) => submissionList(db, fresh.now, { solver: params.address, ...query }),
    }),
  )
  router.route(
    '/',
    listRoutes(deps, exports, {
      ...{ name: 'scores', path: '/accounts/{address}/scores', tags: ['Accounts'], params: WithAddress },
      summary: 'The scores of an account, in the order in which it submitted.',
      description: 'Final verdicts on the public part of the truth, in all challenges or in one.',
      query: { challenge: Number32.optional(), ...oldestFirst },
      page: SolverScorePage,
      columns: SOLVER_SCORE_COLUMNS,
      open: async ({ db, params, query }) => scoreList(db, { solver: params.address, ...query }),
    }),
  )
  router.route(
    '/',
    listRoutes(deps, exports, {
      ...{ name: 'claims', path: '/accounts/{address}/claims', tags: ['Accounts'], params: WithAddress },
      summary: 'Earnings that an account was sent.',
      query: newestFirst,
      page: ClaimPage,
      columns: CLAIM_COLUMNS,
      open: async ({ db, params, query }) => claimList(db, { labeler: params.address, ...query }),
    }),
  )
  router.route(
    '/',
    listRoutes(deps, exports, {
      ...{
        name: 'oracles',
        path: '/oracles',
        tags: ['Oracles'],
        summary: 'Registered oracles, by address.',
        params: NO_PARAMS,
      },
      query: {},
      page: OraclePage,
      open: async ({ db, fresh }) => oracleList(db, fresh.whole),
    }),
  )
  return router
    .openapi(account, async (c) => {
      const { snapshot } = c.var
      const { address } = c.req.valid('param')
      return snapshot.send(await snapshot.read((reads) => accountOf(reads, deps, address)))
    })
    .openapi(oracle, async (c) => {
      const { snapshot } = c.var
      const { address } = c.req.valid('param')
      return snapshot.send(
        await snapshot.read(async ({ db, fresh }) => {
          const found = await readOracle(db, address, fresh.whole)
          if (!found) throw await noOracle(db, address, fresh)
          return { ...found, keys: await readKeys(db, address), _meta: metaOf(fresh, deps) }
        }),
      )
    })
}
