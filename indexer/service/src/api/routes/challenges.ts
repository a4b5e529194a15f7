/** /v1/challenges: the list, one of them, its submissions and its leaderboard. */
import { createRoute, z } from '@hono/zod-openapi'
import type { AppDeps, Freshness } from '../context.ts'
import { ApiError } from '../problem.ts'
import { readChallengePage, readSeats, selectChallenges } from '../read/challenges.ts'
import { metaOf } from '../read/freshness.ts'
import { readLeaderboard } from '../read/leaderboard.ts'
import { readSubmissionPage, readVotes, selectSubmissions } from '../read/submissions.ts'
import { badRequest, createRouter, notFound, ok } from '../router.ts'
import { Challenge, ChallengePage, ChallengeQuery } from '../schemas/challenge.ts'
import { PageQuery } from '../schemas/common.ts'
import { LeaderboardPage, SubmissionDetail, SubmissionPage, SubmissionQuery } from '../schemas/submission.ts'
import { challengeMoney, challengeSummary, defaultsOf } from '../views/challenge.ts'
import { meets, submissionView } from '../views/submission.ts'
import { score, time, timeOrNull } from '../views/values.ts'

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
  responses: { ...ok(SubmissionPage, 'Its submissions.'), ...badRequest, ...notFound },
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
  responses: { ...ok(LeaderboardPage, 'The best submission of each solver.'), ...badRequest, ...notFound },
})

export function challengeRoutes(deps: AppDeps) {
  const { db } = deps
  const find = async (id: number, fresh: Freshness) => {
    const row = await selectChallenges(db, fresh.now).where('c.id', '=', String(id)).executeTakeFirst()
    if (!row) throw new ApiError('not_found', `There is no challenge ${id} up to ledger ${fresh.ledger}.`)
    return row
  }
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
      const [seats, reveals] = await Promise.all([
        readSeats(db, [row.id]),
        db.selectFrom('reveals').selectAll().where('challenge', '=', row.id).orderBy('at').execute(),
      ])
      return c.json(
        {
          ...challengeSummary(row, seats),
          money: challengeMoney(row, seats),
          rejectVoted: Number(row.reject_voted),
          silencePart: row.silence,
          endedAt: timeOrNull(row.status === 'cancelled' ? row.cancelled_at : row.ended),
          reveals: reveals.map(({ by, cid, at, tx }) => ({ by, cid, at: time(at), tx })),
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
      const { data, next } = await readSubmissionPage(db, fresh.now, { challenge: id, ...c.req.valid('query') })
      const votes = await readVotes(db, data)
      return c.json({ data: data.map((row) => submissionView(row, votes)), next, _meta: metaOf(fresh, deps) }, 200)
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
      return c.json({ ...submissionView(row, await readVotes(db, [row])), _meta: metaOf(fresh, deps) }, 200)
    })
    .openapi(leaderboard, async (c) => {
      const fresh = c.var.fresh
      const { id, direction } = await find(c.req.valid('param').id, fresh)
      const minimize = direction === 'minimize'
      const { data, next } = await readLeaderboard(db, id, { minimize, ...c.req.valid('query') })
      const rows = data.map((row) => ({
        rank: Number(row.rank),
        solver: row.solver,
        number: Number(row.number),
        attempt: Number(row.attempt),
        score: score(row.score),
        meetsThreshold: meets(row),
        won: row.prize !== '0',
        attempts: Number(row.attempts),
        submittedAt: time(row.submitted_at),
        paid: row.paid,
      }))
      return c.json({ data: rows, next, _meta: metaOf(fresh, deps) }, 200)
    })
}
