/** What labeling pays: for an item, for a batch, and what that makes an hour, as stated and as measured. Base units, never rounded up. */

import type { Manifest } from '../content/manifest.ts'
import type { Challenge } from '../read/types.ts'
import { parseUnits } from '../words/format.ts'
import { timeOf } from './work.ts'

const HOUR_MS = 3_600_000n

/** What an accepted answer pays: the terms say it, or by earnings the manifest. */
export function rateOf(
  { payout, asset }: Pick<Challenge, 'payout' | 'asset'>,
  { labeling }: Pick<Manifest, 'labeling'>,
): bigint {
  if (payout.rule === 'per_unit') return BigInt(payout.rate)
  return parseUnits(labeling?.perItem ?? '0', asset.decimals ?? 7) ?? 0n
}

/** Base units an hour at so many milliseconds an item; undefined where no time passed. */
export function perHour(rate: bigint, milliseconds: number): bigint | undefined {
  const ms = BigInt(Math.round(milliseconds))
  return ms > 0n ? (rate * HOUR_MS) / ms : undefined
}

/** Fewer items say nothing about an hour. */
export const FEWEST_MEASURED = 3

/** Milliseconds an item, of those that were answered; undefined for too few of them. */
export function measured(spent: Readonly<Record<string, number>>, answered: readonly string[]): number | undefined {
  const times = answered.flatMap((id) => timeOf(spent, id) ?? [])
  if (times.length < FEWEST_MEASURED) return undefined
  return times.reduce((sum, one) => sum + one, 0) / times.length
}
