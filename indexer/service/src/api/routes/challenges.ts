/** /v1/challenges: the list, one of them, its submissions and its leaderboard. */
import { createRoute, z } from '@hono/zod-openapi'
import type { Context } from 'hono'
import type { AppDeps, AppEnv, Freshness } from '../context.ts'
import { CSV_PAGE, csv, LEADERBOARD_COLUMNS, SUBMISSION_COLUMNS, wantsCsv } from '../csv.ts'
import { readCursor, writeCursor } from '../cursor.ts'
import { ApiError } from '../problem.ts'
import { readBoard, readRankings, readUnits } from '../read/boards.ts'
import { type ChallengeSql, readChallengePage, readSeats, selectChallenges } from '../read/challenges.ts'
import { readClaims, readEpochVotes } from '../read/earnings.ts'
import { metaOf } from '../read/freshness.ts'
import { readLeaderboard } from '../read/leaderboard.ts'
import { readOwed } from '../read/owed.ts'
import { readSubmissionPage, readVotes, selectSubmissions } from '../read/submissions.ts'
import { badRequest, createRouter, csvFile, notFound, ok, okOrCsv } from '../router.ts'
import { ClaimPage } from '../schemas/account.ts'
import { Challenge, ChallengePage, ChallengeQuery, EpochPage } from '../schemas/challenge.ts'
import { Address, PageQuery } from '../schemas/common.ts'
import { LeaderboardPage, SubmissionDetail, SubmissionPage, SubmissionQuery } from '../schemas/submission.ts'
import { challengeMoney, challengeSummary, defaultsOf } from '../views/challenge.ts'
import { epochView, epochVoteViews, leaderView, placeView, rankingView } from '../views/place.ts'
import { submissionView } from '../views/submission.ts'
import { time, timeOrNull } from '../views/values.ts'

const Number32 = z.coerce.number().int().min(1).max(4_294_967_295)
const ChallengeId = z.object({ id: Number32.openapi({ param: { name: 'id', in: 'path' } }) })
const SubmissionId = ChallengeId.extend({ number: Number32.openapi({ param: { name: 'number', in: 'path' } }) })
const tags = ['Challenges']

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
  request: { params: ChallengeId },
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
  request: { params: ChallengeId, query: PageQuery },
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
  const find = async (id: number, fresh: Freshness) => {
    const row = await selectChallenges(db, fresh.now).where('c.id', '=', String(id)).executeTakeFirst()
    if (!row) throw new ApiError('not_found', `There is no challenge ${id} up to ledger ${fresh.ledger}.`)
    return row
  }
  const leaders = async (challenge: ChallengeSql, query: { cursor?: string | undefined; limit: number }) => {
    const shape = { minimize: challenge.direction === 'minimize', posted: challenge.ranking === 'posted' }
    const { data, next } = await readLeaderboard(db, challenge.id, { ...shape, ...query })
    return { data: data.map((row) => leaderView(challenge, row)), next }
  }
  const leaderboardCsv = (c: Context<AppEnv>, challenge: ChallengeSql) =>
    csv(c, LEADERBOARD_COLUMNS, (cursor) => leaders(challenge, { cursor, limit: CSV_PAGE }))
  const submissionsCsv = (c: Context<AppEnv>, challenge: string, order: 'newest' | 'oldest') =>
    csv(c, SUBMISSION_COLUMNS, async (cursor) => {
      const filter = { challenge, order, cursor, limit: CSV_PAGE }
      const { data, next } = await readSubmissionPage(db, c.var.fresh.now, filter)
      return { data: data.map((row) => submissionView(row, [])), next }
    })
  return createRouter()
    .openapi(list, async (c) => {
      const fresh = c.var.fresh
      const { data, next } = await readChallengePage(db, fresh.now, c.req.valid('query'))
      const seats = await readSeats(
        db,
        data.map((row) => row.id),
      )
      return c.json({ data: data.map((row) => challengeSummary(row, seats)), next, _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(one, async (c) => {
      const fresh = c.var.fresh
      const row = await find(c.req.valid('param').id, fresh)
      const [seats, reveals, board, rankings, votes, units] = await Promise.all([
        readSeats(db, [row.id]),
        db.selectFrom('reveals').selectAll().where('challenge', '=', row.id).orderBy('at').execute(),
        readBoard(db, row.id),
        readRankings(db, row.id),
        readEpochVotes(db, row.id, row.epochs + 1, row.epochs + 1),
        row.rule === 'per_unit' ? readUnits(db, row.id) : null,
      ])
      return c.json(
        {
          ...challengeSummary(row, seats),
          money: challengeMoney(row, seats),
          rejectVoted: Number(row.reject_voted),
          silencePart: row.silence,
          endedAt: timeOrNull(row.status === 'cancelled' ? row.cancelled_at : row.ended),
          reveals: reveals.map(({ by, cid, at, tx }) => ({ by, cid, at: time(at), tx })),
          board: board.map((place) => placeView(row, place)),
          rankings: rankings.map((ranking) => rankingView(ranking, seats)),
          epochVotes: epochVoteViews(votes, seats),
          units,
          events: Number(row.events),
          defaults: defaultsOf(row),
          _meta: metaOf(fresh, deps),
        },
        200,
      )
    })
    .openapi(submissions, async (c) => {
      const fresh = c.var.fresh
      const { id } = await find(c.req.valid('param').id, fresh)
      const query = c.req.valid('query')
      if (wantsCsv(c)) return submissionsCsv(c, id, query.order)
      const { data, next } = await readSubmissionPage(db, fresh.now, { challenge: id, ...query })
      const votes = await readVotes(db, data)
      return c.json({ data: data.map((row) => submissionView(row, votes)), next, _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(submissionsFile, async (c) => {
      const { id } = await find(c.req.valid('param').id, c.var.fresh)
      return submissionsCsv(c, id, 'oldest')
    })
    .openapi(submission, async (c) => {
      const fresh = c.var.fresh
      const { id, number } = c.req.valid('param')
      const row = await selectSubmissions(db, fresh.now)
        .where('s.challenge', '=', String(id))
        .where('s.number', '=', String(number))
        .executeTakeFirst()
      if (!row) {
        throw new ApiError(
          'not_found',
          `There is no submission ${number} of challenge ${id} up to ledger ${fresh.ledger}.`,
        )
      }
      const [votes, owed] = await Promise.all([readVotes(db, [row]), readOwed(db, row, fresh.now)])
      return c.json({ ...submissionView(row, votes), owed: owed.toString(), _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(leaderboard, async (c) => {
      const fresh = c.var.fresh
      const challenge = await find(c.req.valid('param').id, fresh)
      if (wantsCsv(c)) return leaderboardCsv(c, challenge)
      const { data, next } = await leaders(challenge, c.req.valid('query'))
      return c.json({ data, next, _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(leaderboardFile, async (c) => leaderboardCsv(c, await find(c.req.valid('param').id, c.var.fresh)))
    .openapi(epochs, async (c) => {
      const fresh = c.var.fresh
      const challenge = await find(c.req.valid('param').id, fresh)
      const { cursor, limit } = c.req.valid('query')
      const last = Math.min(challenge.epochs, Number(readCursor(cursor, 1)?.[0] ?? Infinity) - 1)
      const first = Math.max(1, last - limit + 1)
      const [votes, seats] = await Promise.all([
        // One more, for what came before the first.
        readEpochVotes(db, challenge.id, first - 1, last),
        readSeats(db, [challenge.id]),
      ])
      const of = (epoch: number) => votes.filter((vote) => vote.epoch === String(epoch))
      const list = Array.from({ length: Math.max(0, last - first + 1) }, (_, index) => last - index)
      const data = list.flatMap((epoch) => {
        const before = of(epoch - 1).find((vote) => vote.quorum)?.total ?? '0'
        return epochView(of(epoch), seats, before) ?? []
      })
      const next = first > 1 && last >= 1 ? writeCursor([first]) : null
      return c.json({ data, next, _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(claims, async (c) => {
      const fresh = c.var.fresh
      const challenge = await find(c.req.valid('param').id, fresh)
      const { data, next } = await readClaims(db, { challenge: challenge.id, ...c.req.valid('query') })
      return c.json({ data, next, _meta: metaOf(fresh, deps) }, 200)
    })
}
