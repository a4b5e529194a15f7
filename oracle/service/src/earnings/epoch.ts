/**
 * An epoch of earnings: the list of work that its proposer makes, and what every oracle of the challenge makes of it for itself. Nothing
 * in a list is believed: batches are signed by their labelers, decisions by the reviewer, and each oracle judges what it opened itself.
 */
import { type Branch, earningsTree, isDigestSigned } from '@stellartrain/contracts-client'
import { EARNINGS_MAX_LEAVES, encodeEarnings } from '@stellartrain/ipfs-content/earnings'
import type { ChallengePlace } from '@stellartrain/ipfs-content/network'
import {
  appealDigest,
  encodeWork,
  type JudgedBatch,
  reviewDigest,
  WORK_MAX_APPEALS,
  WORK_MAX_BATCHES,
  WORK_MAX_REVIEWS,
  type WorkList,
} from '@stellartrain/ipfs-content/work'
import { type Earned, earnedBy, isAccepted, type PayTerms, type WorkedBatch } from '@stellartrain/oracle-grade'
import type { Work } from '../grading/jobs.ts'
import { CLOCK_SLACK_SECONDS } from '../tasks/pool.ts'
import { fitting, KIND_MAX_BYTES, roomForBatches } from './room.ts'
import { type Held, nameOf, type WorkStore } from './store.ts'

/** What is posted of an epoch. */
export type EpochPosting = Readonly<{
  epoch: number
  left: Branch
  right: Branch
  root: Uint8Array
  total: bigint
  /** CID. */
  report: string
}>

export type Candidate = Readonly<{
  list: WorkList
  root: Uint8Array
  left: Branch
  right: Branch
  total: bigint
  report: Uint8Array<ArrayBuffer>
  work: Uint8Array<ArrayBuffer>
  earned: Earned
}>

export type EpochTerms = PayTerms & Readonly<{ place: ChallengePlace; networkPassphrase: string; reviewer: string }>

/** As of reasons for batches: what the contract's verdicts have too. */
export const BELOW_ACCURACY = 91
export const LEASE_EXPIRED = 94

const head = ({ place }: EpochTerms) => {
  const { network, contract, challenge } = place
  return { network, contract, challenge }
}

/** Known items that are none any more, by all decisions so far. */
export const withdrawnIn = (lists: readonly Pick<WorkList, 'reviews'>[]): ReadonlySet<string> =>
  new Set(lists.flatMap(({ reviews }) => reviews.flatMap(({ withdrawn }) => withdrawn)))

/** Why a batch that came at `time` is rejected; 0 where it is accepted. */
export function reasonOf(work: Work, time: number, minAccuracy: number, withdrawn: ReadonlySet<string>): number {
  if (work.reason !== 0) return work.reason
  if (time > work.expires) return LEASE_EXPIRED
  return isAccepted(work, minAccuracy, withdrawn) ? 0 : BELOW_ACCURACY
}

/** What this oracle would pay for next. Undefined where nothing is new. */
export function propose(store: WorkStore, terms: EpochTerms, paidIn: bigint): WorkList | undefined {
  const { epochs } = store
  const listed = new Set(epochs.flatMap(({ batches }) => batches.map(nameOf)))
  const before = epochs.reduce((sum, one) => sum + one.reviews.length, 0)
  const { taken: reviews, bytes: decided } = fitting(store.reviews.slice(before), KIND_MAX_BYTES, WORK_MAX_REVIEWS)
  const withdrawn = withdrawnIn([...epochs, { reviews }])
  const named = new Set(epochs.flatMap(({ appeals }) => appeals.map(nameOf)))
  const unlisted = [...store.appeals.values()].filter((one) => !named.has(nameOf(one)))
  const { taken: appeals, bytes: appealed } = fitting(unlisted, KIND_MAX_BYTES, WORK_MAX_APPEALS)
  const fresh = new Map<string, Held>()
  for (const held of [...store.batches.values()].toSorted(inOrder)) {
    const name = nameOf(held.batch)
    if (!listed.has(name) && !fresh.has(name)) fresh.set(name, held)
  }
  const judged = [...fresh.values()].map(
    ({ batch, time, work }): JudgedBatch => ({
      ...batch,
      time,
      reason: reasonOf(work, time, terms.minAccuracy, withdrawn),
    }),
  )
  const { taken: batches } = fitting(judged, roomForBatches(decided + appealed), WORK_MAX_BATCHES)
  if (batches.length + reviews.length + appeals.length === 0) return undefined
  const epoch = epochs.length + 1
  const format = { format: 'stellartrain/earnings-work', version: 1 } as const
  return { ...format, ...head(terms), epoch, paidIn: String(paidIn), batches, appeals, reviews }
}

const inOrder = (a: Held, b: Held) => a.time - b.time || (a.batch.sha256 < b.batch.sha256 ? -1 : 1)

/**
 * Holds another oracle's list against what is known here. Undefined where it is right; else why not, for the log.
 * @param heldOf a batch of the list, which this oracle has, or fetched and judged itself
 * @param isPosted whether the list has its quorum: then it is the epoch, whatever this oracle had in time
 */
export function refuseList(
  list: WorkList,
  store: Pick<WorkStore, 'epochs' | 'reviews'>,
  terms: EpochTerms,
  {
    paidIn,
    now,
    heldOf,
    isPosted = false,
  }: { paidIn: bigint; now: number; heldOf(sha256: string): Held | undefined; isPosted?: boolean },
): string | undefined {
  const { place, networkPassphrase, reviewer, minAccuracy } = terms
  const { epochs } = store
  const same = list.network === place.network && list.contract === place.contract && list.challenge === place.challenge
  if (!same || list.epoch !== epochs.length + 1) return 'it is of another epoch.'
  if (BigInt(list.paidIn) > paidIn) return 'it says that more was paid in than there is.'
  const listed = new Set(epochs.flatMap(({ batches }) => batches.map(nameOf)))
  const before = epochs.reduce((sum, one) => sum + one.reviews.length, 0)
  for (const [at, review] of list.reviews.entries()) {
    const { signature, ...said } = review
    if (review.number !== before + at + 1) return 'its decisions do not follow each other.'
    if (!isDigestSigned(reviewer, networkPassphrase, reviewDigest(place, said), signature))
      return 'a decision is not signed by the reviewer.'
  }
  for (const { signature, ...said } of list.appeals)
    if (!isDigestSigned(said.labeler, networkPassphrase, appealDigest(place, said), signature))
      return 'an appeal is not signed by its labeler.'
  const withdrawn = withdrawnIn([...epochs, list])
  for (const { time, reason, ...batch } of list.batches) {
    if (listed.has(nameOf(batch))) return `it names ${nameOf(batch)} again.`
    const held = heldOf(batch.sha256)
    if (held === undefined) return `the batch ${nameOf(batch)} cannot be fetched.`
    if (JSON.stringify(held.batch) !== JSON.stringify(batch)) return `the batch ${nameOf(batch)} is another one.`
    if (time > now) return `the batch ${nameOf(batch)} is of the future.`
    // By more than clocks differ, and as long as whoever had it hands it on: else one oracle's word would end any batch.
    if (reason === LEASE_EXPIRED && !isPosted && held.time + CLOCK_SLACK_SECONDS <= held.work.expires)
      return `the batch ${nameOf(batch)} was here in time.`
    if (reasonOf(held.work, time, minAccuracy, withdrawn) !== reason)
      return `the batch ${nameOf(batch)} is judged otherwise here.`
  }
  return undefined
}

/** What a list comes to. Undefined where nobody has earned anything yet. */
export async function candidateOf(
  list: WorkList,
  store: Pick<WorkStore, 'epochs'>,
  terms: EpochTerms,
  workOf: (sha256: string) => Work | undefined,
  cidOf: (bytes: Uint8Array<ArrayBuffer>) => Promise<string>,
): Promise<Candidate | undefined> {
  const earned = earnings([...store.epochs, list], terms, workOf)
  if (earned.amounts.size === 0) return undefined
  const leaves = [...earned.amounts]
    .map(([labeler, cumulative]) => ({ labeler, cumulative }))
    .toSorted((a, b) => (a.labeler < b.labeler ? -1 : 1))
  const { contract, challenge } = terms.place
  const { epoch } = list
  const { root, left, right, total } = await earningsTree({ contract, challenge, epoch }, leaves)
  const work = encodeWork(list)
  const report = encodeEarnings({
    ...{ format: 'stellartrain/earnings-report', version: 1, ...head(terms), epoch, total: String(total) },
    work: await cidOf(work),
    leaves: leaves.map(({ labeler, cumulative }) => ({ labeler, cumulative: String(cumulative) })),
  })
  return { list, root, left, right, total, report, work, earned }
}

/** What everyone has earned by these lists. @throws RangeError for a list that names what is not here */
export function earnings(
  lists: readonly WorkList[],
  terms: PayTerms,
  workOf: (sha256: string) => Work | undefined,
): Earned {
  const epochs = lists.map(({ batches, reviews, paidIn }) => ({
    most: BigInt(paidIn),
    batches: batches.map((batch) => workedOf(batch, workOf(batch.sha256))),
    accepted: reviews.flatMap(({ accepted }) => accepted.map(nameOf)),
    withdrawn: reviews.flatMap(({ withdrawn }) => withdrawn),
  }))
  return earnedBy(epochs, { ...terms, maxLabelers: EARNINGS_MAX_LEAVES })
}

/** What known items can change is decided anew by each epoch; anything else is as it was listed. */
function workedOf({ labeler, attempt, reason }: JudgedBatch, work: Work | undefined): WorkedBatch {
  if (work === undefined) throw new RangeError(`The batch ${labeler}/${attempt} is not here.`)
  const { layer, ids, answers, known } = work
  return { labeler, attempt, layer, ids, answers, known, reason: reason === BELOW_ACCURACY ? 0 : reason }
}
