/** /v1/challenges: the list, one of them, and what belongs to it. */
import { z } from '@hono/zod-openapi'
import { redue } from '@stellartrain/contracts-client/rules'
import type { Kysely } from 'kysely'
import { mayExist } from '../../store/completeness.ts'
import type { Database } from '../../store/database.ts'
import { readEpochVote } from '../../store/read.ts'
import type { AppDeps, Freshness, Reads } from '../context.ts'
import type { Exports } from '../export/export.ts'
import { CHALLENGE_COLUMNS, CLAIM_COLUMNS, LEADERBOARD_COLUMNS, SUBMISSION_COLUMNS } from '../export/tables.ts'
import { listRoutes, NO_PARAMS, type Source } from '../list/list.ts'
import { ApiError } from '../problem.ts'
import {
  challengeList,
  type ListedChallenge,
  type Shown,
  selectChallenges,
  showChallenges,
} from '../read/challenges.ts'
import { claimList, readEpochVotes } from '../read/earnings.ts'
import { metaOf } from '../read/freshness.ts'
import { leaderboard } from '../read/leaderboard.ts'
import { readParts } from '../read/parts.ts'
import { NOT_MARKED, pastLeaders, pastList, pastParts, pastSubmissions, readPast } from '../read/past.ts'
import { createPastEvents, type PastEvents } from '../read/past-events.ts'
import { followsRecount, recountOfChallenge, recountOfSubmission } from '../read/recounts.ts'
import { selectSubmissions, showSubmissions, submissionList } from '../read/submissions.ts'
import { createRouter, get, notFound, ok } from '../router.ts'
import { ClaimPage } from '../schemas/account.ts'
import { Challenge, ChallengePage, challengeFilters, EpochPage } from '../schemas/challenge.ts'
import { Address, atLedger, Number32, newestFirst, oldestFirst } from '../schemas/common.ts'
import { LeaderboardPage, SubmissionDetail, SubmissionPage } from '../schemas/submission.ts'
import type { Epoch, LeaderboardRow, Submission } from '../types.ts'
import { challengeSummary } from '../views/challenge.ts'
import { challengeDetail } from '../views/challenge-detail.ts'
import { knownSubmissions, WHOLE } from '../views/known.ts'
import { epochView, leaderViews } from '../views/place.ts'
import { isRanked } from '../views/standing.ts'
import { submissionView } from '../views/submission.ts'
import { asset } from '../views/values.ts'

export const ChallengeId = z.object({ id: Number32.openapi({ param: { name: 'id', in: 'path' } }) })
const SubmissionId = ChallengeId.extend({ number: Number32.openapi({ param: { name: 'number', in: 'path' } }) })
const tags = ['Challenges']

/** null: now. @throws ApiError */
export function pastLedger(asked: number | undefined, { ledger }: Freshness): number | null {
  if (asked === undefined) return null
  if (asked <= ledger) return asked
  throw new ApiError('bad_request', `Ledger ${asked} is not here yet; the last one is ${ledger}.`, [
    { path: 'at_ledger', message: `must be ${ledger} or less` },
  ])
}

const one = get({
  path: '/challenges/{id}',
  tags,
  summary: 'One challenge, with everything that its page shows.',
  params: ChallengeId,
  query: atLedger,
  responses: { ...ok(Challenge, 'The challenge.'), ...notFound },
})
const submission = get({
  path: '/challenges/{id}/submissions/{number}',
  tags,
  summary: 'One submission, with its votes and its payment.',
  params: SubmissionId,
  query: atLedger,
  responses: { ...ok(SubmissionDetail, 'The submission.'), ...notFound },
})

/** @throws ApiError `not_found`, `not_known` */
export async function findChallenge(db: Kysely<Database>, id: number, fresh: Freshness): Promise<Shown> {
  const row = await selectChallenges(db).where('c.id', '=', String(id)).executeTakeFirst()
  if (!row) {
    // Nobody has compared with the contract since, or the contract counts it: then no one can say that it does not exist.
    if (await mayExist(db, id)) {
      throw new ApiError(
        'not_known',
        `Challenge ${id} is not known here yet; it is being read from the contract. Retry in a few seconds.`,
        [],
        {
          'retry-after': '5',
        },
      )
    }
    throw new ApiError('not_found', `There is no challenge ${id} up to ledger ${fresh.ledger}.`)
  }
  return (await showChallenges(db, [row]))[0]!
}

/** A challenge that was recovered has its counter right, though not a row for each submission. */
function noSubmission({ row, challenge }: Shown, number: number, { ledger }: Freshness): ApiError {
  const { incomplete, unknown_submissions: unknown } = row
  if (incomplete === 'partial' || (Number(unknown ?? 0) > 0 && number <= challenge.facts.submitted)) {
    return new ApiError(
      'not_known',
      `Submission ${number} of challenge ${row.id} is not known: its events are missing.`,
    )
  }
  return new ApiError('not_found', `There is no submission ${number} of challenge ${row.id} up to ledger ${ledger}.`)
}

/** The best submission of each solver, now or as it was. */
async function leaders(
  pastEvents: PastEvents,
  db: Kysely<Database>,
  shown: Shown,
  fresh: Freshness,
  ledger: number | null,
): Promise<Source<never, LeaderboardRow>> {
  if (ledger !== null) {
    const past = await readPast(pastEvents, db, shown.row, ledger)
    const { challenge, now } = past
    const all = pastLeaders(past, isRanked(redue(challenge.terms, challenge.facts, now).challenge))
    return pastList(all, (rows) => leaderViews(challenge, rows, now, WHOLE)) as Source<never, LeaderboardRow>
  }
  const { challenge, row } = shown
  const list = leaderboard(db, row.id, {
    minimize: challenge.terms.direction === 'minimize',
    ranked: isRanked(redue(challenge.terms, challenge.facts, fresh.now).challenge),
    version: `${challenge.events}.${fresh.revision}`,
  })
  return {
    ...list,
    show: async (rows: Parameters<typeof leaderViews>[1]) =>
      leaderViews(challenge, rows, fresh.now, knownSubmissions(row)),
  } as unknown as Source<never, LeaderboardRow>
}

type AskedSubmissions = { order: 'newest' | 'oldest'; solver?: string | undefined; at_ledger?: number | undefined }

async function submissions(
  pastEvents: PastEvents,
  { db, fresh }: Reads,
  id: number,
  { order, solver, at_ledger }: AskedSubmissions,
): Promise<Source<never, Submission>> {
  const ledger = pastLedger(at_ledger, fresh)
  if (ledger === null) {
    const list = submissionList(db, fresh.now, { challenge: String(id), solver, order })
    // Whether there is such a challenge is asked together with its rows.
    const rows: typeof list.rows = async (window) => {
      const [found] = await Promise.all([list.rows(window), findChallenge(db, id, fresh)])
      return found
    }
    return { ...list, rows } as Source<never, Submission>
  }
  const shown = await findChallenge(db, id, fresh)
  const past = await readPast(pastEvents, db, shown.row, ledger)
  const all = pastSubmissions(past, asset(shown.row))
    .filter(({ submission }) => solver === undefined || submission.facts.solver === solver)
    .sort((one, other) => one.submission.facts.number - other.submission.facts.number)
  if (order === 'newest') all.reverse()
  return pastList(all, (rows) => rows.map((row) => submissionView(row, past.now))) as Source<never, Submission>
}

/** Epochs with a quorum are numbered from 1 without a gap: a stretch of numbers is a stretch of the list. */
function epochs(db: Kysely<Database>, { challenge, row }: Shown): Source<number, Epoch> {
  return {
    order: 'newest',
    async rows({ after, back, limit }) {
      if (!back) {
        const from = after ? Number(after[0]) - 1 : challenge.epochs
        return Array.from({ length: Math.min(limit, Math.max(0, from)) }, (_, index) => from - index)
      }
      const from = Number(after![0]) + 1
      return Array.from(
        { length: Math.min(limit, Math.max(0, challenge.epochs - from + 1)) },
        (_, index) => from + index,
      )
    },
    keyOf: (epoch) => [String(epoch)],
    async show(list) {
      if (list.length === 0) return []
      // One more, for what came before the first.
      const votes = (await readEpochVotes(db, row.id, list.at(-1)! - 1, list[0]!)).map(readEpochVote)
      const of = (epoch: number) => votes.filter((vote) => vote.epoch === epoch)
      return list.flatMap((epoch) => {
        const before = of(epoch - 1).find((vote) => vote.quorum)?.total ?? 0n
        return epochView(challenge, of(epoch), before) ?? []
      })
    },
    count: async () => challenge.epochs,
  }
}

export function challengeRoutes(deps: AppDeps, exports: Exports) {
  const router = createRouter()
  const pastEvents = createPastEvents()
  router.route(
    '/',
    listRoutes(deps, exports, {
      ...{ name: 'challenges', path: '/challenges', light: true, tags, summary: 'Challenges.', params: NO_PARAMS },
      query: challengeFilters,
      page: ChallengePage,
      columns: CHALLENGE_COLUMNS,
      async open({ db, fresh, query }) {
        return {
          ...(await challengeList(db, fresh.now, query)),
          show: async (rows: ListedChallenge[]) =>
            (await showChallenges(db, rows)).map((one) => challengeSummary(one, fresh.now)),
        }
      },
    }),
  )
  router.route(
    '/',
    listRoutes(deps, exports, {
      ...{ name: 'submissions', path: '/challenges/{id}/submissions', light: true, tags, params: ChallengeId },
      summary: 'Submissions to a challenge, by their numbers.',
      query: { ...newestFirst, solver: Address.optional(), ...atLedger },
      fileQuery: { order: oldestFirst.order, solver: Address.optional(), ...atLedger },
      page: SubmissionPage,
      columns: SUBMISSION_COLUMNS,
      open: ({ params, query, ...reads }) => submissions(pastEvents, reads, params.id, query),
    }),
  )
  router.route(
    '/',
    listRoutes(deps, exports, {
      ...{ name: 'leaderboard', path: '/challenges/{id}/leaderboard', tags, params: ChallengeId },
      summary: 'The best submission of each solver, the best first.',
      query: atLedger,
      page: LeaderboardPage,
      columns: LEADERBOARD_COLUMNS,
      async open({ db, fresh, params, query }) {
        const shown = await findChallenge(db, params.id, fresh)
        return leaders(pastEvents, db, shown, fresh, pastLedger(query.at_ledger, fresh))
      },
    }),
  )
  router.route(
    '/',
    listRoutes(deps, exports, {
      ...{ name: 'epochs', path: '/challenges/{id}/epochs', tags, params: ChallengeId },
      summary: 'Epochs of earnings, the newest first.',
      query: {},
      page: EpochPage,
      open: async ({ db, fresh, params }) => epochs(db, await findChallenge(db, params.id, fresh)),
    }),
  )
  router.route(
    '/',
    listRoutes(deps, exports, {
      ...{ name: 'claims', path: '/challenges/{id}/claims', tags, params: ChallengeId },
      summary: 'What labelers were sent in a challenge.',
      query: { labeler: Address.optional(), ...newestFirst },
      page: ClaimPage,
      columns: CLAIM_COLUMNS,
      async open({ db, fresh, params, query }) {
        const { row } = await findChallenge(db, params.id, fresh)
        return claimList(db, { challenge: row.id, ...query })
      },
    }),
  )
  return router
    .openapi(one, async (c) => {
      const { snapshot } = c.var
      const { id } = c.req.valid('param')
      const { at_ledger } = c.req.valid('query')
      return snapshot.send(
        await snapshot.read(async (reads) => {
          const shown = await challengeOf(pastEvents, reads, id, at_ledger)
          return {
            ...shown,
            recount: await recountOfChallenge(reads.db, id, at_ledger ?? null),
            recountFollowed: await followsRecount(reads.db, shown.judge?.address),
            _meta: metaOf(reads.fresh, deps),
          }
        }),
      )
    })
    .openapi(submission, async (c) => {
      const { snapshot } = c.var
      const asked = { ...c.req.valid('param'), ...c.req.valid('query') }
      return snapshot.send(
        await snapshot.read(async (reads) => {
          const shown = await submissionOf(pastEvents, reads, asked)
          const recount = await recountOfSubmission(reads.db, shown, asked.at_ledger ?? null)
          return { ...shown, recount, _meta: metaOf(reads.fresh, deps) }
        }),
      )
    })
}

/** @throws ApiError */
async function challengeOf(pastEvents: PastEvents, { db, fresh }: Reads, id: number, asked: number | undefined) {
  const shown = await findChallenge(db, id, fresh)
  const atLedger = pastLedger(asked, fresh)
  if (atLedger === null) {
    return { ...challengeDetail(shown, await readParts(db, shown.challenge), fresh.now), atLedger }
  }
  const past = await readPast(pastEvents, db, shown.row, atLedger)
  const then = { row: { ...shown.row, ...NOT_MARKED }, challenge: past.challenge }
  return { ...challengeDetail(then, pastParts(past), past.now), atLedger }
}

type AskedSubmission = { id: number; number: number; at_ledger?: number | undefined }

/** @throws ApiError */
async function submissionOf(
  pastEvents: PastEvents,
  { db, fresh }: Reads,
  { id, number, at_ledger }: AskedSubmission,
): Promise<Submission> {
  const ledger = pastLedger(at_ledger, fresh)
  if (ledger !== null) {
    const { row } = await findChallenge(db, id, fresh)
    const past = await readPast(pastEvents, db, row, ledger)
    const then = pastSubmissions(past, asset(row)).find(({ submission }) => submission.facts.number === number)
    if (!then)
      throw new ApiError('not_found', `There was no submission ${number} of challenge ${id} at ledger ${ledger}.`)
    return submissionView(then, past.now)
  }
  const rows = await selectSubmissions(db)
    .where('s.challenge', '=', String(id))
    .where('s.number', '=', String(number))
    .execute()
  const [shown] = await showSubmissions(db, rows)
  if (!shown) throw noSubmission(await findChallenge(db, id, fresh), number, fresh)
  return submissionView(shown, fresh.now)
}
