/** The lease of a labeler's next batch, for whoever labels, submits or only checks; the same on a second device. */
import { asSigner, type SignerLike } from '@stellartrain/contracts-client'
import { sleep } from '@stellartrain/contracts-client/wait'
import type { Lease } from '@stellartrain/ipfs-content/lease'
import type { DraftStore } from '../drafts/drafts.ts'
import type { StellarTrain } from '../system/client.ts'
import { isoTime } from '../system/iso-time.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { createCollector, type LeaseContext } from './collect-lease.ts'
import { isLasting, keptLease, keyOf, leaseEnded } from './kept-lease.ts'

export { isLasting, LEASE_MARGIN_SECONDS, needsLease } from './kept-lease.ts'

/** How often, and how far apart, a renewal is asked for. */
const RENEWALS = 6
const RENEWAL_PAUSE_MS = 1_000

export type LeaseOptions = AbortOptions & {
  signer: SignerLike
  /** Where it is kept; taken from there as long as it lasts. */
  drafts?: DraftStore | undefined
  /** Called before the wallet is asked to sign in at an oracle. */
  onSigning?: (() => void) | undefined
}

/**
 * The lease for an attempt: the one that is kept here, the one that another device took, or a new one.
 * @param renew whether it should last longer than it does
 * @throws UserError `no_lease` (mostly retryable) with what each oracle said, `no_attempts_left` where nothing is left for this labeler;
 * what the wallet throws
 */
export async function takeLease(
  client: StellarTrain,
  context: LeaseContext,
  attempt: number,
  { signer, drafts, signal, onSigning }: LeaseOptions,
  renew = false,
): Promise<Lease> {
  const labeler = asSigner(signer).address
  const collector = await createCollector(client, context, { labeler, attempt, signer, signal, onSigning })
  const key = keyOf(client, { challenge: context.id, solver: labeler, attempt })
  const kept = await keptLease(drafts, key)
  const usable = kept && kept.expires > context.clock.closedAt && collector.holds(kept)
  if (kept && usable && !renew) return kept
  const lease = await collector.collect(renew)
  await drafts?.leases?.keep(key, new TextEncoder().encode(JSON.stringify(lease)))
  return lease
}

/**
 * The lease that a batch is submitted with: it lasts long enough, or is renewed. Nothing is spent where it does not.
 * @throws UserError `lease_expired`; else as `takeLease`
 */
export async function leaseToSubmit(
  client: StellarTrain,
  context: LeaseContext,
  attempt: number,
  options: LeaseOptions,
): Promise<Lease> {
  const { closedAt } = context.clock
  const key = keyOf(client, { challenge: context.id, solver: asSigner(options.signer).address, attempt })
  const before = await keptLease(options.drafts, key)
  if (before && before.expires <= closedAt) throw expired(before)
  const lease = await takeLease(client, context, attempt, options)
  if (isLasting(lease, closedAt)) return lease
  // An oracle that is a ledger behind does not see yet that the end is near: it gives the same lease again, or signs no longer one.
  for (let tries = 1; ; tries++) {
    const longer = await takeLease(client, context, attempt, options, true).catch((error: unknown) => {
      if (!(error instanceof UserError)) throw error
      if (tries === RENEWALS || error.code !== 'no_lease') throw expired(lease, error)
    })
    if (longer && isLasting(longer, closedAt)) return longer
    if (tries === RENEWALS) throw expired(longer ?? lease)
    await sleep(RENEWAL_PAUSE_MS, options.signal)
  }
}

/**
 * The lease that a batch is checked with before it is submitted: the one that is kept here. None is asked for, since a lease that ends
 * unused makes its labeler wait for the next.
 * @throws UserError `no_lease` where none is kept, `lease_expired` where it has ended
 */
export async function leaseToCheck(
  client: StellarTrain,
  { id: challenge, clock }: Pick<LeaseContext, 'id' | 'clock'>,
  { solver, attempt, drafts }: { solver: string; attempt: number; drafts?: DraftStore | undefined },
): Promise<Lease> {
  const kept = await keptLease(drafts, keyOf(client, { challenge, solver, attempt }))
  if (!kept)
    throw new UserError(
      'no_lease',
      `No lease of attempt ${attempt} is kept here, so its items are not known. Get them first: npx stellartrain tasks ${challenge}`,
    )
  if (kept.expires <= clock.closedAt) throw leaseEnded(kept.expires)
  return kept
}

function expired({ expires }: Pick<Lease, 'expires'>, cause?: UserError): UserError {
  const why = cause === undefined ? '' : ` ${cause.message}`
  return new UserError(
    'lease_expired',
    `The lease of this batch ends at ${isoTime(expires)}, which is too soon to submit it, and no majority of the oracles renews it. Nothing was spent.${why} Get new items with \`tasks\`.`,
  )
}
