/** Page tokens: opaque to clients, checked here. They hold the sort key of the last row, so inserts never shift a page. */
import { ApiError } from './problem.ts'

export function writeCursor(parts: readonly (string | number)[]): string {
  return Buffer.from(parts.join('~')).toString('base64url')
}

/** @throws ApiError `bad_request` unless the token holds exactly `length` whole numbers. */
export function readCursor(cursor: string | undefined, length: number): string[] | null {
  if (cursor === undefined) return null
  const parts = Buffer.from(cursor, 'base64url').toString().split('~')
  if (parts.length !== length || !parts.every((part) => /^-?\d{1,39}$/.test(part))) {
    throw new ApiError('bad_request', 'This cursor was not made by this list. Begin again without one.')
  }
  return parts
}

/** Cuts the extra row off that tells whether there is more. */
export function page<Row>(rows: Row[], limit: number, key: (row: Row) => (string | number)[]) {
  const data = rows.slice(0, limit)
  const last = data.at(-1)
  return { data, next: rows.length > limit && last ? writeCursor(key(last)) : null }
}
