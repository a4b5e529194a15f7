/**
 * A submission up to its place in the queue: check → seal → upload → submit. It can stop at any point and resume in
 * another process: the draft says how far it came, the chain says what was submitted.
 */

import {
  asSigner,
  ChainFailure,
  ContractError,
  cidFromString,
  invoke,
  type Progress,
  type SignerLike,
  submit,
} from '@stellartrain/contracts-client'
import { networkId } from '@stellartrain/ipfs-content/network'
import { sealSubmission } from '@stellartrain/ipfs-content/seal'
import type { Precheck } from '@stellartrain/oracle-grade'
import { unitTerms } from './batch.ts'
import type { StellarTrain } from './client.ts'
import { type ChallengeContext, readContext, readRecipients } from './context.ts'
import { sha256Hex } from './digest.ts'
import { type Draft, type DraftKey, type DraftStore, memoryDrafts } from './drafts.ts'
import type { AbortOptions } from './options.ts'
import { checkFile, checkStanding, expectedIds, type Standing } from './precheck.ts'
import { UserError } from './problems.ts'
import { findEarlier, finish, record, type Submitted } from './resume.ts'
import { refuseSubmission } from './rules.ts'

export type { Submitted } from './resume.ts'

export type SubmitProgress =
  | { step: 'checking' }
  | { step: 'checked'; precheck: Precheck; standing: Standing }
  | { step: 'sealing' }
  | { step: 'sealed'; bytes: number }
  | { step: 'uploading'; sent: number; total: number }
  | { step: 'signing_in' }
  | { step: 'uploaded'; cid: string }
  | { step: 'resumed'; from: Draft['stage'] }
  | { step: 'submitting'; progress: Progress }
  | { step: 'submitted'; submitted: Submitted }

export type SubmitOptions = AbortOptions & {
  challenge: number
  csv: Uint8Array
  signer: SignerLike
  /** For messages and drafts only. */
  fileName?: string
  /** Where the work so far is kept; in memory unless given, which survives no crash. */
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

/**
 * Submits a file, at most once per attempt.
 * @throws CheckFailed, UserError, ContractError, ChainFailure, ContentError. Calling again with the same file resumes where it stopped.
 */
export async function submitFile(client: StellarTrain, options: SubmitOptions): Promise<Submitted> {
  const { signal, onProgress = () => {}, drafts = memoryDrafts() } = options
  const csv = new Uint8Array(options.csv)
  const signer = asSigner(options.signer)
  const solver = signer.address
  const payloadSha256 = await sha256Hex(csv)
  const place = { network: client.config.passphrase, contract: client.config.contract }

  onProgress({ step: 'checking' })
  const context = await readContext(client, options.challenge, { signal })
  refuseSubmission(context.challenge.terms.payout)
  const earlier = await findEarlier(client, context, { ...place, solver, payloadSha256 }, drafts, signal)
  if (earlier) {
    onProgress({ step: 'resumed', from: earlier.stage })
    const done = await finish(client, earlier, drafts, signal)
    if (done === 'taken') await drafts.remove(earlier)
    else if (done) {
      onProgress({ step: 'submitted', submitted: done })
      return done
    }
  }

  const standing = await checkStanding(client, context, solver, { signal })
  const ids = await expectedIds(client, context, solver, standing.attempt, { signal })
  const precheck = await checkFile(context.manifest, csv, ids)
  if (!precheck.ok) throw new CheckFailed(precheck)
  onProgress({ step: 'checked', precheck, standing })

  const key: DraftKey = { ...place, challenge: options.challenge, solver, attempt: standing.attempt }
  const known = await drafts.read(key)
  let draft: Draft
  if (known && known.payloadSha256 === payloadSha256) {
    onProgress({ step: 'resumed', from: known.stage })
    draft = known
  } else {
    draft = await sealAndUpload(client, context, { key, csv, payloadSha256, options, onProgress })
    await drafts.write(draft)
  }
  onProgress({ step: 'uploaded', cid: draft.cid })

  const call = submit({
    challenge: draft.challenge,
    solver,
    attempt: draft.attempt,
    cid: cidFromString(draft.cid),
    units: unitTerms(context.challenge.terms) && ids ? ids.length : 0,
    carry: standing.carry,
  })
  try {
    const receipt = await invoke(client.chain, call, signer, {
      signal,
      onProgress: (progress) => onProgress({ step: 'submitting', progress }),
      async onSigned(envelope) {
        draft = { ...draft, stage: 'signed', envelope, hash: envelope.hash, updatedAt: new Date().toISOString() }
        await drafts.write(draft)
      },
    })
    const submitted = await record(drafts, draft, receipt.returnValue, receipt)
    onProgress({ step: 'submitted', submitted })
    return submitted
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
      if (done) return done
    }
    throw error
  }
}

async function sealAndUpload(
  client: StellarTrain,
  context: ChallengeContext,
  work: {
    key: DraftKey
    csv: Uint8Array
    payloadSha256: string
    options: SubmitOptions
    onProgress: (progress: SubmitProgress) => void
  },
): Promise<Draft> {
  const { key, csv, payloadSha256, options, onProgress } = work
  onProgress({ step: 'sealing' })
  const recipients = await readRecipients(client, context, { signal: options.signal })
  const sealed = await sealSubmission({
    payload: csv,
    binding: {
      network: await networkId(client.config.passphrase),
      contract: client.config.contract,
      challenge: context.id,
      solver: key.solver,
    },
    recipients: recipients.map((one) => one.recipient),
  })
  onProgress({ step: 'sealed', bytes: sealed.length })
  const cid = await client.sessions.upload(sealed, options.signer, {
    signal: options.signal,
    onSigning: () => onProgress({ step: 'signing_in' }),
    onProgress: (sent, total) => onProgress({ step: 'uploading', sent, total }),
  })
  return {
    version: 1,
    ...key,
    payloadSha256,
    fileName: options.fileName ?? null,
    cid,
    bytes: sealed.length,
    stage: 'uploaded',
    updatedAt: new Date().toISOString(),
  }
}

/** A failure after which the same call may simply be made again. */
export function isRetryable(error: unknown): boolean {
  return (error instanceof ChainFailure || error instanceof UserError) && error.retryable
}
