/** A labeler's batches as several oracles tell them, of which some may lie: what counts is what the labeler signed, and what the ledger shows. */
import { isDigestSigned } from '@stellartrain/contracts-client'
import { batchDigest, type SignedBatch, signedBatchSchema } from '@stellartrain/ipfs-content/work'
import * as z from 'zod/mini'

type Place = Parameters<typeof batchDigest>[0]
export type Labeled = { labeler: string; passphrase: string; place: Place }

const count = z.number().check(z.int(), z.minimum(0))
const amount = z.string().check(z.regex(/^[0-9]{1,39}$/))
const batchSchema = z.object({
  attempt: count,
  signed: signedBatchSchema,
  state: z.enum(['waiting', 'accepted', 'rejected']),
  epoch: z.optional(count),
  units: z.optional(count),
  earned: z.optional(amount),
  reason: z.optional(count),
  why: z.optional(z.string().check(z.maxLength(1_000))),
  appeal: z.optional(z.enum(['open', 'granted', 'upheld'])),
})
/** More batches of one labeler are not read: each has a signature to check. */
const MOST = 10_000
const toldSchema = z.object({
  batches: z.array(batchSchema).check(z.maxLength(MOST)),
  cumulative: amount,
  epochs: count,
})
type ToldBatch = z.output<typeof batchSchema>
export type ToldWork = z.output<typeof toldSchema>

/** A batch as the oracles tell its labeler, once its epoch is posted. */
export type OwnBatch = Omit<ToldBatch, 'signed'> & {
  /** How many oracles say this of it; nothing on the ledger says more of one batch than these do. */
  toldBy: number
}

/** Of each oracle, its batches that the labeler signed, each attempt once. What is no answer is left out. */
export function signedWork(told: readonly unknown[], { labeler, passphrase, place }: Labeled): ToldWork[] {
  const checked = new Map<string, boolean>()
  const isSigned = ({ attempt, signed }: ToldBatch): boolean => {
    if (signed.labeler !== labeler || signed.attempt !== attempt) return false
    const name = JSON.stringify(signed)
    const known = checked.get(name)
    if (known !== undefined) return known
    const { signature, ...said }: SignedBatch = signed
    const right = isDigestSigned(labeler, passphrase, batchDigest(place, said), signature)
    checked.set(name, right)
    return right
  }
  return told.flatMap((one) => {
    const read = toldSchema.safeParse(one)
    if (!read.success) return []
    const batches = new Map<number, ToldBatch>()
    for (const batch of read.data.batches)
      if (!batches.has(batch.attempt) && isSigned(batch)) batches.set(batch.attempt, batch)
    return [{ ...read.data, batches: [...batches.values()] }]
  })
}

/** The last attempt that is proven by the labeler's signature: the next batch is the one after it. */
export const attemptsOf = (told: readonly ToldWork[]): number =>
  Math.max(0, ...told.flatMap(({ batches }) => batches.map(({ attempt }) => attempt)))

/**
 * Of the oracles that contradict nothing on the ledger, those that know its newest epoch; of these, for each batch what most of them say.
 * Undefined where none is left.
 * @param ledger `cumulative`: what the newest epoch's root proves; undefined where its report cannot be read
 */
export function mergedWork(
  told: readonly ToldWork[],
  ledger: { epochs: number; cumulative: bigint | undefined },
): { batches: OwnBatch[]; epochs: number; cumulative: string } | undefined {
  const credible = told.filter((one) => isCredible(one, ledger))
  const epochs = Math.max(...credible.map((one) => one.epochs))
  const newest = credible.filter((one) => one.epochs === epochs)
  if (newest.length === 0) return undefined
  // A batch that only an oracle behind has is one that waits.
  const attempts = new Set(credible.flatMap(({ batches }) => batches.map(({ attempt }) => attempt)))
  const batches = [...attempts]
    .sort((a, b) => a - b)
    .map((attempt): OwnBatch => {
      const all = saidOf(credible, attempt)
      const [[most] = []] = tally(saidOf(newest, attempt))
      const said = most ?? tally(all)[0]![0]
      return { ...JSON.parse(said), toldBy: all.filter((one) => one === said).length }
    })
  const [amounts] = tally(newest.map((one) => one.cumulative))
  return { batches, epochs, cumulative: String(ledger.cumulative ?? amounts?.[0] ?? 0n) }
}

/** Whether it could be true: no epoch that is not posted, and where it knows the newest one, the amount that its root proves. */
function isCredible(one: ToldWork, ledger: { epochs: number; cumulative: bigint | undefined }): boolean {
  if (one.epochs > ledger.epochs) return false
  if (one.batches.some(({ epoch = 0 }) => epoch > one.epochs)) return false
  const sum = one.batches.reduce(
    (all, { state, earned = '0' }) => (state === 'accepted' ? all + BigInt(earned) : all),
    0n,
  )
  if (sum !== BigInt(one.cumulative)) return false
  if (ledger.cumulative === undefined) return true
  return one.epochs === ledger.epochs ? sum === ledger.cumulative : sum <= ledger.cumulative
}

function saidOf(told: readonly ToldWork[], attempt: number): string[] {
  return told.flatMap(({ batches }) => {
    const found = batches.find((one) => one.attempt === attempt)
    if (!found) return []
    const { signed: _, ...said } = found
    return [JSON.stringify(said)]
  })
}

/** The most frequent first. */
function tally(all: readonly string[]): (readonly [string, number])[] {
  const counts = new Map<string, number>()
  for (const one of all) counts.set(one, (counts.get(one) ?? 0) + 1)
  return [...counts].sort((a, b) => b[1] - a[1])
}
