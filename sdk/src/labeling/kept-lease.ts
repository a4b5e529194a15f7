/** The lease that is kept between runs, and what is known of it without asking anyone. */
import type { Terms } from '@stellartrain/contracts-client/rules'
import { checkLease, type Lease } from '@stellartrain/ipfs-content/lease'
import type { DraftKey, DraftStore } from '../drafts/drafts.ts'
import type { StellarTrain } from '../system/client.ts'
import { isoTime } from '../system/iso-time.ts'
import { UserError } from '../system/problems.ts'

/** Less than this before its end, ledger time in seconds, a batch is not submitted: it might come too late. */
export const LEASE_MARGIN_SECONDS = 60

/** Whether batches of this challenge need a lease. */
export const needsLease = ({ labeling }: { labeling?: { overlap?: number | undefined } | undefined }): boolean =>
  labeling?.overlap !== undefined

/** Whether there is time to submit. `now`: unix seconds. */
export const isLasting = ({ expires }: Pick<Lease, 'expires'>, now: number): boolean =>
  expires - now >= LEASE_MARGIN_SECONDS

/** A lease that was kept for an attempt of before, or by another process; unchecked. */
export async function keptLease(drafts: DraftStore | undefined, key: DraftKey): Promise<Lease | undefined> {
  const bytes = await drafts?.leases?.read(key)
  if (!bytes) return undefined
  try {
    return checkLease(JSON.parse(new TextDecoder().decode(bytes)))
  } catch {
    return undefined
  }
}

export const keyOf = (
  { config }: StellarTrain,
  of: { challenge: number; solver: string; attempt: number },
): DraftKey => ({ network: config.passphrase, contract: config.contract, ...of })

/** Until when items of a lease can be submitted, unix seconds: the challenge's deadline may come before the lease ends. */
export const submittableUntil = ({ expires }: Pick<Lease, 'expires'>, { deadline }: Pick<Terms, 'deadline'>): number =>
  Math.min(expires, deadline)

/** For who is still labeling. `expires`: of the lease that was kept, unix seconds. */
export function leaseEnded(expires: number | undefined): UserError {
  const when =
    expires === undefined
      ? 'The lease of these items is not kept here'
      : `The lease of these items ended at ${isoTime(expires)}`
  return new UserError('lease_expired', `${when}: they can no longer be submitted. Nothing was spent. Get new items.`)
}
