/**
 * What is not known of rows is null in every answer: decided here, and nowhere else. Rows that were read from the contract's storage
 * have empty text and zeros where only the lost events told, and each challenge names the columns that are not known of it.
 */

/** Columns of `challenges` and `challenge_oracles` that `incomplete.unknown` may name and that answers show. */
export type UnknownColumn =
  | 'prize'
  | 'added'
  | 'fees_added'
  | 'paid'
  | 'refunded'
  | 'solvers'
  | 'best'
  | 'events'
  | 'fees_earned'
  | 'fees_withdrawn'
  | 'folded_votes'
  | 'folded_unavailable'
  | 'folded_agreed'
  | 'folded_disagreed'
  | 'folded_missing'
  | 'units'

/** The value, or null if its column is not known. */
export type Known = <T>(column: UnknownColumn, value: T) => T | null

/** How far a challenge is known; of a row of `challenges` joined with `incomplete`. */
export type KnownSql = {
  incomplete: 'partial' | 'recovered' | null
  unknown_columns: readonly string[] | null
  unknown_submissions: string | number | null
}

/** Sums over all submissions: not known while some have no row. */
const OVER_SUBMISSIONS: readonly string[] = ['paid', 'solvers', 'best', 'units'] satisfies UnknownColumn[]

const isShort = ({ unknown_submissions }: KnownSql): boolean => Number(unknown_submissions ?? 0) > 0

export const unknownColumns = (row: KnownSql): string[] => [
  ...new Set([...(row.unknown_columns ?? []), ...(isShort(row) ? OVER_SUBMISSIONS : [])]),
]

export function knownOf(row: KnownSql): Known {
  const unknown = new Set<string>(unknownColumns(row))
  return (column, value) => (unknown.has(column) ? null : value)
}

export type KnownSubmissions = {
  /** Every submission has a row. */
  all: boolean
  /** Every payment has one. */
  payments: boolean
}

export const WHOLE: KnownSubmissions = { all: true, payments: true }

export const knownSubmissions = (row: KnownSql): KnownSubmissions => ({
  all: !isShort(row) && row.incomplete !== 'partial',
  payments: row.incomplete === null,
})

/** Of a transaction, a report or whatever else is never empty where it is known. */
export const textOrNull = (text: string): string | null => (text === '' ? null : text)

/** Of what is never 0 where it is known, ledgers above all. */
export const numberOrNull = (number: number): number | null => (number === 0 ? null : number)

/** Rows without an event of their own have a key that only keeps their order. */
export const eventIdOrNull = (id: string): string | null => (id.includes('~') ? null : id)
