/**
 * Page tokens. One holds the sort key of the row that it stands at, never a rank, so inserts never shift a page; it is authenticated
 * together with its list, order and filters, so that none can be forged, and none is taken by another list.
 */
import { createHmac, timingSafeEqual } from 'node:crypto'
import { ApiError } from '../problem.ts'

/** Where a page begins: behind the row with these sort keys, or, `back`, in front of it. */
export type Position = { values: readonly string[]; back: boolean }

/** What a token belongs to. `filter`: the query without `cursor` and `limit`. */
export type Scope = { list: string; order: string; filter: Readonly<Record<string, unknown>> }

/** The key is the database's: all processes over it take each other's tokens. Null while there is none. */
export type CursorKey = string | null

const TAG_BYTES = 12
/** For the OpenAPI document. */
export const CURSOR_PATTERN = '^[A-Za-z0-9_-]{18,400}$'

export function writeCursor(key: CursorKey, scope: Scope, { values, back }: Position): string {
  if (key === null) throw new Error('a row without a database to read it from')
  const payload = Buffer.from((back ? '<' : '>') + values.map(escaped).join('~'))
  return Buffer.concat([tag(key, scope, payload), payload]).toString('base64url')
}

/** @throws ApiError `bad_request` unless this very list wrote it, in this order and with these filters */
export function readCursor(key: CursorKey, scope: Scope, cursor: string): Position {
  const bytes = Buffer.from(cursor, 'base64url')
  const payload = bytes.subarray(TAG_BYTES)
  // Base64 has several spellings of the same bytes; only ours is a token.
  const ours = bytes.length > TAG_BYTES && bytes.toString('base64url') === cursor && key !== null
  if (!ours || !timingSafeEqual(bytes.subarray(0, TAG_BYTES), tag(key, scope, payload))) {
    throw new ApiError(
      'bad_request',
      'This cursor was not made by this list with this order and these filters. Begin again without one.',
      [{ path: 'cursor', message: 'is not of this list, order and filters' }],
    )
  }
  const text = payload.toString()
  return { back: text[0] === '<', values: text.slice(1).split('~').map(decodeURIComponent) }
}

/** Keys may hold what stands between them. */
const escaped = (value: string): string => value.replaceAll('%', '%25').replaceAll('~', '%7E')

function tag(key: string, { list, order, filter }: Scope, payload: Buffer): Buffer {
  const given = Object.entries(filter).filter(([, value]) => value !== undefined)
  const sorted = given.sort(([one], [other]) => (one < other ? -1 : 1))
  return createHmac('sha256', key)
    .update(`${JSON.stringify([list, order, sorted])}\n`)
    .update(payload)
    .digest()
    .subarray(0, TAG_BYTES)
}
