/** /v1/challenges: the list, one of them, its submissions and its leaderboard. */
import { createRoute, z } from '@hono/zod-openapi'
import { redue } from '@stellartrain/contracts-client/rules'
import type { Context } from 'hono'
import { readEpochVote } from '../../store/read.ts'
import type { AppDeps, AppEnv, Freshness } from '../context.ts'
import { CSV_PAGE, csv, LEADERBOARD_COLUMNS, SUBMISSION_COLUMNS, wantsCsv } from '../csv.ts'
import { page, readCursor, writeCursor } from '../cursor.ts'
import { ApiError } from '../problem.ts'
import { readChallengePage, type Shown, selectChallenges, showChallenges } from '../read/challenges.ts'
import { readClaims, readEpochVotes } from '../read/earnings.ts'
import { metaOf } from '../read/freshness.ts'
import { readLeaderboard } from '../read/leaderboard.ts'
import { readParts } from '../read/parts.ts'
import { pastLeaders, pastParts, readPast } from '../read/past.ts'
import { readSubmissionPage, selectSubmissions, showSubmissions } from '../read/submissions.ts'
import { badRequest, createRouter, csvFile, notFound, ok, okOrCsv } from '../router.ts'
import { ClaimPage } from '../schemas/account.ts'
import { Challenge, ChallengePage, ChallengeQuery, EpochPage } from '../schemas/challenge.ts'
import { Address, PageQuery } from '../schemas/common.ts'
import { LeaderboardPage, SubmissionDetail, SubmissionPage, SubmissionQuery } from '../schemas/submission.ts'
import { challengeSummary } from '../views/challenge.ts'
import { challengeDetail } from '../views/challenge-detail.ts'
import { epochView, leaderViews } from '../views/place.ts'
import { isRanked } from '../views/standing.ts'
import { submissionView } from '../views/submission.ts'

const Number32 = z.coerce.number().int().min(1).max(4_294_967_295)
const ChallengeId = z.object({ id: Number32.openapi({ param: { name: 'id', in: 'path' } }) })
const SubmissionId = ChallengeId.extend({ number: Number32.openapi({ param: { name: 'number', in: 'path' } }) })
const AtLedger = z.object({
  at_ledger: Number32.optional().openapi({
    description: 'As it was after this ledger; the clock is that of the last event until then.',
  }),
})
const tags = ['Challenges']

type PageOf = { cursor?: string | undefined; limit: number }

/** null: now. @throws ApiError */
function pastLedger(asked: number | undefined, { ledger }: Freshness): number | null {
  if (asked === undefined) return null
  if (asked <= ledger) return asked
  throw new ApiError('bad_request', `Ledger ${asked} is not here yet; the last one is ${ledger}.`)
}

const list = createRoute({
  method: 'get',
  path: '/challenges',
  tags,
  request: { query: ChallengeQuery },
  responses: { ...ok(ChallengePage, 'Challenges.'), ...badRequest },
})
const one = createRoute({
  method: 'get',
  path: '/challenges/{id}',
  tags,
  request: { params: ChallengeId, query: AtLedger },
  responses: { ...ok(Challenge, 'The challenge.'), ...badRequest, ...notFound },
})
const submissions = createRoute({
  method: 'get',
  path: '/challenges/{id}/submissions',
  tags,
  request: { params: ChallengeId, query: SubmissionQuery },
  description: 'With `Accept: text/csv` all of them as CSV.',
  responses: { ...okOrCsv(SubmissionPage, 'Its submissions.'), ...badRequest, ...notFound },
})
const submissionsFile = createRoute({
  method: 'get',
  path: '/challenges/{id}/submissions.csv',
  tags,
  request: { params: ChallengeId },
  responses: { ...csvFile('All its submissions, the oldest first.'), ...badRequest, ...notFound },
})
const submission = createRoute({
  method: 'get',
  path: '/challenges/{id}/submissions/{number}',
  tags,
  request: { params: SubmissionId },
  responses: { ...ok(SubmissionDetail, 'The submission.'), ...badRequest, ...notFound },
})
const leaderboard = createRoute({
  method: 'get',
  path: '/challenges/{id}/leaderboard',
  tags,
  request: { params: ChallengeId, query: PageQuery.extend(AtLedger.shape) },
  description: 'With `Accept: text/csv` all of it as CSV.',
  responses: { ...okOrCsv(LeaderboardPage, 'The best submission of each solver.'), ...badRequest, ...notFound },
})
const leaderboardFile = createRoute({
  method: 'get',
  path: '/challenges/{id}/leaderboard.csv',
  tags,
  request: { params: ChallengeId },
  responses: { ...csvFile('The whole leaderboard.'), ...badRequest, ...notFound },
})

const epochs = createRoute({
  method: 'get',
  path: '/challenges/{id}/epochs',
  tags,
  request: { params: ChallengeId, query: PageQuery },
  responses: { ...ok(EpochPage, 'Epochs of earnings, the newest first.'), ...badRequest, ...notFound },
})
const claims = createRoute({
  method: 'get',
  path: '/challenges/{id}/claims',
  tags,
  request: { params: ChallengeId, query: PageQuery.extend({ labeler: Address.optional() }) },
  responses: { ...ok(ClaimPage, 'What labelers were sent, the newest first.'), ...badRequest, ...notFound },
})

export function challengeRoutes(deps: AppDeps) {
  const { db } = deps
  const find = async (id: number, fresh: Freshness): Promise<Shown> => {
    const row = await selectChallenges(db).where('c.id', '=', String(id)).executeTakeFirst()
    if (!row) throw new ApiError('not_found', `There is no challenge ${id} up to ledger ${fresh.ledger}.`)
    return (await showChallenges(db, [row]))[0]!
  }
  const leaders = async ({ row, challenge }: Shown, now: number, query: PageOf) => {
    const ranked = isRanked(redue(challenge.terms, challenge.facts, now).challenge)
    const shape = { minimize: challenge.terms.direction === 'minimize', ranked }
    const { data, next } = await readLeaderboard(db, row.id, { ...shape, ...query })
    return { data: leaderViews(challenge, data, now), next }
  }
  const pastLeaderboard = async ({ row }: Shown, ledger: number, query: PageOf) => {
    const after = Number(readCursor(query.cursor, 1)?.[0] ?? 0)
    const past = await readPast(db, row.id, ledger)
    const { challenge, now } = past
    const all = pastLeaders(past, isRanked(redue(challenge.terms, challenge.facts, now).challenge))
    const rows = all.filter(({ rank }) => rank > after).slice(0, query.limit + 1)
    const { data, next } = page(rows, query.limit, (leader) => [String(leader.rank)])
    return { data: leaderViews(challenge, data, now), next }
  }
  const leaderboardCsv = (c: Context<AppEnv>, shown: Shown) =>
    csv(c, LEADERBOARD_COLUMNS, (cursor) => leaders(shown, c.var.fresh.now, { cursor, limit: CSV_PAGE }))
  const submissionsCsv = (c: Context<AppEnv>, challenge: string, order: 'newest' | 'oldest') =>
    csv(c, SUBMISSION_COLUMNS, async (cursor) => {
      const { data, next } = await readSubmissionPage(db, { challenge, order, cursor, limit: CSV_PAGE })
      return { data: data.map((one) => submissionView(one, c.var.fresh.now)), next }
    })
  return createRouter()
    .openapi(list, async (c) => {
      const fresh = c.var.fresh
      const { data, next } = await readChallengePage(db, fresh.now, c.req.valid('query'))
      const shown = await showChallenges(db, data)
      const summaries = shown.map((one) => challengeSummary(one, fresh.now))
      return c.json({ data: summaries, next, _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(one, async (c) => {
      const fresh = c.var.fresh
      const shown = await find(c.req.valid('param').id, fresh)
      const ledger = pastLedger(c.req.valid('query').at_ledger, fresh)
      const rest = { atLedger: ledger, _meta: metaOf(fresh, deps) }
      if (ledger === null) {
        const parts = await readParts(db, shown.challenge)
        return c.json({ ...challengeDetail(shown, parts, fresh.now), ...rest }, 200)
      }
      const past = await readPast(db, shown.row.id, ledger)
      const then = { row: shown.row, challenge: past.challenge }
      return c.json({ ...challengeDetail(then, pastParts(past), past.now), ...rest }, 200)
    })
    .openapi(submissions, async (c) => {
      const fresh = c.var.fresh
      const { row } = await find(c.req.valid('param').id, fresh)
      const query = c.req.valid('query')
      if (wantsCsv(c)) return submissionsCsv(c, row.id, query.order)
      const { data, next } = await readSubmissionPage(db, { challenge: row.id, ...query })
      const views = data.map((one) => submissionView(one, fresh.now))
      return c.json({ data: views, next, _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(submissionsFile, async (c) => {
      const { row } = await find(c.req.valid('param').id, c.var.fresh)
      return submissionsCsv(c, row.id, 'oldest')
    })
    .openapi(submission, async (c) => {
      const fresh = c.var.fresh
      const { id, number } = c.req.valid('param')
      const rows = await selectSubmissions(db)
        .where('s.challenge', '=', String(id))
        .where('s.number', '=', String(number))
        .execute()
      const [shown] = await showSubmissions(db, rows)
      if (!shown) {
        throw new ApiError(
          'not_found',
          `There is no submission ${number} of challenge ${id} up to ledger ${fresh.ledger}.`,
        )
      }
      return c.json({ ...submissionView(shown, fresh.now), _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(leaderboard, async (c) => {
      const fresh = c.var.fresh
      const shown = await find(c.req.valid('param').id, fresh)
      if (wantsCsv(c)) return leaderboardCsv(c, shown)
      const { at_ledger, ...query } = c.req.valid('query')
      const ledger = pastLedger(at_ledger, fresh)
      const { data, next } = await (ledger === null
        ? leaders(shown, fresh.now, query)
        : pastLeaderboard(shown, ledger, query))
      return c.json({ data, next, _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(leaderboardFile, async (c) => leaderboardCsv(c, await find(c.req.valid('param').id, c.var.fresh)))
    .openapi(epochs, async (c) => {
      const fresh = c.var.fresh
      const { challenge, row } = await find(c.req.valid('param').id, fresh)
      const { cursor, limit } = c.req.valid('query')
      const last = Math.min(challenge.epochs, Number(readCursor(cursor, 1)?.[0] ?? Infinity) - 1)
      const first = Math.max(1, last - limit + 1)
      // One more, for what came before the first.
      const votes = (await readEpochVotes(db, row.id, first - 1, last)).map(readEpochVote)
      const of = (epoch: number) => votes.filter((vote) => vote.epoch === epoch)
      const list = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => last - index)
      const data = list.flatMap((epoch) => {
        const before = of(epoch - 1).find((vote) => vote.quorum)?.total ?? 0n
        return epochView(challenge, of(epoch), before) ?? []
      })
      const next = first > 1 && last >= 1 ? writeCursor([first]) : null
      return c.json({ data, next, _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(claims, async (c) => {
      const fresh = c.var.fresh
      const { row } = await find(c.req.valid('param').id, fresh)
      const { data, next } = await readClaims(db, { challenge: row.id, ...c.req.valid('query') })
      return c.json({ data, next, _meta: metaOf(fresh, deps) }, 200)
    })
}
