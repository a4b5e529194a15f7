/** /v1/solvers, /v1/records, /v1/badges and /v1/makers: what accounts have on-chain to show for themselves. */
import { z } from '@hono/zod-openapi'
import type { AppDeps, Reads } from '../context.ts'
import type { Exports } from '../export/export.ts'
import { BADGE_COLUMNS, MAKER_COLUMNS, RECORD_COLUMNS, SOLVER_COLUMNS } from '../export/tables.ts'
import { listRoutes, NO_PARAMS } from '../list/list.ts'
import { ApiError } from '../problem.ts'
import { challengeList, showChallenges } from '../read/challenges.ts'
import { metaOf } from '../read/freshness.ts'
import { makerList, readMaker } from '../read/makers.ts'
import { badgeList, needRecords, readBadge, readSolver, recordList, solverList } from '../read/records.ts'
import { createRouter, get, notFound, ok } from '../router.ts'
import { Address, Number32, newestFirst } from '../schemas/common.ts'
import {
  BadgeDetail,
  BadgePage,
  MakerDetail,
  MakerPage,
  RecordPage,
  SolverDetail,
  SolverPage,
  solverOrder,
} from '../schemas/records.ts'
import { challengeSummary } from '../views/challenge.ts'

const WithAddress = z.object({ address: Address.openapi({ param: { name: 'address', in: 'path' } }) })
const BadgeId = z.object({ id: Number32.openapi({ param: { name: 'id', in: 'path' } }) })
const LATEST = { after: null, back: false, limit: 20 }

const solver = get({
  path: '/solvers/{address}',
  tags: ['Records'],
  summary: "One solver's record.",
  params: WithAddress,
  responses: { ...ok(SolverDetail, "The solver's record; zeros before anything of it was counted."), ...notFound },
})
const badge = get({
  path: '/badges/{id}',
  tags: ['Records'],
  summary: 'One badge.',
  params: BadgeId,
  responses: { ...ok(BadgeDetail, 'The badge.'), ...notFound },
})
const maker = get({
  path: '/makers/{address}',
  tags: ['Makers'],
  summary: 'One maker, with the latest challenges.',
  params: WithAddress,
  responses: { ...ok(MakerDetail, 'The maker.'), ...notFound },
})

const filters = { challenge: Number32.optional(), solver: Address.optional(), ...newestFirst }

export function recordRoutes(deps: AppDeps, exports: Exports) {
  const tags = ['Records']
  return createRouter()
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'solvers', path: '/solvers', tags, params: NO_PARAMS, mayLack: true },
        summary: 'Solvers with a record, by what it counts.',
        query: solverOrder,
        page: SolverPage,
        columns: SOLVER_COLUMNS,
        async open({ db, fresh, query }) {
          needRecords(fresh)
          return solverList(db, fresh, query)
        },
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'records', path: '/records', tags, params: NO_PARAMS, mayLack: true },
        summary: "Submissions that count in their solver's record, in the order in which they were counted.",
        description: 'Within one challenge by the number of the submission.',
        query: filters,
        page: RecordPage,
        columns: RECORD_COLUMNS,
        async open({ db, fresh, query }) {
          needRecords(fresh)
          return recordList(db, query)
        },
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'badges', path: '/badges', tags, params: NO_PARAMS, mayLack: true },
        summary: 'Badges, in the order in which they were taken.',
        query: filters,
        page: BadgePage,
        columns: BADGE_COLUMNS,
        async open({ db, fresh, query }) {
          needRecords(fresh)
          return badgeList(db, query)
        },
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'makers', path: '/makers', tags: ['Makers'], params: NO_PARAMS },
        summary: 'Makers, with the most challenges first.',
        query: {},
        page: MakerPage,
        columns: MAKER_COLUMNS,
        open: async ({ db, fresh }) => makerList(db, fresh.whole),
      }),
    )
    .openapi(solver, async (c) => {
      const { snapshot } = c.var
      const { address } = c.req.valid('param')
      return snapshot.send(
        await snapshot.read(async ({ db, fresh }) => {
          needRecords(fresh)
          return { ...(await readSolver(db, fresh, address)), _meta: metaOf(fresh, deps) }
        }),
      )
    })
    .openapi(badge, async (c) => {
      const { snapshot } = c.var
      const { id } = c.req.valid('param')
      return snapshot.send(await snapshot.read((reads) => badgeOf(reads, deps, id)))
    })
    .openapi(maker, async (c) => {
      const { snapshot } = c.var
      const { address } = c.req.valid('param')
      return snapshot.send(await snapshot.read((reads) => makerOf(reads, deps, address)))
    })
}

/** @throws ApiError `not_found`, `not_known` */
async function badgeOf({ db, fresh }: Reads, deps: AppDeps, id: number) {
  const records = needRecords(fresh)
  const found = await readBadge(db, id)
  if (found) return { ...found, _meta: metaOf(fresh, deps) }
  if (records.verifiedLedger !== null)
    throw new ApiError('not_found', `There is no badge ${id} up to ledger ${fresh.ledger}.`)
  throw new ApiError(
    'not_known',
    `Whether there is a badge ${id} is not known: the badges were not compared with their contract, ${records.contract}, yet.`,
  )
}

/** @throws ApiError `not_found`, `not_known` */
async function makerOf({ db, fresh }: Reads, deps: AppDeps, address: string) {
  const found = await readMaker(db, address, fresh.whole)
  if (!found && fresh.whole)
    throw new ApiError('not_found', `${address} made no challenge up to ledger ${fresh.ledger}.`)
  if (!found)
    throw new ApiError('not_known', `Whether ${address} made challenges is not known: challenges may be missing here.`)
  const made = await (await challengeList(db, fresh.now, { maker: address })).rows(LATEST)
  const challenges = (await showChallenges(db, made)).map((one) => challengeSummary(one, fresh.now))
  return { ...found, challenges, _meta: metaOf(fresh, deps) }
}
