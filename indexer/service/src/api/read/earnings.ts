/** Epochs of earnings, the votes on them, and what labelers claimed. */
import { type Kysely, type Selectable, sql } from 'kysely'
import type { ClaimsTable, Database } from '../../store/database.ts'
import { inWindow, type Window } from '../list/window.ts'
import type { AccountEarnings, Claim } from '../types.ts'
import { type AssetColumns, asset, time } from '../views/values.ts'
import { ASSET_COLUMNS, countRows, directionOf, unseen, unseenNumber } from './queries.ts'

/** Votes on these epochs, both ends included, in the order in which they were cast. */
export function readEpochVotes(db: Kysely<Database>, challenge: string, from: number, to: number) {
  return db
    .selectFrom('epoch_votes')
    .selectAll()
    .where('challenge', '=', challenge)
    .where('epoch', '>=', String(from))
    .where('epoch', '<=', String(to))
    .orderBy('event_id')
    .execute()
}

export type ClaimFilter = { challenge?: string | undefined; labeler?: string | undefined; order: 'newest' | 'oldest' }

export function claimList(db: Kysely<Database>, { challenge, labeler, order }: ClaimFilter) {
  let query = db
    .selectFrom('claims as k')
    .leftJoin('assets as a', 'a.contract', 'k.token')
    .selectAll('k')
    .select(ASSET_COLUMNS)
  if (challenge !== undefined) query = query.where('k.challenge', '=', unseenNumber(challenge))
  if (labeler !== undefined) query = query.where('k.labeler', '=', unseen(labeler))
  return {
    order,
    rows: (window: Window) => inWindow(query, [['k.event_id', 'text']], directionOf(order), window).execute(),
    keyOf: (row: { event_id: string }) => [row.event_id],
    show: async (rows: Awaited<ReturnType<typeof query.execute>>) => rows.map(claimView),
    count: () => countRows(query),
  }
}

const claimView = (row: Selectable<ClaimsTable> & AssetColumns): Claim => ({
  id: row.event_id,
  challenge: Number(row.challenge),
  labeler: row.labeler,
  epoch: Number(row.epoch),
  asset: asset(row),
  amount: row.amount,
  cumulative: row.cumulative,
  at: time(row.at),
  tx: row.tx,
})

type EarningsSql = AssetColumns & {
  challenge: string
  claimed: string
  claims: string
  epoch: string
  at: string
  tx: string
}

/** What an account was sent in each challenge, the latest first. */
export async function readAccountEarnings(db: Kysely<Database>, labeler: string): Promise<AccountEarnings[]> {
  const { rows } = await sql<EarningsSql>`
    select k.challenge, k.token, k.amount as claimed, k.claims, last.epoch, last.at, last.tx,
      a.code as asset_code, a.issuer as asset_issuer, a.native as asset_native, a.decimals as asset_decimals
    from (select * from labeler_sums where labeler = ${labeler} and claims > 0 order by last desc limit 20) k
    join claims last on last.challenge = k.challenge and last.event_id = k.last
    left join assets a on a.contract = k.token
    order by k.last desc`.execute(db)
  return rows.map((row) => ({
    challenge: Number(row.challenge),
    asset: asset(row),
    claimed: row.claimed,
    claims: Number(row.claims),
    epoch: Number(row.epoch),
    at: time(row.at),
    tx: row.tx,
  }))
}
