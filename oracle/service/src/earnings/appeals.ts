/** Appeals of labelers and the decisions of the reviewer: each counts by its signature, and is told to the other oracles. */
import { isDigestSigned, toHex } from '@stellartrain/contracts-client'
import { type Appeal, appealDigest, type Review, reviewDigest, WORK_MAX_REVIEWS } from '@stellartrain/ipfs-content/work'
import { HttpError } from '@stellartrain/service'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Peers } from '../ciphertexts/peers.ts'
import { tellPeer } from './ask.ts'
import type { OpenWork } from './open-work.ts'
import type { WorkAt } from './openings.ts'
import { entryBytes, KIND_MAX_BYTES } from './room.ts'
import { isTold, listedNow, reasonNow } from './standing.ts'
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
    async appeal({ challenge, of, now }, appeal) {
      const [held] = of.store.named(appeal)
      const listed = listedNow(of).batches.get(nameOf(appeal))
      // Before its epoch no one learns how a batch is judged, by no question.
      if (held === undefined || !isTold(of, held, now) || listed?.reason === 0 || reasonNow(of, held) === 0)
        throw new HttpError(409, 'nothing_to_appeal', 'There is no rejected batch of this labeler under this number.')
      const noted = await noteAppeal(of, appeal)
      if (noted === 'not_signed') throw notTheirs()
      if (noted === 'appealed') throw appealed(appeal.attempt)
      if (noted === 'known') return
      const body = { challenge: challenge.id, appeal }
      for (const url of await peers.of(challenge)) void tellPeer(url, 'appeals', body, signal)
    },
    async review({ challenge, of }, review) {
      // First: what is said about items below would tell a stranger which are known, one question an item.
      if (!isReviewed(of, review)) throw refusalOf('not_signed', review.number)
      refuseTooMuch(of, review)
      const items = new Set(of.inputs.labeling ? (await known(of.inputs)).known : [])
      const strange = review.withdrawn.find((one) => !items.has(one))
      if (strange !== undefined)
        throw new HttpError(422, 'not_known', 'A known item can be withdrawn; one of these is none.')
      const noted = await noteReview(of, review)
      if (noted === 'known') return
      if (noted !== 'taken') throw refusalOf(noted, review.number)
      const body = { challenge: challenge.id, review }
      for (const url of await peers.of(challenge)) void tellPeer(url, 'reviews', body, signal)
    },
  }
}

/** What no list of an epoch could take, or not for long. @throws HttpError */
function refuseTooMuch({ store }: OpenWork, review: Review): void {
  if (entryBytes(review) > KIND_MAX_BYTES)
    throw new HttpError(
      422,
      'too_large',
      `A list of decisions has at most ${KIND_MAX_BYTES} bytes: decide in several lists.`,
    )
  const listed = store.epochs.reduce((sum, { reviews }) => sum + reviews.length, 0)
  if (review.number > listed + WORK_MAX_REVIEWS)
    throw new HttpError(
      409,
      'too_many_decisions',
      `${WORK_MAX_REVIEWS} lists of decisions wait for their epoch: send more once it is posted.`,
      { headers: { 'retry-after': '60' } },
    )
}

const notTheirs = () => new HttpError(422, 'not_signed', 'It is not signed by the labeler whose batch it names.')

const appealed = (attempt: number) =>
  new HttpError(
    409,
    'already_appealed',
    `The appeal against batch ${attempt} is here with other words, which the reviewer reads; a batch is appealed for once.`,
  )

function refusalOf(noted: 'not_signed' | 'number_taken' | 'number_ahead', number: number): HttpError {
  switch (noted) {
    case 'not_signed':
      return new HttpError(422, 'not_signed', 'It is not signed by the reviewer whom the manifest names.')
    case 'number_taken':
      return new HttpError(
        409,
        'number_taken',
        `The reviewer’s list of decisions ${number} is another one here, and stays. Read the appeals again, and sign what is left to decide under the number that follows.`,
      )
    case 'number_ahead':
      return new HttpError(
        409,
        'number_ahead',
        `This oracle lacks decisions of the reviewer before list ${number}. Send it those first, in their order.`,
      )
  }
}

/** Whether the reviewer whom the manifest names signed it. */
function isReviewed({ terms }: OpenWork, { signature, ...said }: Review): boolean {
  const { place, networkPassphrase, reviewer } = terms
  return isDigestSigned(reviewer, networkPassphrase, reviewDigest(place, said), signature)
}

/** `known`: it was here before. `number_taken`: the reviewer signed other decisions under this number. `number_ahead`: one before it is missing. */
export type NotedReview = 'taken' | 'known' | 'not_signed' | 'number_taken' | 'number_ahead'

export async function noteReview(of: OpenWork, review: Review): Promise<NotedReview> {
  if (!isReviewed(of, review)) return 'not_signed'
  const { signature, ...said } = review
  const { place } = of.terms
  const digest = reviewDigest(place, said)
  const { store } = of
  const { reviews } = store
  if (review.number > reviews.length + 1) return 'number_ahead'
  const isNew = review.number === reviews.length + 1
  if (isNew) await store.review(review)
  // Two can come at once: the first one written is the one.
  const { signature: _, ...held } = reviews[review.number - 1]!
  if (toHex(reviewDigest(place, held)) !== toHex(digest)) return 'number_taken'
  return isNew ? 'taken' : 'known'
}

/** `known`: it was here before. `appealed`: its labeler signed another one against this batch, which stays. */
export type NotedAppeal = 'taken' | 'known' | 'not_signed' | 'appealed'

export async function noteAppeal({ store, terms }: OpenWork, appeal: Appeal): Promise<NotedAppeal> {
  const { signature, ...said } = appeal
  const { place, networkPassphrase } = terms
  const digest = appealDigest(place, said)
  if (!isDigestSigned(appeal.labeler, networkPassphrase, digest, signature)) return 'not_signed'
  const name = nameOf(appeal)
  const isNew = !store.appeals.has(name)
  if (isNew) await store.appeal(appeal)
  // Two can come at once: the first one written is the one.
  const { signature: _, ...held } = store.appeals.get(name)!
  if (toHex(appealDigest(place, held)) !== toHex(digest)) return 'appealed'
  return isNew ? 'taken' : 'known'
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
