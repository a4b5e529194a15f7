/** Takes in batches: each is signed by its labeler, holds a lease of the oracles, and is judged and on disk before anybody is told. */
import { createHash } from 'node:crypto'
import { isDigestSigned } from '@stellartrain/contracts-client'
import { maySubmit, phase } from '@stellartrain/contracts-client/rules'
import { ContentError, maxSealedBytes } from '@stellartrain/ipfs-content'
import { batchDigest, type SignedBatch } from '@stellartrain/ipfs-content/work'
import { HttpError } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { SealedSubmission } from '../challenge-files/sealed.ts'
import type { Peers } from '../ciphertexts/peers.ts'
import type { Batch, Work } from '../grading/jobs.ts'
import { CLOCK_SLACK_SECONDS } from '../tasks/pool.ts'
import type { Worked } from '../tasks/worked.ts'
import { tellPeer } from './ask.ts'
import type { WorkAt } from './openings.ts'
import { notedFor } from './standing.ts'

/** The sealed file with its key, for a grading process. Rejects with ContentError where the file is not what it should be. */
export type Unlock = (of: {
  challenge: Challenge
  labeler: string
  sealed: Uint8Array
  commitment: Uint8Array
  maxBytes: number
}) => Promise<SealedSubmission>

export type AdmissionDeps = Readonly<{
  peers: Pick<Peers, 'of'>
  unlock: Unlock
  judge(batch: Batch, inputs: GradingInputs, file: SealedSubmission): Promise<Work>
  /** Tells the leases of a batch. */
  onWorked(challenge: number, worked: Worked): void
  signal: AbortSignal
}>

export type Admission = {
  /** From its labeler, or another oracle: whoever has it hands it on. Repeating it is safe. @throws HttpError */
  take(at: WorkAt, batch: SignedBatch, sealed: Uint8Array<ArrayBuffer>): Promise<void>
  /** What a list names, whenever it came. @throws HttpError */
  admit(at: WorkAt, batch: SignedBatch, sealed: Uint8Array<ArrayBuffer>): Promise<void>
}

/** Reasons by which a batch was never leased: it takes no place on a disk. */
const UNLEASED: ReadonlySet<number> = new Set([92, 93])

export function createAdmission(deps: AdmissionDeps): Admission {
  const { peers, signal } = deps

  /** Opens and judges a batch, whose signature was checked. @throws HttpError for what was never leased */
  async function judge({ challenge, of }: WorkAt, batch: SignedBatch, sealed: Uint8Array<ArrayBuffer>): Promise<Work> {
    const { labeler, attempt, units, commitment } = batch
    const { maxBytes } = of.terms
    try {
      const bytes = new Uint8Array(Buffer.from(commitment, 'hex'))
      const file = await deps.unlock({ challenge, labeler, sealed, commitment: bytes, maxBytes })
      // When it came is the list's to say.
      const work = await deps.judge({ challenge: challenge.id, labeler, attempt, units, time: 0 }, of.inputs, file)
      if (!UNLEASED.has(work.reason) && work.layer > 0) return work
    } catch (error) {
      if (!(error instanceof ContentError) || error.retryable) throw error
    }
    throw new HttpError(422, 'not_leased', 'The file does not hold a batch that the oracles leased to this labeler.')
  }

  async function admit(at: WorkAt, batch: SignedBatch, sealed: Uint8Array<ArrayBuffer>): Promise<void> {
    const { challenge, of, now } = at
    const { signature, ...said } = batch
    const { place, networkPassphrase, maxBytes } = of.terms
    if (createHash('sha256').update(sealed).digest('hex') !== batch.sha256 || sealed.length > maxSealedBytes(maxBytes))
      throw new HttpError(422, 'not_a_batch', 'The file is not the one that was signed, or larger than a batch can be.')
    if (!isDigestSigned(batch.labeler, networkPassphrase, batchDigest(place, said), signature))
      throw new HttpError(422, 'not_signed', 'The batch is not signed by its labeler.')
    const work = await judge(at, batch, sealed)
    const held = { batch, time: now, work }
    await of.store.add(held, sealed)
    deps.onWorked(challenge.id, notedFor(of, held, now))
  }

  async function handOn(challenge: Challenge, batch: SignedBatch, sealed: Uint8Array): Promise<void> {
    const body = { challenge: challenge.id, batch, sealed: Buffer.from(sealed).toString('base64') }
    for (const url of await peers.of(challenge)) void tellPeer(url, 'batches', body, signal)
  }

  return {
    admit,
    async take(at, batch, sealed) {
      const { challenge, of, now } = at
      if (of.store.batches.has(batch.sha256)) return
      const isOpen = (time: number) => maySubmit(phase(challenge.terms, challenge.counters, time))
      // Another oracle took it in time by its own clock, and hands it on.
      if (!isOpen(now - CLOCK_SLACK_SECONDS) && !isOpen(now))
        throw new HttpError(409, 'not_open', `Challenge ${challenge.id} does not take batches now.`)
      if (of.store.named(batch).length > 0)
        throw new HttpError(
          409,
          'attempt_taken',
          `Attempt ${batch.attempt} of ${batch.labeler} was used for another file.`,
        )
      await admit(at, batch, sealed)
      void handOn(challenge, batch, sealed).catch(() => {})
    },
  }
}
