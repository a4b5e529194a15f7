/** Sums by day, and how the best score of a challenge rose. */
import type { Kysely, Selectable } from 'kysely'
import type { BestScoresTable, DailyTable, DailyTotalsTable, Database } from '../../store/database.ts'
import { inWindow, type Window } from '../list/window.ts'
import type { BestScore, ChallengeDay, DayPayments, DayTotals } from '../types.ts'
import { asset, score, time } from '../views/values.ts'
import { ASSET_COLUMNS, countRows, directionOf } from './queries.ts'

const DAY_SECONDS = 86_400

/** Of a day in UTC, the number of days since 1970; a day that no calendar has is the one that a calendar makes of it. */
const numberOf = (day: string): number => Date.parse(`${day}T00:00:00Z`) / 1000 / DAY_SECONDS
const dayOf = (number: number): string => new Date(number * DAY_SECONDS * 1000).toISOString().slice(0, 10)

export type DayFilter = { from?: string | undefined; to?: string | undefined; order: 'newest' | 'oldest' }

type Sums = Pick<DailyTotalsTable, 'submissions' | 'verdicts' | 'votes' | 'payments'>
const countsOf = ({ submissions, verdicts, votes, payments }: Selectable<Sums>) => ({
  ...{ submissions: Number(submissions), verdicts: Number(verdicts) },
  ...{ votes: Number(votes), payments: Number(payments) },
})

/** Days on which anything happened. @param whole nothing is missing that may count */
export function dayList(db: Kysely<Database>, whole: boolean, { from, to, order }: DayFilter) {
  let query = db.selectFrom('daily_totals as d').selectAll()
  if (from !== undefined) query = query.where('d.day', '>=', numberOf(from))
  if (to !== undefined) query = query.where('d.day', '<=', numberOf(to))
  return {
    order,
    rows: (window: Window) => inWindow(query, [['d.day', 'int']], directionOf(order), window).execute(),
    keyOf: (row: { day: number }) => [String(row.day)],
    async show(rows: Selectable<DailyTotalsTable>[]): Promise<DayTotals[]> {
      const days = rows.map(({ day }) => day)
      const paid = days.length === 0 ? [] : await readPaid(db, days)
      return rows.map((row) => ({
        day: dayOf(row.day),
        challenges: Number(row.challenges),
        ...countsOf(row),
        paid: paid
          .filter(({ day }) => day === row.day)
          .map((one) => ({ asset: asset(one), payments: Number(one.payments), amount: one.paid })),
        lowerBound: !whole,
      }))
    },
    count: () => countRows(query),
  }
}

const selectPaid = (db: Kysely<Database>) =>
  db
    .selectFrom('daily_paid as p')
    .leftJoin('assets as a', 'a.contract', 'p.token')
    .selectAll('p')
    .select(ASSET_COLUMNS)
    .where('p.payments', '>', '0')

const readPaid = (db: Kysely<Database>, days: readonly number[]) =>
  selectPaid(db).where('p.day', 'in', days).orderBy('p.day').orderBy('p.token').execute()

/** What was paid by day and asset. @param whole as in `dayList` */
export function paidList(db: Kysely<Database>, whole: boolean, { from, to, order }: DayFilter) {
  let query = selectPaid(db)
  if (from !== undefined) query = query.where('p.day', '>=', numberOf(from))
  if (to !== undefined) query = query.where('p.day', '<=', numberOf(to))
  const keys = [
    ['p.day', 'int'],
    ['p.token', 'text'],
  ] as const
  return {
    order,
    rows: (window: Window) => inWindow(query, keys, directionOf(order), window).execute(),
    keyOf: (row: { day: number; token: string }) => [String(row.day), row.token],
    show: async (rows: Awaited<ReturnType<typeof query.execute>>): Promise<DayPayments[]> =>
      rows.map((row) => ({
        ...{ day: dayOf(row.day), asset: asset(row), payments: Number(row.payments), amount: row.paid },
        lowerBound: !whole,
      })),
    count: () => countRows(query),
  }
}

/** @param whole everything of this challenge is known */
export function challengeDays(
  db: Kysely<Database>,
  { challenge, whole, from, to, order }: DayFilter & { challenge: string; whole: boolean },
) {
  let query = db.selectFrom('daily as d').selectAll().where('d.challenge', '=', challenge)
  if (from !== undefined) query = query.where('d.day', '>=', numberOf(from))
  if (to !== undefined) query = query.where('d.day', '<=', numberOf(to))
  return {
    order,
    rows: (window: Window) => inWindow(query, [['d.day', 'int']], directionOf(order), window).execute(),
    keyOf: (row: { day: number }) => [String(row.day)],
    show: async (rows: Selectable<DailyTable>[]): Promise<ChallengeDay[]> =>
      rows.map((row) => ({ day: dayOf(row.day), ...countsOf(row), paid: row.paid, lowerBound: !whole })),
    count: () => countRows(query),
  }
}

/** @param before the id that events have from then on; null: now */
export function bestScores(
  db: Kysely<Database>,
  { challenge, order, before }: { challenge: string; order: 'newest' | 'oldest'; before: string | null },
) {
  let query = db.selectFrom('best_scores as b').selectAll().where('b.challenge', '=', challenge)
  if (before !== null) query = query.where('b.event_id', '<', before)
  return {
    order,
    rows: (window: Window) =>
      inWindow(
        query,
        [
          ['b.event_id', 'text'],
          ['b.number', 'bigint'],
        ],
        directionOf(order),
        window,
      ).execute(),
    keyOf: (row: { event_id: string; number: string }) => [row.event_id, row.number],
    show: async (rows: Selectable<BestScoresTable>[]): Promise<BestScore[]> =>
      rows.map((row) => ({
        ...{ id: row.event_id, number: Number(row.number), solver: row.solver },
        ...{ score: score(BigInt(row.score)), at: time(row.at), tx: row.tx },
      })),
    count: () => countRows(query),
  }
}
