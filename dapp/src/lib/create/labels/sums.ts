/** What a challenge that pays for labels adds up to. Pure. */
import { batchesNeeded, defaultBatch, labelsPromised } from '@stellartrain/sdk/labels-amounts'
import { perHour } from '../../label/pay.ts'
import { parseUnits } from '../../words/format.ts'
import type { Form } from '../form.ts'
import { decimal, whole } from '../numbers.ts'
import { quorumOf, type Sums } from '../sums.ts'

export type LabelsSums = Sums & {
  items: number
  overlap: number
  batch: number
  /** Batches whose grading the maker pays. */
  graded: number
  /** Of an accepted answer; `reward` is that of a full batch. */
  rate: bigint
  /** What labeling makes in an hour at the stated speed. */
  hour: bigint
}

/** Base units of the asset; null while an amount is missing. */
export function labelsSums(form: Form, items: number, decimals: number): LabelsSums | null {
  const { labels } = form
  if (form.kind !== 'per_unit' && form.kind !== 'earnings') return null
  const [rate, fee, seconds] = [
    parseUnits(labels.perItem, decimals),
    parseUnits(form.oracleFee, decimals),
    decimal(labels.seconds),
  ]
  // No deposit where nothing is submitted to the ledger.
  const deposit = form.kind === 'earnings' ? 0n : parseUnits(form.deposit, decimals)
  const overlap = whole(labels.overlap)
  if (rate === null || fee === null || deposit === null || !overlap || !seconds || items < 1) return null
  const batch = labels.batch.trim() ? whole(labels.batch) : defaultBatch(items, overlap)
  const budget = labels.budget.trim() ? parseUnits(labels.budget, decimals) : undefined
  if (!batch || budget === null) return null
  const of = { items, overlap, batch }
  const graded = labels.graded.trim() ? whole(labels.graded) : batchesNeeded(of)
  if (graded === null) return null
  const prize = budget ?? rate * BigInt(labelsPromised(form.kind, of))
  const feeBudget = fee * BigInt(quorumOf(form)) * BigInt(graded)
  return {
    ...{ items, overlap, batch, graded, rate, prize, fee, feeBudget, deposit, rankingFees: 0n },
    reward: rate * BigInt(batch),
    hour: perHour(rate, seconds * 1_000) ?? 0n,
    total: prize + feeBudget,
  }
}
