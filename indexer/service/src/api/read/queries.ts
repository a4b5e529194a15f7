/** What the queries of several resources share. */
import { type RawBuilder, type SelectQueryBuilder, sql } from 'kysely'
import type { Direction } from '../list/window.ts'

/** Of `assets as a`, as `asset` in the views reads them. */
export const ASSET_COLUMNS = [
  'a.code as asset_code',
  'a.issuer as asset_issuer',
  'a.native as asset_native',
  'a.decimals as asset_decimals',
] as const

/**
 * A value that the planner does not see. For one that it knows to be frequent it reads a list in the order of time and passes over what
 * is of others, which is everything where that one did nothing lately; like this it begins with an index of whom the rows are of.
 */
export const unseen = (value: unknown): RawBuilder<string> => sql<string>`(select ${value}::text)`
export const unseenNumber = (value: unknown): RawBuilder<string> => sql<string>`(select ${value}::bigint)`

export const directionOf = (order: 'newest' | 'oldest'): Direction => (order === 'newest' ? 'desc' : 'asc')

export async function countRows<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): Promise<number> {
  const counting = query.clearSelect().select((eb) => eb.fn.countAll<string>().as('n'))
  const [row] = (await counting.execute()) as unknown as { n: string }[]
  return Number(row?.n ?? 0)
}
