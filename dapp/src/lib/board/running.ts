/** A task for labelers while it runs, from what everyone can see: numbers of labels, labelers, money, and when it will be done. Pure. */
import type { Challenge, Submission } from '../read/types.ts'

export type LabelerRow = {
  address: string
  accepted: number
  rejected: number
  waiting: number
  /** Accepted labels, and what was paid for them in base units. */
  labels: number
  paid: bigint
}

export type Running = {
  labels: { accepted: number; waiting: number; needed: number }
  batches: { accepted: number; rejected: number; waiting: number; undecided: number }
  /** The most labels first. */
  labelers: LabelerRow[]
  /** Base units. `short`: how much more it takes until every label is paid for. */
  money: { paid: bigint; reserved: bigint; left: bigint; toFinish: bigint; short: bigint }
  /**
   * By the last day; null where no label was accepted in it. `doneAt` in milliseconds; null once all are there, and where it is so far off
   * that no calendar has it.
   */
  forecast: { perHour: number; doneAt: number | null } | null
}

const HOUR = 3_600_000
const WINDOW = 24 * HOUR
/** What is missing is what oracles say, and they may say anything. */
const LAST = Date.parse('9999-12-31T00:00:00Z')

/** @param of how many labels there are to be: items times labelers of each */
export function runningOf(
  challenge: Pick<Challenge, 'payout' | 'left' | 'reserved' | 'paid'>,
  submissions: readonly Submission[],
  { needed, now }: { needed: number; now: number },
): Running {
  const rate = challenge.payout.rule === 'per_unit' ? BigInt(challenge.payout.rate) : 0n
  const rows = new Map<string, LabelerRow>()
  const batches = { accepted: 0, rejected: 0, waiting: 0, undecided: 0 }
  const labels = { accepted: 0, waiting: 0, needed }
  const recent: { at: number; units: number }[] = []
  for (const one of submissions) {
    const row = rows.get(one.solver) ?? {
      address: one.solver,
      accepted: 0,
      rejected: 0,
      waiting: 0,
      labels: 0,
      paid: 0n,
    }
    rows.set(one.solver, row)
    const units = one.acceptedUnits ?? one.units
    if (one.status === 'scored') {
      row.accepted++
      row.labels += units
      row.paid += rate * BigInt(units)
      batches.accepted++
      labels.accepted += units
      if (one.verdictAt) recent.push({ at: Date.parse(one.verdictAt), units })
    } else if (one.status === 'rejected') {
      row.rejected++
      batches.rejected++
    } else if (one.status === 'pending') {
      row.waiting++
      batches.waiting++
      labels.waiting += one.units
    } else batches.undecided++
  }
  const open = Math.max(0, needed - labels.accepted)
  const toFinish = rate * BigInt(open)
  // Where the index does not know what is left, no shortage is claimed.
  const known = challenge.left !== null
  const [left, reserved, paid] = [challenge.left, challenge.reserved, challenge.paid].map((units) =>
    BigInt(units ?? '0'),
  ) as [bigint, bigint, bigint]
  const available = left + reserved
  return {
    ...{ labels, batches },
    labelers: [...rows.values()].toSorted((a, b) => b.labels - a.labels || b.accepted - a.accepted),
    money: {
      ...{ paid, reserved, left, toFinish },
      short: known && toFinish > available ? toFinish - available : 0n,
    },
    forecast: forecastOf(recent, open, now),
  }
}

/** @param known until when accepted labels are known, milliseconds: by epochs that is not now */
export function forecastOf(
  recent: readonly { at: number; units: number }[],
  open: number,
  now: number,
  known: number = now,
): Running['forecast'] {
  const last = recent.filter(({ at }) => at > now - WINDOW && at <= now)
  const units = last.reduce((sum, one) => sum + one.units, 0)
  if (units === 0) return null
  const first = last.reduce((least, { at }) => Math.min(least, at), now)
  // From the first of them on: a task that began an hour ago is not spread over a day.
  const hours = Math.max((Math.max(known, first) - first) / HOUR, 1 / 60)
  const perHour = units / hours
  const doneAt = now + (open / perHour) * HOUR
  return { perHour, doneAt: open === 0 || doneAt > LAST ? null : doneAt }
}
