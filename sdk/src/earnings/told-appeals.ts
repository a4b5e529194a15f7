/** Appeals as several oracles tell them, of which some may lie: what counts is what labelers and the reviewer signed. */
import { isDigestSigned } from '@stellartrain/contracts-client'
import { appealDigest, appealSchema, reviewDigest, reviewSchema } from '@stellartrain/ipfs-content/work'
import * as z from 'zod/mini'

type Place = Parameters<typeof appealDigest>[0]

const count = z.number().check(z.int(), z.minimum(0))
const toldSchema = z.object({
  next: count,
  last: z.nullable(reviewSchema),
  appeals: z.array(z.extend(appealSchema, { reason: z.number(), rejected: z.string().check(z.maxLength(1_000)) })),
  won: count,
  lost: count,
})
export type ToldAppeals = z.output<typeof toldSchema>

/**
 * Of those that know the reviewer's newest decisions, all appeals that any of them tells: an oracle that leaves some out hides none. One that
 * says a number of decisions for which it has no signature of the reviewer is not heard. Undefined where none is left.
 */
export function mergedAppeals(
  told: readonly unknown[],
  { reviewer, passphrase, place }: { reviewer: string; passphrase: string; place: Place },
): ToldAppeals | undefined {
  const isProven = ({ next, last }: ToldAppeals): boolean => {
    if (last === null) return next === 1
    const { signature, ...said } = last
    return next === last.number + 1 && isDigestSigned(reviewer, passphrase, reviewDigest(place, said), signature)
  }
  const isSigned = ({ signature, labeler, attempt, why }: ToldAppeals['appeals'][number]): boolean =>
    isDigestSigned(labeler, passphrase, appealDigest(place, { labeler, attempt, why }), signature)
  const proven = told.flatMap((one) => {
    const read = toldSchema.safeParse(one)
    return read.success && isProven(read.data) ? [read.data] : []
  })
  const next = Math.max(...proven.map((one) => one.next))
  const newest = proven
    .filter((one) => one.next === next)
    .map((one) => ({ ...one, appeals: one.appeals.filter(isSigned) }))
    .sort((a, b) => b.appeals.length - a.appeals.length)
  const [best] = newest
  if (!best) return undefined
  const { won, lost, last } = best
  const appeals = new Map(
    newest
      .flatMap((one) => one.appeals)
      .toReversed()
      .map((one) => [`${one.labeler}/${one.attempt}`, one]),
  )
  return { next, last, won, lost, appeals: [...appeals.values()].reverse() }
}
