/** Values that every resource of the API shares: amounts, scores, times, freshness, pages, problems. */
import { z } from '@hono/zod-openapi'
import { CURSOR_PATTERN } from '../list/cursor.ts'

/**
 * For schemas with a name of their own. `.nullable()` of such a one would be described as both at once (`allOf` of the reference
 * and null), or, where it is met first, make the named schema itself nullable everywhere.
 */
export function orNull<T extends z.ZodType>(schema: T): z.ZodUnion<[T, z.ZodNull]> {
  return z.union([schema, z.null()])
}

/** For what is not known of what was read from the contract's storage: the events that told it are lost. */
export const LOST = 'null: not known.'

export const Amount = z
  .string()
  .regex(/^-?\d+$/)
  .openapi('Amount', { description: 'Base units of the asset, a decimal integer as text (i128).', example: '50000000' })

export const Time = z
  .string()
  .openapi('Time', { format: 'date-time', description: 'RFC 3339, UTC.', example: '2026-11-22T15:00:00.000Z' })

export const Address = z
  .string()
  .regex(/^[GC][A-Z2-7]{55}$/, 'must be a Stellar account (G…) or contract (C…)')
  .openapi('Address', { description: 'Stellar account (G…) or contract (C…).' })

export const Cid = z.string().openapi('Cid', { description: 'CIDv1, base32, sha2-256.' })

export const Hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi('Hash', { description: '32 bytes, hexadecimal.' })

export const EventId = z.string().openapi('EventId', {
  description: 'Of the event that said so: sorts as the ledger does, and never changes.',
  example: '0000000000000123456-0000000001',
})

export const Score = z
  .object({
    units: z
      .string()
      .regex(/^-?\d+$/)
      .openapi({ description: 'Integer in units of 1e-7, as the contract holds it.' }),
    value: z.number(),
  })
  .openapi('Score', { example: { units: '9312500', value: 0.93125 } })

export const Asset = z
  .object({
    contract: Address,
    code: z.string().nullable().openapi({ description: 'null until it was read from the network.' }),
    issuer: z.string().nullable().openapi({
      description:
        'Set only if the contract is the Stellar Asset Contract of this code and issuer. null: native, another token, or not known yet.',
    }),
    native: z.boolean(),
    decimals: z.int().nullable(),
  })
  .openapi('Asset')

export const AssetAmount = z.object({ asset: Asset, amount: Amount }).openapi('AssetAmount')

export const Meta = z
  .object({
    ledger: z.int().openapi({ description: 'The last ledger that is fully in these answers.' }),
    ledgerClosedAt: orNull(Time),
    lagSeconds: z
      .number()
      .nullable()
      .openapi({ description: 'Between that ledger and now; null before the first one.' }),
    completeSince: z.int().nullable().openapi({ description: 'From this ledger on nothing is missing.' }),
    whole: z.boolean().openapi({
      description:
        'Everything was compared with the contract, and nothing is missing. false: counts and sums may be too low.',
    }),
    verifiedLedger: z.int().nullable().openapi({
      description:
        "Up to this ledger every challenge was compared with the contract's storage; null: not since the start.",
    }),
    contract: Address,
    network: z.string().openapi({ description: 'Network passphrase.' }),
  })
  .openapi('Meta')

export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.string().openapi({ description: 'Stable; for programs.' }),
    requestId: z.string().openapi({ description: 'Also in the header x-request-id and in the log.' }),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .openapi('Problem')

/** A whole number in a path or a query: decimal digits, and nothing else that a computer would take for one. */
export function whole(minimum: number, maximum: number, about: { description?: string; default?: number } = {}) {
  return z
    .string()
    .regex(/^(0|[1-9]\d{0,9})$/, 'must be a whole number in decimal digits')
    .transform(Number)
    .pipe(z.number().min(minimum).max(maximum))
    .openapi({ type: 'integer', minimum, maximum, ...about })
}

/** Challenges, submissions, attempts, ledgers: 32 bits, from 1. */
export const Number32 = whole(1, 4_294_967_295)

export const MOST_ROWS = 200
export const USUAL_ROWS = 20

/** What every list takes. */
export const paging = {
  cursor: z
    .string()
    .regex(new RegExp(CURSOR_PATTERN), 'must be a cursor from `next` or `prev` of a page')
    .optional()
    .openapi({ description: 'From `next` or `prev` of another page of this list, with the same order and filters.' }),
  limit: whole(1, MOST_ROWS, { default: USUAL_ROWS }).optional(),
  count: z
    .enum(['true', 'false'])
    .optional()
    .openapi({ description: 'true: `count` says how many rows the whole list has.' }),
}

/** Answers as of an earlier ledger. */
export const atLedger = {
  at_ledger: Number32.optional().openapi({
    description: 'As it was after this ledger; the clock is that of the last event until then.',
  }),
}

export const newestFirst = { order: z.enum(['newest', 'oldest']).default('newest') }
export const oldestFirst = { order: z.enum(['oldest', 'newest']).default('oldest') }

/** A page of `item`s, named `${name}Page` in the document. */
export function pageOf<T extends z.ZodType>(name: string, item: T) {
  return z
    .object({
      data: z.array(item),
      next: z.string().nullable().openapi({ description: 'Cursor of the page behind this one; null on the last.' }),
      prev: z
        .string()
        .nullable()
        .openapi({ description: 'Cursor of the page in front of this one; null on the first.' }),
      count: z
        .int()
        .nullable()
        .openapi({ description: 'Rows in the whole list; null unless asked for with `count=true`.' }),
      _meta: Meta,
    })
    .openapi(`${name}Page`)
}
