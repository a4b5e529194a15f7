/** What the queries of several resources share. */
import type { SelectQueryBuilder } from 'kysely'
import type { Direction } from '../list/window.ts'

/** Of `assets as a`, as `asset` in the views reads them. */
export const ASSET_COLUMNS = [
  'a.code as asset_code',
  'a.issuer as asset_issuer',
  'a.native as asset_native',
  'a.decimals as asset_decimals',
] as const

export const directionOf = (order: 'newest' | 'oldest'): Direction => (order === 'newest' ? 'desc' : 'asc')

export async function countRows<DB, TB extends keyof DB, O>(query: SelectQueryBuilder<DB, TB, O>): Promise<number> {
  const counting = query.clearSelect().select((eb) => eb.fn.countAll<string>().as('n'))
  const [row] = (await counting.execute()) as unknown as { n: string }[]
  return Number(row?.n ?? 0)
}
