/** Appeals against rejected batches where earnings are paid: a labeler's own, and what the reviewer whom the manifest names decides of them. */
import { asSigner, type SignerLike, signDigest, toHex } from '@stellartrain/contracts-client'
import { quorum } from '@stellartrain/contracts-client/rules'
import { networkId } from '@stellartrain/ipfs-content/network'
import { type Appeal, appealDigest, type Review, reviewDigest } from '@stellartrain/ipfs-content/work'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { mergedAppeals } from './told-appeals.ts'
import { askOracles, give, type WorkContext, workContext } from './work-oracles.ts'

/** `rejected`: why its batch was, for people. */
export type OpenAppeal = Appeal & { reason: number; rejected: string }

export type Appeals = {
  /** Who decides. */
  reviewer: string
  /** Number of the reviewer's next list of decisions. */
  next: number
  /** The reviewer's last list, whose signature proves `next`. */
  last: Review | null
  appeals: OpenAppeal[]
  /** Batches that were accepted after an appeal, and those that stayed rejected. */
  won: number
  lost: number
}

/**
 * Appeals against the rejection of an own batch: the reviewer that the manifest names decides, and a later epoch pays.
 * @throws UserError `bad_input` with what the oracles say, `not_handed_out`
 */
export async function appealBatch(
  client: StellarTrain,
  {
    challenge,
    attempt,
    why,
    signer: signerLike,
  }: { challenge: number; attempt: number; why: string; signer: SignerLike },
  { signal }: AbortOptions = {},
): Promise<void> {
  const context = await workContext(client, challenge, { signal })
  const signer = asSigner(signerLike)
  const place = await placeOf(client, challenge)
  const said = { labeler: signer.address, attempt, why }
  const signature = await signDigest(signer, client.config.passphrase, appealDigest(place, said), { signal })
  await give(client, context, 'appeals', JSON.stringify({ challenge, appeal: { ...said, signature } }), { signal })
}

/**
 * What is left to decide, and how appeals ended so far. Anyone may ask.
 * @throws UserError `rule_not_supported`, `no_lease` (retryable) where no oracle answers
 */
export async function readAppeals(
  client: StellarTrain,
  challenge: number,
  options: AbortOptions = {},
): Promise<Appeals> {
  return appealsOf(client, await workContext(client, challenge, options), options)
}

async function appealsOf(client: StellarTrain, context: WorkContext, options: AbortOptions): Promise<Appeals> {
  const told = await askOracles<unknown>(client, context, 'appeals', options)
  const reviewer = context.manifest.labeling?.reviewer ?? context.challenge.maker
  const { passphrase } = client.config
  const found = mergedAppeals(told, { reviewer, passphrase, place: await placeOf(client, context.id) })
  if (found) return { reviewer, ...found }
  throw new UserError(
    'no_lease',
    'No oracle that answered could prove, by the reviewer’s signature, what was decided.',
    {
      retryable: true,
    },
  )
}

export type Decisions = {
  /** Batches that are accepted after all: a later epoch pays them. */
  accepted?: readonly BatchName[] | undefined
  /** Batches that stay rejected. */
  upheld?: readonly BatchName[] | undefined
  /** Ids of known items that turned out wrong: every batch that was rejected because of one is judged without it. */
  withdrawn?: readonly string[] | undefined
  note?: string | undefined
}
type BatchName = { labeler: string; attempt: number }

export type Decided = {
  /** Of the reviewer's list. */
  number: number
  /** Oracles that have it, a majority, of how many. */
  took: string[]
  oracles: number
}

/**
 * Signs the reviewer's next list of decisions, and gives it to the oracles: it is decided once a majority has it, for an epoch takes as
 * many. What was decided stays. Repeating a call that failed gives the oracles the list that was signed then.
 * @throws UserError `not_yours` for anyone but the reviewer, `bad_input` with what the oracles say, `not_handed_out` (retryable) with those
 *   that did not take it
 */
export async function decideAppeals(
  client: StellarTrain,
  challenge: number,
  { accepted = [], upheld = [], withdrawn = [], note }: Decisions,
  signerLike: SignerLike,
  options: AbortOptions = {},
): Promise<Decided> {
  const context = await workContext(client, challenge, options)
  const signer = asSigner(signerLike)
  const { reviewer, next, last } = await appealsOf(client, context, options)
  if (signer.address !== reviewer)
    throw new UserError('not_yours', `Appeals in challenge ${challenge} are decided by ${reviewer}.`)
  const named = (names: readonly BatchName[]) => names.map(({ labeler, attempt }) => ({ labeler, attempt }))
  const decisions = {
    ...{ accepted: named(accepted), upheld: named(upheld), withdrawn: [...withdrawn] },
    ...(note && { note }),
  }
  const place = await placeOf(client, challenge)
  const digestOf = (number: number) => reviewDigest(place, { number, ...decisions })
  const again = last !== null && toHex(digestOf(last.number)) === toHex(reviewDigest(place, last))
  const review: Review = again
    ? last
    : {
        ...{ number: next, ...decisions },
        signature: await signDigest(signer, client.config.passphrase, digestOf(next), options),
      }
  const bodyOf = (one: Review) => JSON.stringify({ challenge, review: one })
  const { oracles } = context.challenge.terms
  const took = await give(client, context, 'reviews', bodyOf(review), {
    ...{ signal: options.signal, least: quorum({ oracles }) },
    ...(last && !again && { before: bodyOf(last) }),
  })
  return { number: review.number, took, oracles: oracles.length }
}

async function placeOf(client: StellarTrain, challenge: number) {
  return { network: await networkId(client.config.passphrase), contract: client.config.contract, challenge }
}
