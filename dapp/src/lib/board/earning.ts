/** A task that pays by earnings while it runs, from its epochs: batches, labelers, money, and when it will be done. Pure. */
import type { Challenge } from '../read/types.ts'
import type { Coverage } from './coverage.ts'
import type { Posted } from './posted.ts'
import { forecastOf, type LabelerRow, type Running } from './running.ts'

export type Earning = {
  /** As the epochs list them; `madeGood`: of the accepted ones, those after an appeal. */
  batches: { accepted: number; rejected: number; madeGood: number }
  /** Known items that were withdrawn: batches that were rejected because of one are paid, and the lists do not say which. */
  withdrawn: number
  /** The most labels first. `paid`: earned by the last epoch, sent or not. */
  labelers: LabelerRow[]
  /** Base units. */
  money: {
    /** Still in the escrow, for epochs to come. */
    left: bigint
    earned: bigint
    sent: bigint
    /** Earned and not claimed yet: it left the escrow for good. */
    toClaim: bigint
    /** The most that the next epochs owe for what was handed in; null where no oracle says how much that is. */
    next: bigint | null
    /** The most that it takes until every label is paid; null where no oracle says how many are missing. */
    toFinish: bigint | null
    short: bigint
  }
  waiting: number | null
  forecast: Running['forecast']
}

export function earningOf(
  challenge: Pick<Challenge, 'left' | 'earnings'>,
  { lists, leaves, at }: Posted,
  { rate, coverage, now }: { rate: bigint; coverage: Coverage | undefined; now: number },
): Earning {
  const granted = new Set(lists.flatMap(({ reviews }) => reviews.flatMap(({ accepted }) => accepted.map(nameOf))))
  const rows = new Map<string, LabelerRow>()
  const rowOf = (address: string) => {
    const none = { address, accepted: 0, rejected: 0, waiting: 0, labels: 0, paid: 0n }
    const row = rows.get(address) ?? none
    rows.set(address, row)
    return row
  }
  const batches = { accepted: 0, rejected: 0, madeGood: 0 }
  const recent: { at: number; units: number }[] = []
  for (const { batches: listed } of lists)
    for (const { reason, units, time, ...name } of listed) {
      const row = rowOf(name.labeler)
      if (reason !== 0 && !granted.has(nameOf(name))) {
        row.rejected++
        batches.rejected++
        continue
      }
      row.accepted++
      row.labels += units
      batches.accepted++
      if (reason !== 0) batches.madeGood++
      recent.push({ at: time * 1_000, units })
    }
  for (const { labeler, cumulative } of leaves ?? []) rowOf(labeler).paid = BigInt(cumulative)
  const [left, earned, sent] = [challenge.left, challenge.earnings?.total, challenge.earnings?.claimed].map((units) =>
    BigInt(units ?? '0'),
  ) as [bigint, bigint, bigint]
  const waiting = coverage?.waiting ?? null
  const open = coverage === undefined ? 0 : Math.max(0, coverage.places - coverage.accepted)
  const toFinish = coverage === undefined ? null : rate * BigInt(open)
  const next = waiting === null ? null : lower(rate * BigInt(waiting), left)
  return {
    batches,
    withdrawn: new Set(lists.flatMap(({ reviews }) => reviews.flatMap(({ withdrawn }) => withdrawn))).size,
    labelers: [...rows.values()].toSorted((a, b) => b.labels - a.labels || (a.paid < b.paid ? 1 : -1)),
    money: {
      ...{ left, earned, sent, toClaim: earned - sent, next, toFinish },
      // Where the index does not know what is left, no shortage is claimed.
      short: toFinish !== null && challenge.left !== null && toFinish > left ? toFinish - left : 0n,
    },
    waiting,
    forecast: forecastOf(recent, open, now, at),
  }
}

const nameOf = ({ labeler, attempt }: { labeler: string; attempt: number }) => `${labeler}/${attempt}`
const lower = (a: bigint, b: bigint) => (a < b ? a : b)
