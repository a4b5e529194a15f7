/**
 * A submission up to its place in the challenge: check → seal → keep → submit → hand out. Nobody sees the file before its number
 * stands in the ledger. It can stop at any point and resume in another process: the draft says how far it came, the chain says what
 * was submitted.
 */

import {
  asSigner,
  ChainFailure,
  ContractError,
  cidFromString,
  fromHex,
  invoke,
  type Progress,
  type SignerLike,
  submit,
  toHex,
} from '@stellartrain/contracts-client'
import type { SealedLease } from '@stellartrain/ipfs-content/lease'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import { sealSubmissionFile } from '@stellartrain/ipfs-content/seal'
import type { Precheck } from '@stellartrain/oracle-grade'
import { type ChallengeContext, challengeKey, readContext } from '../challenge/context.ts'
import { submissionFormHash } from '../challenge/forms.ts'
import { type Draft, type DraftKey, type DraftStore, memoryDrafts } from '../drafts/drafts.ts'
import { checkBatchAnswers } from '../labeling/answers.ts'
import { unitTerms } from '../labeling/batch.ts'
import { batchAnswers } from '../labeling/filled-in.ts'
import { isLasting, needsLease } from '../labeling/kept-lease.ts'
import { leaseToSubmit } from '../labeling/lease.ts'
import type { StellarTrain } from '../system/client.ts'
import { sha256Hex } from '../system/digest.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { feePayer } from './fees.ts'
import { checkFile, checkStanding, expectedIds, publishedSample, refuseSubmission, type Standing } from './precheck.ts'
import { findEarlier, finish, forget, giveOut, record, type Submitted } from './resume.ts'

export { followDrafts, handOutAll, type Resumed, resumeDrafts, type Submitted } from './resume.ts'

export type SubmitProgress =
  | { step: 'checking' }
  /** The wallet is asked to sign in at an oracle, for a lease that is not kept here. */
  | { step: 'signing_in' }
  | { step: 'checked'; precheck: Precheck; standing: Standing; manifest: Manifest }
  | { step: 'sealing' }
  | { step: 'sealed'; bytes: number; cid: string }
  /** `number`: it is known to stand in the ledger under this one. */
  | { step: 'resumed'; from: Draft['stage']; number?: number | undefined }
  | { step: 'submitting'; progress: Progress }
  /** It stands in the ledger; what is left is to hand out the file. */
  | { step: 'submitted'; submitted: Submitted }
  | { step: 'handing_out' }
  /** `ipfs`, or an oracle's address: it has the file now, of `places` that it is offered to. */
  | { step: 'taken'; who: string; places: number }
  /** Somebody has it; these are given so many seconds more. */
  | { step: 'waiting'; who: string[]; seconds: number }
  /** Of the network, by an account that an oracle pays from. */
  | { step: 'fee_paid'; by: string }
  | { step: 'handed_out'; took: string[]; failed: { who: string; why: string }[] }

export type SubmitOptions = AbortOptions & {
  challenge: number
  /** The file, in a format that the challenge takes; of a batch of labels also one that `tasks` wrote and somebody filled in. */
  csv: Uint8Array
  signer: SignerLike
  /** For messages and drafts only. */
  fileName?: string
  /** Where the work so far is kept; in memory unless given, which survives no crash: a file that is lost after `submitted` is lost. */
  drafts?: DraftStore
  onProgress?: (progress: SubmitProgress) => void
}

/** A file that an oracle would reject; nothing was spent. */
export class CheckFailed extends UserError {
  readonly precheck: Precheck
  constructor(precheck: Precheck) {
    const first = precheck.problems[0]
    super('check_failed', `The file would be rejected: ${first?.message ?? 'it does not fit the challenge.'}`)
    this.precheck = precheck
  }
}

type Work = Required<Pick<SubmitOptions, 'onProgress' | 'drafts'>> & { signal: AbortSignal | undefined }

/**
 * Submits a file, at most once per attempt, and hands it out. Signs exactly `submit` and one transfer of the deposit and the fee
 * shown by `checked`; anything else that the token or the gate would have signed is refused.
 * @throws CheckFailed, UserError, ContractError, ChainFailure, ContentError, UnexpectedAuthorization. Calling again with the same
 * file resumes where it stopped.
 */
export async function submitFile(client: StellarTrain, options: SubmitOptions): Promise<Submitted> {
  const { signal, onProgress = () => {}, drafts = memoryDrafts() } = options
  const work: Work = { signal, onProgress, drafts }
  const given = new Uint8Array(options.csv)
  const signer = asSigner(options.signer)
  const solver = signer.address
  // Of the file as it was given, so that the same file finds what was begun with it.
  const payloadSha256 = await sha256Hex(given)
  const place = { network: client.config.passphrase, contract: client.config.contract }

  onProgress({ step: 'checking' })
  const context = await readContext(client, options.challenge, { signal })
  refuseSubmission(context.terms)
  const earlier = await findEarlier(client, context.id, { ...place, solver, payloadSha256 }, drafts, signal)
  if (earlier) {
    onProgress({ step: 'resumed', from: earlier.stage, number: earlier.number })
    const done = await finish(client, earlier, drafts, signal)
    if (done === 'taken') await forget(drafts, earlier)
    else if (done) return handOver(client, done, work)
  }

  const standing = await checkStanding(client, context, solver, { signal })
  const leasing = { signer, drafts, signal, onSigning: () => onProgress({ step: 'signing_in' }) }
  const lease = needsLease(context.manifest)
    ? await leaseToSubmit(client, context, standing.attempt, leasing)
    : undefined
  const leased = lease && { lease, signer }
  const csv = await batchAnswers(client, context, given, { signal, leased })
  const ids = await expectedIds(client, context, solver, standing.attempt, { signal, lease })
  const sample = await publishedSample(client, context.manifest, { signal })
  const precheck = await checkFile(context.manifest, csv, { ids, sample })
  if (!precheck.ok) throw new CheckFailed(precheck)
  await checkBatchAnswers(client, context, csv, { signal, leased })
  onProgress({ step: 'checked', precheck, standing, manifest: context.manifest })

  const key: DraftKey = { ...place, challenge: options.challenge, solver, attempt: standing.attempt }
  const known = await drafts.read(key)
  const mine = known?.payloadSha256 === payloadSha256 ? known : undefined
  // A draft may have waited until its lease was of no use.
  const lasts = lease === undefined || (mine?.lease !== undefined && isLasting(mine.lease, context.clock.closedAt))
  const kept = mine !== undefined && (await drafts.files.read(key)) !== undefined
  if (mine && !kept) {
    // Another process was faster: it submitted this very draft, and dropped the file when it was handed out.
    const done = await finish(client, mine, drafts, signal)
    if (done && done !== 'taken') return handOver(client, done, work)
  }
  let draft: Draft
  if (known && kept && lasts) {
    onProgress({ step: 'resumed', from: known.stage, number: known.number })
    draft = known
  } else {
    const units = unitTerms(context.challenge.terms) && ids ? ids.length : 0
    draft = await seal(
      client,
      context,
      { key, csv, payloadSha256, units, fileName: options.fileName ?? null, lease },
      work,
    )
  }

  const carry = standing.carry
  const call = submit(
    {
      challenge: draft.challenge,
      solver,
      attempt: draft.attempt,
      cid: cidFromString(draft.cid),
      commitment: fromHex(draft.commitment),
      units: draft.units,
      carry,
    },
    { token: context.challenge.terms.token, amount: standing.deposit + carry },
  )
  try {
    const receipt = await invoke(client.chain, call, signer, {
      signal,
      onProgress: (progress) => onProgress({ step: 'submitting', progress }),
      // Whoever has a lease may have nothing to pay the network with.
      sponsor:
        lease &&
        feePayer(client, context, {
          ...{ labeler: solver, lease, needed: context.token.asset?.isNative() ? standing.deposit + carry : 0n },
          onPaid: (by) => onProgress({ step: 'fee_paid', by }),
        }),
      async onSigned(envelope) {
        draft = { ...draft, stage: 'signed', envelope, hash: envelope.hash, updatedAt: new Date().toISOString() }
        await drafts.write(draft)
      },
    })
    return await handOver(client, await record(drafts, draft, receipt.returnValue, receipt), work)
  } catch (error) {
    // The attempt exists already: by this very draft (a copy of this process was faster), or by something else.
    if (error instanceof ContractError && error.errorName === 'WrongAttempt') {
      const done = await finish(client, draft, drafts, signal)
      if (done === 'taken') {
        throw new UserError(
          'attempt_taken',
          `Attempt ${draft.attempt} was used for another file meanwhile. Submit again to use the next one.`,
        )
      }
      if (done) return handOver(client, done, work)
    }
    throw error
  }
}

async function handOver(
  client: StellarTrain,
  submitted: Submitted,
  { signal, onProgress, drafts }: Work,
): Promise<Submitted> {
  onProgress({ step: 'submitted', submitted })
  onProgress({ step: 'handing_out' })
  const onTaken = (who: string, places: number) => onProgress({ step: 'taken', who, places })
  const onWaiting = (who: string[], graceMs: number) => onProgress({ step: 'waiting', who, seconds: graceMs / 1_000 })
  const given = await giveOut(client, submitted, drafts, { signal, onTaken, onWaiting })
  if (given) onProgress({ step: 'handed_out', ...given })
  return submitted
}

/** Seals to the challenge key, and keeps the file until it was handed out: nobody else has it. */
async function seal(
  client: StellarTrain,
  context: ChallengeContext,
  of: {
    key: DraftKey
    csv: Uint8Array<ArrayBuffer>
    payloadSha256: string
    units: number
    fileName: string | null
    lease: SealedLease | undefined
  },
  { onProgress, drafts }: Work,
): Promise<Draft> {
  const { key, csv, payloadSha256, units, fileName } = of
  const lease = of.lease && { layer: of.lease.layer, expires: of.lease.expires, signatures: of.lease.signatures }
  onProgress({ step: 'sealing' })
  const batchOf = context.terms.payout.rule === 'per_unit' ? key.solver : undefined
  const formHash = await submissionFormHash(context.manifest, csv, batchOf)
  if (!formHash) throw new UserError('bad_input', 'The file has no canonical form, though it passed the check.')
  const { contentMediaType } = await import('@stellartrain/oracle-grade')
  const { sealed, cid, commitment, nonce } = await sealSubmissionFile({
    content: csv,
    mediaType: contentMediaType(csv, context.manifest.submission.formats),
    place: {
      network: await networkId(client.config.passphrase),
      contract: client.config.contract,
      challenge: context.id,
      solver: key.solver,
    },
    challengeKey: challengeKey(context),
    formHash,
    lease,
  })
  try {
    await drafts.files.keep(key, sealed)
    await drafts.originals?.keep(key, csv)
  } catch (cause) {
    throw new UserError(
      'not_kept',
      'There is no room to keep the sealed file until it is handed out; nothing was spent. Make room and try again.',
      { cause },
    )
  }
  const draft: Draft = {
    version: 2,
    ...key,
    ...{
      payloadSha256,
      fileName,
      cid,
      bytes: sealed.length,
      commitment: toHex(commitment),
      nonce: toHex(nonce),
      units,
    },
    ...(lease && { lease }),
    stage: 'sealed',
    updatedAt: new Date().toISOString(),
  }
  await drafts.write(draft)
  onProgress({ step: 'sealed', bytes: sealed.length, cid })
  return draft
}

/** A failure after which the same call may simply be made again. */
export function isRetryable(error: unknown): boolean {
  return (error instanceof ChainFailure || error instanceof UserError) && error.retryable
}
