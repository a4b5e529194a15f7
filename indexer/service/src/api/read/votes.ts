/** Votes, payments, rankings and what is held, over all challenges. */
import { type Kysely, type SqlBool, sql } from 'kysely'
import { JUDGE } from '../../project/model.ts'
import type { Database } from '../../store/database.ts'
import { readRanking } from '../../store/read.ts'
import { readShaped } from '../../store/shaped.ts'
import { inWindow, type SortKey, type Window, windowValues, withValues } from '../list/window.ts'
import type { ListedRanking, ListedVote, PaymentPart } from '../types.ts'
import { eventIdOrNull, numberOrNull, textOrNull } from '../views/known.ts'
import { asset, hashOrNull, reason, score, time, timeOrNull } from '../views/values.ts'
import { ASSET_COLUMNS, countRows, directionOf, unseen, unseenNumber } from './queries.ts'

type Order = { order: 'newest' | 'oldest' }
export type VoteFilter = Order & {
  challenge?: number | undefined
  number?: number | undefined
  oracle?: string | undefined
}

export function voteList(db: Kysely<Database>, { challenge, number, oracle, order }: VoteFilter) {
  let query = db
    .selectFrom('votes as v')
    .innerJoin('challenges as c', 'c.id', 'v.challenge')
    .leftJoin('challenge_oracles as o', (join) =>
      join.onRef('o.challenge', '=', 'v.challenge').onRef('o.place', '=', 'v.oracle'),
    )
    .selectAll('v')
    .select(['o.address', 'c.judge'])
  if (challenge !== undefined) query = query.where('v.challenge', '=', String(challenge))
  if (number !== undefined) query = query.where('v.number', '=', String(number))
  // Its place, once: nothing is read where it has none, or has not voted.
  if (oracle !== undefined)
    query = query.where(
      sql<SqlBool>`v.oracle = (select place from challenge_oracles where challenge = ${String(challenge)} and address = ${oracle}
        and votes + unavailable + folded_votes + folded_unavailable > 0)`,
    )
  // By what the table itself is ordered by, within one challenge: no index of votes by challenge and time is kept up for this.
  const within = challenge !== undefined
  const keys: readonly SortKey[] = within
    ? [
        ['v.number', 'bigint'],
        ['v.oracle', 'int'],
      ]
    : // Without an event of their own, votes of several challenges have the same id.
      [
        ['v.event_id', 'text'],
        ['v.number', 'bigint'],
        ['v.challenge', 'bigint'],
      ]
  return {
    order,
    rows: (window: Window) => inWindow(query, keys, directionOf(order), window).execute(),
    keyOf: (row: { event_id: string; challenge: string; number: string; oracle: number }) =>
      within ? [row.number, String(row.oracle)] : [row.event_id, row.number, row.challenge],
    show: async (rows: Awaited<ReturnType<typeof query.execute>>) =>
      rows.map((row): ListedVote => {
        const scored = row.verdict === 'scored'
        return {
          ...{ id: eventIdOrNull(row.event_id), challenge: Number(row.challenge), number: Number(row.number) },
          by: (row.oracle === JUDGE ? row.judge : row.address) ?? '',
          judge: row.oracle === JUDGE,
          verdict: row.verdict as ListedVote['verdict'],
          reason: reason(row.reason),
          score: scored ? score(BigInt(row.score)) : null,
          contentHash: scored ? hashOrNull(row.content_hash) : null,
          units: scored ? Number(row.units) : null,
          ...{
            late: row.late,
            improved: row.tx === '' ? null : row.improved,
            report: textOrNull(row.report),
            at: timeOrNull(row.at),
            ledger: numberOrNull(row.ledger),
            tx: textOrNull(row.tx),
          },
        }
      }),
    count: () => countRows(query),
  }
}

export type PaymentFilter = Order & { challenge?: number | undefined; solver?: string | undefined }

export function paymentList(db: Kysely<Database>, { challenge, solver, order }: PaymentFilter) {
  const filter = { challenge: challenge === undefined ? undefined : String(challenge), solver }
  const filtered = (by: typeof filter) => {
    let query = db
      .selectFrom('payments as p')
      .leftJoin('assets as a', 'a.contract', 'p.token')
      .selectAll('p')
      .select(ASSET_COLUMNS)
    if (by.challenge !== undefined) query = query.where('p.challenge', '=', unseenNumber(by.challenge))
    if (by.solver !== undefined) query = query.where('p.solver', '=', unseen(by.solver))
    return query
  }
  const within = challenge !== undefined && solver === undefined
  const keys: readonly SortKey[] = within
    ? [
        ['p.number', 'bigint'],
        ['p.event_id', 'text'],
      ]
    : [
        ['p.event_id', 'text'],
        ['p.number', 'bigint'],
      ]
  return {
    order,
    rows: (window: Window) =>
      readShaped(db, `payments ${order} ${window.back}`, { ...filter, ...windowValues(window) }, (by) =>
        inWindow(filtered(by), keys, directionOf(order), withValues(window, by)),
      ),
    keyOf: (row: { event_id: string; number: string }) =>
      within ? [row.number, row.event_id] : [row.event_id, row.number],
    show: async (rows: Awaited<ReturnType<ReturnType<typeof filtered>['execute']>>) =>
      rows.map(
        (row): PaymentPart => ({
          ...{ id: row.event_id, challenge: Number(row.challenge), number: Number(row.number), solver: row.solver },
          ...{ asset: asset(row), prize: row.prize, pay: row.pay, back: row.back, at: time(row.at), tx: row.tx },
        }),
      ),
    count: () => countRows(filtered(filter)),
  }
}

export type RankingFilter = Order & { challenge?: number | undefined }

export function rankingList(db: Kysely<Database>, { challenge, order }: RankingFilter) {
  let query = db
    .selectFrom('rankings as r')
    .innerJoin('challenges as c', 'c.id', 'r.challenge')
    .leftJoin('challenge_oracles as o', (join) =>
      join.onRef('o.challenge', '=', 'r.challenge').onRef('o.place', '=', 'r.by'),
    )
    .selectAll('r')
    .select(['o.address', 'c.judge'])
  if (challenge !== undefined) query = query.where('r.challenge', '=', String(challenge))
  return {
    order,
    rows: (window: Window) => inWindow(query, [['r.event_id', 'text']], directionOf(order), window).execute(),
    keyOf: (row: { event_id: string }) => [row.event_id],
    show: async (rows: Awaited<ReturnType<typeof query.execute>>) =>
      rows.map((row): ListedRanking => {
        const ranking = readRanking(row)
        return {
          ...{ id: row.event_id, challenge: ranking.challenge, ledger: ranking.ledger },
          by: (row.by === JUDGE ? row.judge : row.address) ?? '',
          judge: row.by === JUDGE,
          report: ranking.report,
          rows: ranking.rows.map(({ solver, attempt, score: units }) => ({ solver, attempt, score: score(units) })),
          ...{ quorum: ranking.quorum, at: time(ranking.at), tx: ranking.tx },
        }
      }),
    count: () => countRows(query),
  }
}
