/** /v1/statistics and its like of one challenge: sums by day, and how the best score rose. */
import type { AppDeps } from '../context.ts'
import type { Exports } from '../export/export.ts'
import { BEST_SCORE_COLUMNS, CHALLENGE_DAY_COLUMNS, DAY_COLUMNS, DAY_PAYMENT_COLUMNS } from '../export/tables.ts'
import { listRoutes, NO_PARAMS } from '../list/list.ts'
import { ApiError } from '../problem.ts'
import { endOfLedger } from '../read/past.ts'
import { bestScores, challengeDays, dayList, paidList } from '../read/statistics.ts'
import { createRouter } from '../router.ts'
import { atLedger, oldestFirst } from '../schemas/common.ts'
import { BestScorePage, ChallengeDayPage, DayPaymentsPage, DayTotalsPage, dayFilters } from '../schemas/statistics.ts'
import { ChallengeId, findChallenge, pastLedger } from './challenges.ts'

const days = { ...dayFilters, ...oldestFirst }

export function statisticsRoutes(deps: AppDeps, exports: Exports) {
  return createRouter()
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'statistics', path: '/statistics', tags: ['Statistics'], params: NO_PARAMS },
        summary: 'What happened by day, in all challenges.',
        description: 'Days in UTC; one on which nothing happened has no row, or zeros.',
        query: days,
        page: DayTotalsPage,
        columns: DAY_COLUMNS,
        open: async ({ db, fresh, query }) => dayList(db, fresh.whole, query),
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'paid', path: '/statistics/paid', tags: ['Statistics'], params: NO_PARAMS },
        summary: 'What was paid by day and asset, in all challenges.',
        description:
          'Prizes, pay of batches and claims of earnings. A day on which nothing was paid in an asset has no row of it.',
        query: days,
        page: DayPaymentsPage,
        columns: DAY_PAYMENT_COLUMNS,
        open: async ({ db, fresh, query }) => paidList(db, fresh.whole, query),
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'statistics', path: '/challenges/{id}/statistics', tags: ['Statistics'], params: ChallengeId },
        summary: 'What happened by day, in one challenge.',
        description: "`paid` is in the challenge's asset.",
        query: days,
        page: ChallengeDayPage,
        columns: CHALLENGE_DAY_COLUMNS,
        async open({ db, fresh, params, query }) {
          const { row } = await findChallenge(db, params.id, fresh)
          return challengeDays(db, { challenge: row.id, whole: row.incomplete === null, ...query })
        },
      }),
    )
    .route(
      '/',
      listRoutes(deps, exports, {
        ...{ name: 'scores', path: '/challenges/{id}/scores', tags: ['Statistics'], params: ChallengeId },
        summary: 'How the best score of a challenge rose, or fell where less is better.',
        description:
          'By final verdicts, on the public part of the truth. What is not known to be whole is 503 `not_known`.',
        query: { ...oldestFirst, ...atLedger },
        page: BestScorePage,
        columns: BEST_SCORE_COLUMNS,
        async open({ db, fresh, params, query: { order, at_ledger } }) {
          const { row } = await findChallenge(db, params.id, fresh)
          const ledger = pastLedger(at_ledger, fresh)
          if (
            row.incomplete !== null &&
            (ledger === null || row.incomplete_since === null || ledger >= row.incomplete_since)
          ) {
            throw new ApiError(
              'not_known',
              `How the scores of challenge ${row.id} rose is not known: events of it are missing.`,
            )
          }
          return bestScores(db, { challenge: row.id, order, before: ledger === null ? null : endOfLedger(ledger) })
        },
      }),
    )
}
