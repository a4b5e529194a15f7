/** Epochs of earnings, the votes on them, and what labelers claimed. */
import { type Kysely, sql } from 'kysely'
import type { Database } from '../../store/database.ts'
import { page } from '../cursor.ts'
import { ApiError } from '../problem.ts'
import type { AccountEarnings, Claim } from '../types.ts'
import { type AssetColumns, asset, time } from '../views/values.ts'

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

const EVENT_ID = /^\d{19}-\d{10}$/

export type ClaimFilter = {
  challenge?: string
  labeler?: string | undefined
  /** The id of an event. */
  cursor?: string | undefined
  limit: number
}

/** The newest first. @throws ApiError `bad_request` */
export async function readClaims(db: Kysely<Database>, filter: ClaimFilter) {
  if (filter.cursor !== undefined && !EVENT_ID.test(filter.cursor)) {
    throw new ApiError('bad_request', 'This cursor was not made by this list. Begin again without one.')
  }
  let query = db
    .selectFrom('claims as k')
    .leftJoin('assets as a', 'a.contract', 'k.token')
    .selectAll('k')
    .select([
      'a.code as asset_code',
      'a.issuer as asset_issuer',
      'a.native as asset_native',
      'a.decimals as asset_decimals',
    ])
    .orderBy('k.event_id', 'desc')
    .limit(filter.limit + 1)
  if (filter.challenge !== undefined) query = query.where('k.challenge', '=', filter.challenge)
  if (filter.labeler !== undefined) query = query.where('k.labeler', '=', filter.labeler)
  if (filter.cursor !== undefined) query = query.where('k.event_id', '<', filter.cursor)
  const rows = await query.execute()
  const { data, next } = page(rows, filter.limit, () => [])
  const claims = data.map(
    (row): Claim => ({
      challenge: Number(row.challenge),
      labeler: row.labeler,
      epoch: Number(row.epoch),
      asset: asset(row),
      amount: row.amount,
      cumulative: row.cumulative,
      at: time(row.at),
      tx: row.tx,
    }),
  )
  return { data: claims, next: next === null ? null : data.at(-1)!.event_id }
}

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
    select k.challenge, k.token, k.claimed, k.claims, k.epoch, k.at, last.tx,
      a.code as asset_code, a.issuer as asset_issuer, a.native as asset_native, a.decimals as asset_decimals
    from (
      select challenge, token, sum(amount)::text as claimed, count(*) as claims, max(epoch) as epoch, max(at) as at, max(event_id) as event_id
      from claims where labeler = ${labeler} group by challenge, token order by max(event_id) desc limit 20
    ) k
    join claims last on last.challenge = k.challenge and last.event_id = k.event_id
    left join assets a on a.contract = k.token
    order by k.event_id desc`.execute(db)
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
