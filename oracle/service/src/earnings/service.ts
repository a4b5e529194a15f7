/**
 * Work that earnings are paid for: takes signed batches from labelers and other oracles, judges them, proposes or checks each epoch's list,
 * and says what is to be posted. No labeler sends a transaction.
 */
import { createHash } from 'node:crypto'
import type { Chain } from '@stellartrain/contracts-client'
import { fromDecimal, isDigestSigned, toHex, view, views } from '@stellartrain/contracts-client'
import { maySubmit, mayVote, phase } from '@stellartrain/contracts-client/rules'
import { ageEncrypt, ContentError, maxSealedBytes, type Place } from '@stellartrain/ipfs-content'
import { computeCid } from '@stellartrain/ipfs-content/import'
import {
  type Appeal,
  appealDigest,
  batchDigest,
  checkSignedBatch,
  checkWork,
  type Review,
  reviewDigest,
  type SignedBatch,
  type WorkList,
} from '@stellartrain/ipfs-content/work'
import { batchKey, type Earned } from '@stellartrain/oracle-grade'
import { HttpError, type Log } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { Watch } from '../chain/watch.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Peers } from '../ciphertexts/peers.ts'
import { publicError } from '../errors.ts'
import type { SealedSubmission, Work } from '../grading/jobs.ts'
import type { Publish } from '../publish/upload.ts'
import type { Standing } from '../tasks/book.ts'
import { askPeer, tellPeer } from './ask.ts'
import {
  type Candidate,
  candidateOf,
  type EpochPosting,
  type EpochTerms,
  earnings as earningsOf,
  propose,
  reasonOf,
  refuseList,
  withdrawnIn,
} from './epoch.ts'
import { type Held, nameOf, openWorkStore, type WorkStore } from './store.ts'

/** A batch as it stands in the work of its labeler. */
export type OwnBatch = Readonly<{
  attempt: number
  state: 'waiting' | 'accepted' | 'rejected'
  epoch?: number
  units?: number
  /** Base units. */
  earned?: string
  reason?: number
  /** For people, and without a word about known items. */
  why?: string
  appeal?: 'open' | 'granted' | 'upheld'
}>

export type OwnWork = Readonly<{
  challenge: number
  labeler: string
  attempts: number
  batches: OwnBatch[]
  cumulative: string
  epochs: number
}>

export type Worked = Readonly<{
  labeler: string
  attempt: number
  standing: Standing
  ids: readonly string[]
  layer: number
}>

export type Earnings = {
  /** Takes a batch. Repeating it is safe. @throws HttpError */
  take(challenge: number, batch: SignedBatch, sealed: Uint8Array<ArrayBuffer>): Promise<void>
  appeal(challenge: number, appeal: Appeal): Promise<void>
  review(challenge: number, review: Review): Promise<void>
  /** The sealed file of a batch with what its labeler signed. */
  batch(
    challenge: number,
    sha256: string,
  ): Promise<{ batch: SignedBatch; time: number; sealed: Uint8Array } | undefined>
  /** The list of an epoch that has its quorum, or of the one that this oracle proposes. */
  list(challenge: number, epoch: number): Promise<WorkList | undefined>
  /** The keys of accepted batches, for whom the manifest names: in clear, or sealed to its age key. @throws HttpError */
  results(challenge: number): Promise<{ sealed: boolean; bytes: Uint8Array<ArrayBuffer> }>
  own(challenge: number, labeler: string): Promise<OwnWork>
  reviews(challenge: number): Promise<{ next: number; appeals: (Appeal & { reason: number })[] }>
  /** What a labeler has handed in, for the leases. */
  worked(challenge: number): Promise<readonly Worked[]>
  /** Looks after all epochs; cheap when nothing is due. */
  advance(): void
  posting(challenge: number): EpochPosting | undefined
  posted(challenge: number, epoch: number, root: Uint8Array): void
}

export type EarningsDeps = Readonly<{
  folder: string
  chain: Chain
  place: Place
  networkPassphrase: string
  address: string
  watch: Pick<Watch, 'get' | 'challenges' | 'clock'>
  peers: Pick<Peers, 'of' | 'at'>
  inputs(challenge: Challenge): Promise<GradingInputs>
  /** The sealed file with its key, for a grading process. Rejects with ContentError where the file is not what it should be. */
  unlock(of: {
    challenge: Challenge
    labeler: string
    sealed: Uint8Array
    commitment: Uint8Array
    maxBytes: number
  }): Promise<SealedSubmission>
  judge(
    batch: { challenge: number; labeler: string; attempt: number; units: number; time: number },
    inputs: GradingInputs,
    file: SealedSubmission,
  ): Promise<Work>
  /** Tells the leases of a batch. */
  onWorked(challenge: number, worked: Worked): void
  /** Which items are known, for a reviewer who withdraws one. */
  known(inputs: GradingInputs): Promise<{ known: readonly string[] }>
  decimals(challenge: Challenge): Promise<number>
  publish: Publish
  /** Milliseconds that only grow. */
  monotonic: () => number
  log: Log
  signal: AbortSignal
}>

type Open = {
  readonly store: WorkStore
  readonly terms: EpochTerms & { epochSeconds: number; maxBytes: number }
  readonly inputs: GradingInputs
  candidate: Candidate | undefined
  /** CID of the candidate's report, once it is on IPFS. */
  report: string | undefined
  /** Keys of what is accepted by so many epochs. */
  results: { epochs: number; bytes: Uint8Array<ArrayBuffer> } | undefined
  earned: { epochs: number; earned: Earned } | undefined
  /** Root that this oracle posted for the next epoch, hex. */
  posted: string | undefined
  /** Ledger time of the last epoch, and since when the next one could be. */
  lastAt: number
  dueSince: number | undefined
  busy: boolean
  notBefore: number
}

const EPOCH_SECONDS = 3_600
/** A batch that is on its way when its lease ends. */
const LATE_SECONDS = 60
/** Reasons by which a batch was never leased: it takes no place on a disk. */
const UNLEASED: ReadonlySet<number> = new Set([92, 93])
const AGAIN_MS = 2_000
const BELOW_ACCURACY = 91

const WHY: Readonly<Record<number, string>> = {
  [BELOW_ACCURACY]:
    'Too few answers in this batch agree with those that are known. Which ones they are is not told; look again at the instructions and examples, and appeal if you think that your answers are right.',
  90: 'The batch does not have the number of answers that it says.',
  94: 'The batch came after its lease had ended: its items were given to others.',
  95: 'An answer in this batch is none that the task allows.',
}

export function createEarnings(deps: EarningsDeps): Earnings {
  const { chain, watch, log, signal, place, networkPassphrase, monotonic } = deps
  const opened = new Map<number, Promise<Open | null>>()
  const ready = new Map<number, Open>()

  function open(challenge: Challenge): Promise<Open | null> {
    const known = opened.get(challenge.id)
    if (known) return known
    const opening = openWork(challenge)
    opened.set(challenge.id, opening)
    opening.then(
      (found) => found && ready.set(challenge.id, found),
      (error: unknown) => {
        log.warn('work_waits', { challenge: challenge.id, ...publicError(error) })
        setTimeout(() => opened.delete(challenge.id), AGAIN_MS).unref()
      },
    )
    return opening
  }

  async function openWork(challenge: Challenge): Promise<Open | null> {
    if (challenge.payout.tag !== 'Earnings') return null
    const inputs = await deps.inputs(challenge).catch((error: unknown) => {
      // Amounts that are posted by hand: there is no truth.
      if (error instanceof ContentError && !error.retryable) return undefined
      throw error
    })
    const { labeling, submission } = inputs?.manifest ?? {}
    if (inputs?.labeling?.leased === undefined || labeling?.perItem === undefined || submission === undefined)
      return null
    const store = await openWorkStore(deps.folder, challenge.id, () =>
      log.warn('work_damaged', {
        challenge: challenge.id,
        message: 'Some lines of the journal of work cannot be read.',
      }),
    )
    const terms = {
      ...{ rate: fromDecimal(labeling.perItem, await deps.decimals(challenge)), minAccuracy: labeling.minAccuracy },
      ...{ quality: labeling.quality, place: { ...place, challenge: challenge.id }, networkPassphrase },
      ...{ reviewer: labeling.reviewer ?? challenge.maker, epochSeconds: labeling.epochSeconds ?? EPOCH_SECONDS },
      maxBytes: submission.maxBytes,
    }
    const rest = {
      candidate: undefined,
      report: undefined,
      posted: undefined,
      dueSince: undefined,
      results: undefined,
      earned: undefined,
    }
    return { store, terms, inputs, ...rest, lastAt: challenge.terms.opens, busy: false, notBefore: 0 }
  }

  async function at(id: number): Promise<{ challenge: Challenge; of: Open; now: number }> {
    const challenge = watch.get(id)
    const now = watch.clock()?.closedAt
    const accepted = challenge !== undefined && (challenge.accepted[challenge.seat] ?? 0) > 0
    const of = accepted ? await open(challenge) : null
    if (challenge === undefined || of === null || now === undefined)
      throw new HttpError(404, 'no_work', `This oracle takes no signed batches in challenge ${id}.`, {
        headers: { 'retry-after': '5' },
      })
    return { challenge, of, now }
  }

  const withdrawnNow = ({ store }: Open) => withdrawnIn([{ reviews: [...store.reviews] }])
  const standingOf = (of: Open, { work, time }: Held): Standing =>
    reasonOf(work, time, of.terms.minAccuracy, withdrawnNow(of)) === 0 ? 'accepted' : 'free'
  const workedOf = (of: Open, held: Held): Worked => {
    const { labeler, attempt } = held.batch
    return { labeler, attempt, standing: standingOf(of, held), ids: held.work.ids, layer: held.work.layer }
  }

  /** Opens and judges a batch, whose signature was checked. @throws HttpError for what was never leased */
  async function judge(
    challenge: Challenge,
    of: Open,
    batch: SignedBatch,
    sealed: Uint8Array<ArrayBuffer>,
  ): Promise<Work> {
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

  async function admit(
    challenge: Challenge,
    of: Open,
    batch: SignedBatch,
    sealed: Uint8Array<ArrayBuffer>,
    now: number,
  ): Promise<Held> {
    const { signature, ...said } = batch
    if (
      createHash('sha256').update(sealed).digest('hex') !== batch.sha256 ||
      sealed.length > maxSealedBytes(of.terms.maxBytes)
    )
      throw new HttpError(422, 'not_a_batch', 'The file is not the one that was signed, or larger than a batch can be.')
    if (!isDigestSigned(batch.labeler, networkPassphrase, batchDigest(of.terms.place, said), signature))
      throw new HttpError(422, 'not_signed', 'The batch is not signed by its labeler.')
    const work = await judge(challenge, of, batch, sealed)
    const held = { batch, time: now, work }
    await of.store.add(held, sealed)
    deps.onWorked(challenge.id, workedOf(of, held))
    return held
  }

  async function handOn(challenge: Challenge, batch: SignedBatch, sealed: Uint8Array): Promise<void> {
    const body = { challenge: challenge.id, batch, sealed: Buffer.from(sealed).toString('base64') }
    for (const url of await deps.peers.of(challenge)) void tellPeer(url, 'batches', body, signal)
  }

  /** Of an oracle that has a list, what it names and is not here. */
  async function fetchMissing(challenge: Challenge, of: Open, list: WorkList, url: string): Promise<void> {
    const now = watch.clock()?.closedAt ?? 0
    for (const { sha256 } of list.batches) {
      if (of.store.batches.has(sha256)) continue
      const found = (await askPeer(url, `challenges/${challenge.id}/batches/${sha256}`, signal)) as
        | { batch?: unknown; sealed?: unknown }
        | undefined
      if (found === undefined || typeof found.sealed !== 'string') return
      const batch = checkSignedBatch(found.batch)
      await admit(challenge, of, batch, new Uint8Array(Buffer.from(found.sealed, 'base64')), now)
    }
    for (const review of list.reviews) await noteReview(of, review)
    for (const appeal of list.appeals) await noteAppeal(of, appeal)
  }

  async function noteReview(of: Open, review: Review): Promise<boolean> {
    const { signature, ...said } = review
    const { place, reviewer } = of.terms
    if (review.number !== of.store.reviews.length + 1) return review.number <= of.store.reviews.length
    if (!isDigestSigned(reviewer, networkPassphrase, reviewDigest(place, said), signature)) return false
    await of.store.review(review)
    return true
  }

  async function noteAppeal(of: Open, appeal: Appeal): Promise<boolean> {
    const { signature, ...said } = appeal
    if (of.store.appeals.has(nameOf(appeal))) return true
    if (!isDigestSigned(appeal.labeler, networkPassphrase, appealDigest(of.terms.place, said), signature)) return false
    await of.store.appeal(appeal)
    return true
  }

  const heldOf = (of: Open) => (sha256: string) => of.store.batches.get(sha256)
  const candidate = (of: Open, list: WorkList) =>
    candidateOf(list, of.store, of.terms, (sha256) => of.store.batches.get(sha256)?.work, computeCid)

  /** Undefined where it is refused. */
  async function checked(
    challenge: Challenge,
    of: Open,
    given: unknown,
    url: string,
    paidIn: bigint,
  ): Promise<Candidate | undefined> {
    try {
      const list = checkWork(given)
      await fetchMissing(challenge, of, list, url)
      const now = watch.clock()?.closedAt ?? 0
      const refused = refuseList(list, of.store, of.terms, { paidIn, now: now + LATE_SECONDS, heldOf: heldOf(of) })
      if (refused === undefined) return await candidate(of, list)
      log.warn('work_refused', { challenge: challenge.id, epoch: list.epoch, url, message: refused })
    } catch (error) {
      log.warn('work_refused', { challenge: challenge.id, url, ...publicError(error) })
    }
    return undefined
  }

  async function step(challenge: Challenge, of: Open): Promise<void> {
    const { store, terms } = of
    const { id } = challenge
    const { epochs, total } = await view(chain, views.earnings({ challenge: id }), { signal })
    const paidIn = total + challenge.purse.escrow
    const now = watch.clock()?.closedAt ?? 0
    if (store.epochs.length < epochs) return adopt(challenge, of, store.epochs.length + 1, paidIn)
    if (!mayVote(phase(challenge.terms, challenge.counters, now), challenge.terms, now)) return
    const isOver = now >= challenge.terms.deadline
    const own = propose(store, terms, paidIn)
    // Before its time an epoch costs a transaction for little; after the deadline nothing more comes.
    const isDue = own !== undefined && (isOver || now >= of.lastAt + terms.epochSeconds)
    if (!isDue) {
      of.dueSince = undefined
      return
    }
    of.dueSince ??= now
    const { oracles, patience } = challenge.terms
    // Each has its turn; who is silent, or proposes what others do not come to, gives way.
    const turns = Math.floor((now - of.dueSince) / Math.max(1, patience))
    const proposer = oracles[(store.epochs.length + turns) % oracles.length]!
    let next: Candidate | undefined
    if (proposer === deps.address) {
      const before = of.candidate
      // What was proposed stays: it is being posted, here and elsewhere.
      next = before?.list.epoch === own.epoch ? before : await candidate(of, own)
    } else {
      const url = await deps.peers.at(proposer)
      const given = url && (await askPeer(url, `challenges/${id}/epochs/${own.epoch}`, signal))
      if (url && given) next = await checked(challenge, of, given, url, paidIn)
    }
    if (next === undefined || (of.candidate && toHex(of.candidate.root) === toHex(next.root) && of.report)) return
    await of.store.consider(next.list)
    of.candidate = next
    of.report = undefined
    await deps.publish(next.work)
    of.report = await deps.publish(next.report)
  }

  /** Takes over the list of an epoch that has its quorum: the own one, or that of whoever has one with its root. */
  async function adopt(challenge: Challenge, of: Open, epoch: number, paidIn: bigint): Promise<void> {
    const { id } = challenge
    const found = await view(chain, views.epoch({ challenge: id, epoch }), { signal })
    if (found === null || found === undefined) return
    const root = toHex(found.root)
    let list: WorkList | undefined
    for (const one of of.store.candidates) {
      const made = one.epoch === epoch ? await candidate(of, one) : undefined
      if (made && toHex(made.root) === root) list = one
    }
    for (const url of list ? [] : await deps.peers.of(challenge)) {
      const given = await askPeer(url, `challenges/${id}/epochs/${epoch}`, signal)
      const made = given === undefined ? undefined : await checked(challenge, of, given, url, paidIn)
      if (made && toHex(made.root) === root) list = made.list
      if (list) break
    }
    if (!list) {
      log.warn('epoch_unknown', {
        challenge: id,
        epoch,
        message: 'No oracle has shown the list of work of this epoch.',
      })
      return
    }
    await of.store.adopt(list)
    Object.assign(of, { candidate: undefined, report: undefined, posted: undefined, dueSince: undefined })
    of.lastAt = Number(found.time)
    log.info('epoch_adopted', { challenge: id, epoch, batches: list.batches.length })
  }

  /** By all epochs that have their quorum; thousands of labelers ask. */
  function earnedNow(of: Open): Earned {
    const epochs = of.store.epochs.length
    if (of.earned?.epochs !== epochs) {
      const earned = earningsOf(of.store.epochs, of.terms, (sha256) => of.store.batches.get(sha256)?.work)
      of.earned = { epochs, earned }
    }
    return of.earned.earned
  }

  async function resultsOf(challenge: Challenge, of: Open): Promise<Uint8Array<ArrayBuffer>> {
    const { store, terms } = of
    const earned = earnedNow(of)
    const files: { sha256: string; fileKey: string }[] = []
    for (const { labeler, attempt, sha256, commitment } of store.epochs.flatMap(({ batches }) => batches)) {
      if (earned.batches.get(batchKey({ labeler, attempt }))?.epoch === undefined) continue
      const sealed = await store.sealed(sha256)
      if (sealed === undefined) continue
      const bytes = new Uint8Array(Buffer.from(commitment, 'hex'))
      const { maxBytes } = terms
      const { fileKey } = await deps.unlock({ challenge, labeler, sealed, commitment: bytes, maxBytes })
      files.push({ sha256, fileKey })
    }
    const { network, contract } = place
    const head = { format: 'stellartrain/labels-results', version: 1, network, contract, challenge: challenge.id }
    return new TextEncoder().encode(JSON.stringify({ ...head, files }))
  }

  function later(of: Open): void {
    of.notBefore = monotonic() + AGAIN_MS
  }

  const refusedName = new HttpError(
    422,
    'not_signed',
    'It is not signed by whose it is, or does not follow the one before.',
  )

  return {
    async take(id, batch, sealed) {
      const { challenge, of, now } = await at(id)
      if (of.store.batches.has(batch.sha256)) return
      if (
        !maySubmit(phase(challenge.terms, challenge.counters, now - LATE_SECONDS)) &&
        !maySubmit(phase(challenge.terms, challenge.counters, now))
      )
        throw new HttpError(409, 'not_open', `Challenge ${id} does not take batches now.`)
      const used = [...of.store.batches.values()].some(({ batch: one }) => nameOf(one) === nameOf(batch))
      if (used)
        throw new HttpError(
          409,
          'attempt_taken',
          `Attempt ${batch.attempt} of ${batch.labeler} was used for another file.`,
        )
      await admit(challenge, of, batch, sealed, now)
      void handOn(challenge, batch, sealed).catch(() => {})
    },
    async appeal(id, appeal) {
      const { challenge, of } = await at(id)
      const held = [...of.store.batches.values()].find(({ batch }) => nameOf(batch) === nameOf(appeal))
      const listed = of.store.epochs.flatMap(({ batches }) => batches).find((one) => nameOf(one) === nameOf(appeal))
      // Before its epoch no one learns how a batch is judged, by no question.
      if (held === undefined || !listed || listed.reason === 0 || standingOf(of, held) === 'accepted')
        throw new HttpError(409, 'nothing_to_appeal', 'There is no rejected batch of this labeler under this number.')
      if (!(await noteAppeal(of, appeal))) throw refusedName
      for (const url of await deps.peers.of(challenge)) void tellPeer(url, 'appeals', { challenge: id, appeal }, signal)
    },
    async review(id, review) {
      const { challenge, of } = await at(id)
      const items = new Set(of.inputs.labeling ? await knownIds(of) : [])
      const strange = review.withdrawn.find((one) => !items.has(one))
      if (strange !== undefined)
        throw new HttpError(422, 'not_known', 'A known item can be withdrawn; one of these is none.')
      const had = of.store.reviews.length
      if (!(await noteReview(of, review))) throw refusedName
      if (of.store.reviews.length === had) return
      for (const url of await deps.peers.of(challenge)) void tellPeer(url, 'reviews', { challenge: id, review }, signal)
    },
    async batch(id, sha256) {
      const { of } = await at(id)
      const held = of.store.batches.get(sha256)
      const sealed = await of.store.sealed(sha256)
      return held && sealed && { batch: held.batch, time: held.time, sealed }
    },
    async list(id, epoch) {
      const { of } = await at(id)
      const known = of.store.epochs[epoch - 1]
      // Only what is on IPFS already: whoever fetches it posts a report that names it.
      return known ?? (of.candidate?.list.epoch === epoch && of.report ? of.candidate.list : undefined)
    },
    async results(id) {
      const { challenge, of, now } = await at(id)
      const { results } = of.inputs.manifest.labeling ?? {}
      if (results === undefined) throw new HttpError(403, 'not_opened', 'The manifest opens these labels to no one.')
      // Before it ends, who reads others' labels can hand them in as its own.
      if (results === 'everyone' && now < challenge.terms.deadline)
        throw new HttpError(409, 'not_opened', 'The labels are opened to everyone once the deadline has passed.', {
          headers: { 'retry-after': '60' },
        })
      const epochs = of.store.epochs.length
      if (of.results?.epochs !== epochs) of.results = { epochs, bytes: await resultsOf(challenge, of) }
      const { bytes } = of.results
      return {
        sealed: results !== 'everyone',
        bytes: results === 'everyone' ? bytes : await ageEncrypt(bytes, [results]),
      }
    },
    async own(id, labeler) {
      const { of } = await at(id)
      const { store } = of
      const earned = earnedNow(of)
      const granted = new Set(store.epochs.flatMap(({ reviews }) => reviews.flatMap((one) => one.accepted.map(nameOf))))
      const upheld = new Set(store.epochs.flatMap(({ reviews }) => reviews.flatMap((one) => one.upheld.map(nameOf))))
      const listed = new Map(
        store.epochs.flatMap((list) =>
          list.batches.map((one) => [nameOf(one), { ...one, epoch: list.epoch }] as const),
        ),
      )
      const mine = [...store.batches.values()].filter(({ batch }) => batch.labeler === labeler)
      const batches = mine.map(({ batch: { attempt } }): OwnBatch => {
        const name = nameOf({ labeler, attempt })
        const one = listed.get(name)
        // Before its epoch nothing is told: else who asks with many accounts would learn which items are known.
        if (one === undefined) return { attempt, state: 'waiting' }
        const paid = earned.batches.get(batchKey({ labeler, attempt }))
        if (paid?.epoch !== undefined) {
          const appeal = granted.has(name) ? { appeal: 'granted' as const } : {}
          return {
            attempt,
            state: 'accepted',
            epoch: paid.epoch,
            units: paid.units,
            earned: String(paid.paid),
            ...appeal,
          }
        }
        const appeal = upheld.has(name) ? 'upheld' : store.appeals.has(name) ? 'open' : undefined
        const { reason, epoch } = one
        return {
          ...{
            attempt,
            state: 'rejected',
            epoch,
            reason,
            why: WHY[reason] ?? 'The file is not a batch as the task asks for.',
          },
          ...(appeal && { appeal }),
        }
      })
      batches.sort((a, b) => a.attempt - b.attempt)
      const attempts = Math.max(0, ...batches.map(({ attempt }) => attempt))
      const cumulative = String(earned.amounts.get(labeler) ?? 0n)
      return { challenge: id, labeler, attempts, batches, cumulative, epochs: store.epochs.length }
    },
    async reviews(id) {
      const { of } = await at(id)
      const decided = new Set(of.store.reviews.flatMap(({ accepted, upheld }) => [...accepted, ...upheld].map(nameOf)))
      const reasons = new Map(
        [...of.store.batches.values()].map((held) => [
          nameOf(held.batch),
          reasonOf(held.work, held.time, of.terms.minAccuracy, withdrawnNow(of)),
        ]),
      )
      const open = [...of.store.appeals.values()].filter((one) => !decided.has(nameOf(one)))
      return {
        next: of.store.reviews.length + 1,
        appeals: open.map((one) => ({ ...one, reason: reasons.get(nameOf(one)) ?? 0 })),
      }
    },
    async worked(id) {
      const challenge = watch.get(id)
      const of = challenge && (await open(challenge))
      return of ? [...of.store.batches.values()].map((held) => workedOf(of, held)) : []
    },
    advance() {
      for (const challenge of watch.challenges()) {
        if (challenge.payout.tag !== 'Earnings' || !challenge.counters.accepted) continue
        void open(challenge).then(
          async (of) => {
            if (of === null || of.busy || monotonic() < of.notBefore) return
            of.busy = true
            try {
              await step(challenge, of)
            } catch (error) {
              later(of)
              log.warn('epoch_waits', { challenge: challenge.id, ...publicError(error) })
            } finally {
              of.busy = false
            }
          },
          () => {},
        )
      }
      for (const id of opened.keys())
        if (watch.get(id) === undefined) {
          opened.delete(id)
          ready.delete(id)
        }
    },
    posting(id) {
      const of = ready.get(id)
      if (of?.candidate === undefined || of.report === undefined) return undefined
      const { list, left, right, root, total } = of.candidate
      if (of.posted === toHex(root) || list.epoch !== of.store.epochs.length + 1) return undefined
      return { epoch: list.epoch, left, right, root, total, report: of.report }
    },
    posted(id, epoch, root) {
      const of = ready.get(id)
      if (of && of.store.epochs.length + 1 === epoch) of.posted = toHex(root)
    },
  }

  async function knownIds({ inputs }: Open): Promise<readonly string[]> {
    return (await deps.known(inputs)).known
  }
}
