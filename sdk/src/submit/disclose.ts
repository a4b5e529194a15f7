/**
 * A solver shows its work to someone who has no oracle's key, most often the judge: the content with the nonce of its commitment. Who
 * gets it holds it against the commitment in the ledger, which was there before anyone could see the file.
 */
import { cidToString, toHex, view, views } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { SealedLease } from '@stellartrain/ipfs-content/lease'
import { networkId } from '@stellartrain/ipfs-content/network'
import { checkSubmissionCommitment, packSubmission, unpackSubmission } from '@stellartrain/ipfs-content/seal'
import { type ChallengeContext, readContext } from '../challenge/context.ts'
import { submissionFormHash } from '../challenge/forms.ts'
import type { SubmissionRef } from '../challenge/history.ts'
import type { DraftStore } from '../drafts/drafts.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'

/** What a solver hands over: the container of the submission in clear (docs/formats.md, 4). */
export type Disclosure = SubmissionRef & { number: number; bytes: Uint8Array<ArrayBuffer> }

/** A file that is what its solver committed to when it submitted. */
export type Disclosed = SubmissionRef & {
  number: number
  /** Of the sealed file. */
  cid: string
  /** Hex, both. */
  commitment: string
  nonce: string
  content: Uint8Array<ArrayBuffer>
  /** Declared, where units are paid. */
  units: number
  /** When it was in the ledger, unix seconds. */
  time: number
  /** Where batches need one; only a disclosure has it. */
  lease?: SealedLease
  context: ChallengeContext
}

/** A disclosure as it was handed over; or the content and the nonce apart, 64 hexadecimal digits. */
export type Shown = { disclosure: Uint8Array } | { content: Uint8Array; nonce: string }

/**
 * Puts the content and its nonce together from the drafts of the machine that submitted, and checks them before anyone else does.
 * @param input.content the file that was submitted, where the drafts kept no copy; any file with the same values will do
 * @throws UserError `not_found` where the drafts do not have it, `no_commitment`, `not_the_submission`; ContractError, ChainFailure
 */
export async function discloseSubmission(
  client: StellarTrain,
  ref: SubmissionRef,
  { drafts, content }: { drafts: DraftStore; content?: Uint8Array | undefined },
  options: AbortOptions = {},
): Promise<Disclosure> {
  const { challenge, solver, attempt } = ref
  const { passphrase: network, contract } = client.config
  const key = { network, contract, challenge, solver, attempt }
  const draft = await drafts.read(key)
  const nonce = draft?.nonce
  if (!nonce)
    throw new UserError(
      'not_found',
      `The nonce of attempt ${attempt} of ${solver} is not kept here: only the machine or the browser that submitted it has it.`,
    )
  const kept = content ?? (await drafts.originals?.read(key))
  if (!kept) throw new UserError('not_found', 'No copy of the file is kept here: name the file that was submitted.')
  const { number, context, ...shown } = await checkDisclosed(client, ref, { content: kept, nonce }, options)
  const place = { network: await networkId(network), contract, challenge, solver }
  const { contentMediaType } = await import('@stellartrain/oracle-grade')
  const mediaType = contentMediaType(shown.content, context.manifest.submission.formats)
  const clear = { content: shown.content, place, nonce: fromHexText(nonce), mediaType, lease: draft?.lease }
  const bytes = packSubmission(clear)
  return { challenge, solver, attempt, number, bytes }
}

/**
 * Whether what somebody shows is the submission: its content, bound to its solver and challenge, against the commitment on-chain.
 * @throws UserError `no_commitment`, `not_the_submission`; ContractError, ChainFailure, ContentError for the manifest
 */
export async function checkDisclosed(
  client: StellarTrain,
  { challenge, solver, attempt }: SubmissionRef,
  shown: Shown,
  { signal }: AbortOptions = {},
): Promise<Disclosed> {
  const [context, stored] = await Promise.all([
    readContext(client, challenge, { signal }),
    view(client.chain, views.submission({ challenge, solver, attempt }), { signal }),
  ])
  const { number, commitment } = stored
  const name = `submission ${challenge}/${number}`
  if (commitment.every((byte) => byte === 0))
    throw new UserError('no_commitment', `Nothing can show what was in ${name}: its solver committed to nothing.`)
  const place = { network: await networkId(client.config.passphrase), contract: client.config.contract }
  const expected = { ...place, challenge, solver }
  const wrong = (why: string, cause?: unknown) =>
    new UserError('not_the_submission', `This is not ${name}: ${why}`, { cause })
  const { maxBytes, formats } = context.manifest.submission
  const { payloadTypes } = await import('@stellartrain/oracle-grade')
  const { content, nonce, lease } = read(shown, { expected, maxBytes, ...payloadTypes(formats) }, wrong)
  const labeler = context.terms.payout.rule === 'per_unit' ? solver : undefined
  const formHash = await submissionFormHash(context.manifest, content, labeler)
  if (!formHash) throw wrong('the file does not fit the challenge, so no commitment was made of it.')
  await checkSubmissionCommitment(commitment, { ...expected, nonce, formHash }).catch((cause: unknown) => {
    if (!(cause instanceof ContentError)) throw cause
    throw wrong('its content or its nonce is not what the solver committed to in the ledger.', cause)
  })
  return {
    ...{ challenge, solver, attempt, number, content, context },
    ...{ cid: cidToString(stored.cid), commitment: toHex(commitment), nonce: toHex(nonce), units: stored.units },
    time: Number(stored.time),
    ...(lease && { lease }),
  }
}

function read(
  shown: Shown,
  options: Parameters<typeof unpackSubmission>[1],
  wrong: (why: string, cause?: unknown) => UserError,
): { content: Uint8Array<ArrayBuffer>; nonce: Uint8Array; lease?: SealedLease } {
  if ('content' in shown) return { content: new Uint8Array(shown.content), nonce: fromHexText(shown.nonce) }
  try {
    return unpackSubmission(new Uint8Array(shown.disclosure), options)
  } catch (cause) {
    if (!(cause instanceof ContentError)) throw cause
    const why = WHY[cause.code] ?? 'it is not a disclosure. A CSV needs its nonce beside it.'
    throw wrong(why, cause)
  }
}

const WHY: Readonly<Record<string, string>> = {
  other_network: 'it was made for another network.',
  other_contract: 'it was made for another contract.',
  other_challenge: 'it was made for another challenge.',
  other_solver: 'it was made by another solver.',
  bad_media_type: 'it holds another kind of file.',
  too_large: 'its content is larger than the challenge allows.',
}

const NONCE = /^[0-9a-f]{64}$/i

/** @throws UserError `bad_value` */
function fromHexText(nonce: string): Uint8Array {
  if (!NONCE.test(nonce)) throw new UserError('bad_value', 'A nonce has 64 hexadecimal digits.')
  return Uint8Array.from(nonce.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16))
}
