/** Appeals of labelers and the decisions of the reviewer: each counts by its signature, and is told to the other oracles. */
import { isDigestSigned } from '@stellartrain/contracts-client'
import { type Appeal, appealDigest, type Review, reviewDigest } from '@stellartrain/ipfs-content/work'
import { HttpError } from '@stellartrain/service'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Peers } from '../ciphertexts/peers.ts'
import { tellPeer } from './ask.ts'
import type { OpenWork } from './open-work.ts'
import type { WorkAt } from './openings.ts'
import { listedNow, reasonNow, standingOf } from './standing.ts'
import { nameOf } from './store.ts'
import { whyRejected } from './why.ts'

/** What its reviewer has to decide, the number of its next list of decisions, and how appeals ended so far. */
export type OpenAppeals = {
  reviewer: string
  next: number
  /** The reviewer's last list, whose signature proves `next`. */
  last: Review | null
  appeals: (Appeal & { reason: number; rejected: string })[]
  /** Accepted after all, by a decision or because a known item was withdrawn. */
  won: number
  lost: number
}

export type AppealsDeps = Readonly<{
  peers: Pick<Peers, 'of'>
  /** Which items are known, for a reviewer who withdraws one. */
  known(inputs: GradingInputs): Promise<{ known: readonly string[] }>
  signal: AbortSignal
}>

export type Appeals = {
  /** @throws HttpError */
  appeal(at: WorkAt, appeal: Appeal): Promise<void>
  /** @throws HttpError */
  review(at: WorkAt, review: Review): Promise<void>
}

export function createAppeals({ peers, known, signal }: AppealsDeps): Appeals {
  return {
    async appeal({ challenge, of }, appeal) {
      const [held] = of.store.named(appeal)
      const listed = listedNow(of).batches.get(nameOf(appeal))
      // Before its epoch no one learns how a batch is judged, by no question.
      if (held === undefined || !listed || listed.reason === 0 || standingOf(of, held) === 'accepted')
        throw new HttpError(409, 'nothing_to_appeal', 'There is no rejected batch of this labeler under this number.')
      if (!(await noteAppeal(of, appeal))) throw notTheirs()
      const body = { challenge: challenge.id, appeal }
      for (const url of await peers.of(challenge)) void tellPeer(url, 'appeals', body, signal)
    },
    async review({ challenge, of }, review) {
      const items = new Set(of.inputs.labeling ? (await known(of.inputs)).known : [])
      const strange = review.withdrawn.find((one) => !items.has(one))
      if (strange !== undefined)
        throw new HttpError(422, 'not_known', 'A known item can be withdrawn; one of these is none.')
      const had = of.store.reviews.length
      if (!(await noteReview(of, review))) throw notTheirs()
      if (of.store.reviews.length === had) return
      const body = { challenge: challenge.id, review }
      for (const url of await peers.of(challenge)) void tellPeer(url, 'reviews', body, signal)
    },
  }
}

const notTheirs = () =>
  new HttpError(422, 'not_signed', 'It is not signed by whose it is, or does not follow the one before.')

/** False where it is not signed by the reviewer, or one before it is missing. */
export async function noteReview({ store, terms }: OpenWork, review: Review): Promise<boolean> {
  const { signature, ...said } = review
  const { place, networkPassphrase, reviewer } = terms
  if (review.number !== store.reviews.length + 1) return review.number <= store.reviews.length
  if (!isDigestSigned(reviewer, networkPassphrase, reviewDigest(place, said), signature)) return false
  await store.review(review)
  return true
}

/** False where it is not signed by its labeler. */
export async function noteAppeal({ store, terms }: OpenWork, appeal: Appeal): Promise<boolean> {
  const { signature, ...said } = appeal
  const { place, networkPassphrase } = terms
  if (store.appeals.has(nameOf(appeal))) return true
  if (!isDigestSigned(appeal.labeler, networkPassphrase, appealDigest(place, said), signature)) return false
  await store.appeal(appeal)
  return true
}

export function openAppeals(of: OpenWork): OpenAppeals {
  const { reviews, appeals, named } = of.store
  const granted = new Set(reviews.flatMap(({ accepted }) => accepted.map(nameOf)))
  const upheld = new Set(reviews.flatMap((review) => review.upheld.map(nameOf)))
  const open: OpenAppeals['appeals'] = []
  let won = 0
  let lost = 0
  for (const [name, appeal] of appeals) {
    const held = named(appeal).at(-1)
    const reason = held === undefined ? 0 : reasonNow(of, held)
    if (granted.has(name) || (held && reason === 0)) won++
    else if (upheld.has(name)) lost++
    else open.push({ ...appeal, reason, rejected: whyRejected(reason) })
  }
  const { reviewer } = of.terms
  return { reviewer, next: reviews.length + 1, last: reviews.at(-1) ?? null, appeals: open, won, lost }
}
