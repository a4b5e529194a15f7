/** The report of an epoch of earnings: what every labeler has earned so far, the leaves of the posted tree (docs/formats.md, 6). */
import * as z from 'zod/mini'
import {
  address,
  cid,
  contract,
  encodeDocument,
  hex32,
  list,
  matching,
  parseDocument,
  positive,
} from '../json/fields.ts'

export const EARNINGS_MAX_BYTES = 8 * 1024 * 1024
export const EARNINGS_MAX_LEAVES = 50_000
const what = { code: 'bad_report', name: 'earnings report', maxBytes: EARNINGS_MAX_BYTES } as const

const I128_MAX = 2n ** 127n - 1n
/** Base units of the token as decimal text. */
const amount = matching(/^[1-9][0-9]{0,38}$/, (units) => BigInt(units) <= I128_MAX, 'does not fit 128 bits')

const leaf = z.strictObject({ labeler: address, cumulative: amount })

/** Like a ranking's report, it does not say who made it: oracles that agree publish the same bytes. */
export const earningsSchema = z
  .strictObject({
    format: z.literal('stellartrain/earnings-report'),
    version: z.literal(1),
    network: hex32,
    contract,
    challenge: positive,
    epoch: positive,
    total: amount,
    // The list of work that the amounts follow from, where oracles made them of one; absent where an operator posted them by hand.
    work: z.optional(cid),
    leaves: list(leaf, 1, EARNINGS_MAX_LEAVES, (one) => one.labeler),
  })
  .check(
    z.refine(({ leaves, total }) => leaves.reduce((sum, one) => sum + BigInt(one.cumulative), 0n) === BigInt(total), {
      path: ['total'],
      error: 'is not the sum of the leaves',
    }),
    z.refine(({ leaves }) => leaves.every((one, at) => at === 0 || leaves[at - 1]!.labeler < one.labeler), {
      path: ['leaves'],
      error: 'are not in the order of their addresses',
    }),
  )

export type EarningsReport = z.output<typeof earningsSchema>

/** @throws ContentError `bad_report` */
export function parseEarnings(bytes: Uint8Array): EarningsReport {
  return parseDocument(earningsSchema, bytes, what)
}

/** The bytes to pin. @throws ContentError `bad_report` */
export function encodeEarnings(report: EarningsReport): Uint8Array<ArrayBuffer> {
  return encodeDocument(earningsSchema, report, what)
}
