/** Values that every resource of the API shares: amounts, scores, times, freshness, pages, problems. */
import { z } from '@hono/zod-openapi'

/**
 * For schemas with a name of their own. `.nullable()` of such a one would be described as both at once (`allOf` of the reference
 * and null), or, where it is met first, make the named schema itself nullable everywhere.
 */
export function orNull<T extends z.ZodType>(schema: T): z.ZodUnion<[T, z.ZodNull]> {
  return z.union([schema, z.null()])
}

export const Amount = z
  .string()
  .regex(/^-?\d+$/)
  .openapi('Amount', { description: 'Base units of the asset, a decimal integer as text (i128).', example: '50000000' })

export const Time = z
  .string()
  .openapi('Time', { format: 'date-time', description: 'RFC 3339, UTC.', example: '2026-11-22T15:00:00.000Z' })

export const Address = z
  .string()
  .regex(/^[GC][A-Z2-7]{55}$/)
  .openapi('Address', { description: 'Stellar account (G…) or contract (C…).' })

export const Cid = z.string().openapi('Cid', { description: 'CIDv1, base32, sha2-256.' })

export const Hash = z
  .string()
  .regex(/^[0-9a-f]{64}$/)
  .openapi('Hash', { description: '32 bytes, hexadecimal.' })

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

export const PageQuery = z.object({
  cursor: z.string().max(200).optional().openapi({ description: 'From `next` of the page before.' }),
  limit: z.coerce.number().int().min(1).max(200).default(20),
})

/** A page of `item`s, named `${name}Page` in the document. */
export function pageOf<T extends z.ZodType>(name: string, item: T) {
  return z.object({ data: z.array(item), next: z.string().nullable(), _meta: Meta }).openapi(`${name}Page`)
}
