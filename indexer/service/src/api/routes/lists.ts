/** Lists over all challenges: submissions, what is held, votes, payments, claims, rankings. */
import type { AppDeps } from '../context.ts'
import type { Exports } from '../export/export.ts'
import { ALL_SUBMISSION_COLUMNS, CLAIM_COLUMNS, PAYMENT_COLUMNS, VOTE_COLUMNS } from '../export/tables.ts'
import { listRoutes, NO_PARAMS } from '../list/list.ts'
import { ApiError } from '../problem.ts'
import { claimList } from '../read/earnings.ts'
import { submissionList } from '../read/submissions.ts'
import { paymentList, rankingList, voteList } from '../read/votes.ts'
import { createRouter } from '../router.ts'
import { ClaimPage } from '../schemas/account.ts'
import { RankingPage } from '../schemas/challenge.ts'
import { Address, Number32, newestFirst } from '../schemas/common.ts'
import { PaymentPage, SubmissionPage, VotePage } from '../schemas/submission.ts'

const params = NO_PARAMS
const byChallenge = { challenge: Number32.optional() }

export function overallRoutes(deps: AppDeps, exports: Exports) {
  const text = (id: number | undefined) => (id === undefined ? undefined : String(id))
  return createRouter()
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{
          name: 'submissions',
          path: '/submissions',
          light: true,
          tags: ['Submissions'],
          summary: 'Submissions to all challenges.',
          params,
        },
        query: { ...byChallenge, solver: Address.optional(), ...newestFirst },
        page: SubmissionPage,
        columns: ALL_SUBMISSION_COLUMNS,
        open: async ({ db, fresh, query: { challenge, ...query } }) =>
          submissionList(db, fresh.now, { ...query, challenge: text(challenge) }),
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'holds', path: '/holds', light: true, tags: ['Submissions'], params },
        summary: 'Submissions with a payment that is due and could not be delivered.',
        description: 'Anyone may call `release_payment` for them once the receiver can be paid.',
        query: { ...byChallenge, solver: Address.optional(), ...newestFirst },
        page: SubmissionPage,
        columns: ALL_SUBMISSION_COLUMNS,
        open: async ({ db, fresh, query: { challenge, ...query } }) =>
          submissionList(db, fresh.now, { ...query, challenge: text(challenge), held: true }),
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{
          name: 'votes',
          path: '/votes',
          light: true,
          tags: ['Submissions'],
          summary: 'Votes of oracles, and ballots of judges.',
          params,
        },
        description: 'By time; within one challenge by the number of the submission.',
        query: {
          ...byChallenge,
          number: Number32.optional().openapi({ description: 'Of a submission; needs `challenge`.' }),
          oracle: Address.optional().openapi({ description: 'Needs `challenge`.' }),
          ...newestFirst,
        },
        page: VotePage,
        columns: VOTE_COLUMNS,
        async open({ db, query }) {
          for (const name of ['number', 'oracle'] as const) {
            if (query[name] === undefined || query.challenge !== undefined) continue
            throw new ApiError('bad_request', `${name} needs challenge.`, [{ path: name, message: 'needs challenge' }])
          }
          return voteList(db, query)
        },
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{
          name: 'payments',
          path: '/payments',
          light: true,
          tags: ['Payments'],
          summary: 'What was sent for submissions.',
          params,
        },
        description: 'By time; within one challenge by the number of the submission.',
        query: { ...byChallenge, solver: Address.optional(), ...newestFirst },
        page: PaymentPage,
        columns: PAYMENT_COLUMNS,
        open: async ({ db, query }) => paymentList(db, query),
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{
          name: 'claims',
          path: '/claims',
          light: true,
          tags: ['Payments'],
          summary: 'What labelers were sent of their earnings.',
          params,
        },
        query: { ...byChallenge, labeler: Address.optional(), ...newestFirst },
        page: ClaimPage,
        columns: CLAIM_COLUMNS,
        open: async ({ db, query: { challenge, ...query } }) => claimList(db, { ...query, challenge: text(challenge) }),
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'rankings', path: '/rankings', tags: ['Submissions'], params },
        summary: 'Rankings as oracles and judges posted them last.',
        query: { ...byChallenge, ...newestFirst },
        page: RankingPage,
        open: async ({ db, query }) => rankingList(db, query),
      }),
    )
}
