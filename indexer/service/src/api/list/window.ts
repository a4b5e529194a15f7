/** A stretch of a list by its sort keys: the rows behind a position, or in front of it. */
import { type SelectQueryBuilder, type SqlBool, sql } from 'kysely'
import { USUAL_ROWS } from '../schemas/common.ts'
import { type CursorKey, type Position, readCursor, type Scope, writeCursor } from './cursor.ts'

/** `limit` is one more than the page takes, which tells whether there is more. */
export type Window = { after: readonly string[] | null; back: boolean; limit: number }

/** A column of the sort key; all columns of an order have one direction, so that one index serves them. */
export type SortKey = readonly [column: string, type: 'bigint' | 'int' | 'numeric' | 'text']

export type Direction = 'asc' | 'desc'

/** Of the page that is asked for most: in the text, since a statement without values has its plan from the second time on. */
const USUAL = USUAL_ROWS + 1

/** Orders a query and begins it at the window. Backwards it gives the nearest row first. */
export function inWindow<DB, TB extends keyof DB, O>(
  query: SelectQueryBuilder<DB, TB, O>,
  keys: readonly SortKey[],
  direction: Direction,
  { after, back, limit }: Window,
): SelectQueryBuilder<DB, TB, O> {
  const up = (direction === 'asc') !== back
  let ordered = query.limit(limit === USUAL ? sql.lit(limit) : limit)
  for (const [column] of keys) ordered = ordered.orderBy(sql.raw(column), up ? 'asc' : 'desc')
  if (!after) return ordered
  const columns = sql.join(keys.map(([column]) => sql.raw(column)))
  const values = sql.join(keys.map(([, type], index) => sql`${after[index]}::${sql.raw(type)}`))
  const beyond = sql.raw(up ? '>' : '<')
  return ordered.where(sql<SqlBool>`(${columns}) ${beyond} (${values})`)
}

export type Page<Row> = { rows: Row[]; next: string | null; prev: string | null }

export type PageOptions<Row> = {
  key: CursorKey
  scope: Scope
  cursor: string | undefined
  limit: number
  /** The sort keys of a row, as text. */
  keyOf(row: Row): readonly string[]
  /** At most `limit` rows, the nearest to the position first. */
  rows(window: Window): Promise<Row[]>
  /** Reads a token that is a sort key as it is; `next` is one, then. */
  plain?(cursor: string): string[] | null
}

/** @throws ApiError `bad_request` for a cursor that is not this list's */
export async function readPage<Row>(options: PageOptions<Row>): Promise<Page<Row>> {
  const { cursor, limit, rows: read } = options
  const at = cursor === undefined ? null : positionOf(options, cursor)
  const back = at?.back ?? false
  const found = await read({ after: at?.values ?? null, back, limit: limit + 1 })
  const more = found.length > limit
  const rows = found.slice(0, limit)
  if (back) rows.reverse()
  const [first, last] = [rows[0], rows.at(-1)]
  // Whoever came from the other side knows that there is something.
  const [before, behind] = back ? [more, true] : [at !== null, more]
  return {
    rows,
    next: behind && last ? tokenOf(options, last, false) : null,
    prev: before && first ? tokenOf(options, first, true) : null,
  }
}

function positionOf<Row>({ key, scope, plain }: PageOptions<Row>, cursor: string): Position {
  const values = plain?.(cursor)
  return values ? { values, back: false } : readCursor(key, scope, cursor)
}

function tokenOf<Row>({ key, scope, keyOf, plain }: PageOptions<Row>, row: Row, back: boolean): string {
  const values = keyOf(row)
  return plain && !back ? values[0]! : writeCursor(key, scope, { values, back })
}

/** The values of a window, and the window again with what stands for them; see store/shaped.ts. */
export function windowValues({ after, limit }: Window): Record<string, string | number> {
  const values: Record<string, string | number> = limit === USUAL ? {} : { limit }
  after?.forEach((value, index) => {
    values[`after${index}`] = value
  })
  return values
}

export const withValues = ({ after, back }: Window, values: Readonly<Record<string, unknown>>): Window => ({
  after: after === null ? null : after.map((_, index) => values[`after${index}`] as string),
  back,
  limit: (values.limit ?? USUAL) as number,
})
