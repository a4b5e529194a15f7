/**
 * The task service of an oracle: one desk for each challenge whose batches need leases, kept in step with the ledger. Until a desk knows
 * all that the ledger has, and what it signed itself, it signs nothing.
 */
import { quorum } from '@stellartrain/contracts-client/rules'
import { ContentError, type Lease, type LeaseSignature, type Place } from '@stellartrain/ipfs-content'
import type { QuizAnswers } from '@stellartrain/ipfs-content/quiz'
import { HttpError, type Log } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import type { Watch } from '../chain/watch.ts'
import type { GradingInputs } from '../challenge-files/grading-inputs.ts'
import type { Identity } from '../challenge-files/identity.ts'
import type { Worked } from '../earnings/standing.ts'
import { publicError } from '../errors.ts'
import type { About, Items } from '../grading/jobs.ts'
import type { Standing } from './book.ts'
import { type Answer, type Coverage, createDesk, type Desk } from './desk.ts'
import { openJournal } from './journal.ts'
import type { Labelers } from './labeler.ts'
import { createPool } from './pool.ts'
import { createPrivateItems, type LeasedItems } from './private-items.ts'
import type { QuizStanding, Quizzes } from './quiz.ts'
import type { Bumped, Sponsor } from './sponsor.ts'

export type Tasks = {
  /** Before this oracle accepts a challenge: from here on its journal is whole. */
  begin(challenge: Challenge): Promise<void>
  /** What a batch is about, as a grading process read it. */
  opened(challenge: Challenge, entry: Entry, about: About): void
  /** A signed batch that this oracle was handed, where earnings are paid. */
  worked(challenge: number, worked: Worked): void
  /** Takes in what the ledger has; cheap when nothing has changed. */
  advance(): void
  /**
   * What this oracle leases to a labeler, who signed in here.
   * @throws HttpError as the routes tell
   */
  propose(challenge: number, labeler: string, renew: boolean): Promise<Lease>
  /** This oracle's signature under what another one proposed. @throws HttpError, `OtherLease` */
  sign(challenge: number, labeler: string, lease: Lease): Promise<Lease>
  /** A lease that enough oracles signed. @throws HttpError */
  remember(challenge: number, labeler: string, lease: Lease): Promise<void>
  coverage(challenge: number): Promise<Coverage>
  /**
   * How a labeler stands in the quiz that the manifest asks for.
   * @param asks from which address the questions are asked for, '' where it is not known; undefined for none
   * @throws HttpError `no_quiz`, `too_many_questions`
   */
  quiz(challenge: number, labeler: string, asks: { client: string } | undefined): Promise<QuizStanding>
  /** Judges answers to it. @param client '' where it is not known @throws HttpError */
  takeQuiz(challenge: number, answers: QuizAnswers, client: string): Promise<QuizStanding>
  /** Signatures of a majority under who passed it. @throws HttpError */
  rememberQuiz(challenge: number, labeler: string, signatures: readonly LeaseSignature[]): Promise<void>
  /** Who pays the network fees of labelers in this challenge; null for themselves. */
  feesPaidBy(challenge: number): Promise<string | null>
  /** A labeler's submission with its fee paid. @throws HttpError */
  payFee(challenge: number, signed: string, lease: Lease): Promise<Bumped>
  /** Rows of private items, for whoever signed in and leases them. @throws HttpError */
  items(challenge: number, labeler: string, lease: Lease): Promise<LeasedItems>
}

/** The labeler holds another lease, which goes on. */
export class OtherLease extends HttpError<'other_lease'> {
  readonly lease: Lease
  constructor(lease: Lease) {
    super(409, 'other_lease', 'The labeler holds another lease for this attempt.')
    this.lease = lease
  }
}

export type TasksDeps = Readonly<{
  folder: string
  place: Place
  identity: Pick<Identity, 'address' | 'keypair'>
  watch: Pick<Watch, 'get' | 'challenges' | 'clock'>
  labelers: Labelers
  quizzes: Quizzes
  /** Undefined where this oracle pays no fees of others. */
  sponsor: Sponsor | undefined
  inputs(challenge: Challenge): Promise<GradingInputs>
  /** In a grading process. */
  items(inputs: GradingInputs): Promise<Items>
  /** What a batch is about. Rejects where it cannot be had now. */
  about(entry: Entry, challenge: Challenge): Promise<About>
  /** All signed batches so far, where earnings are paid. */
  work(challenge: number): Promise<readonly Worked[]>
  /** Those of them that no epoch has yet: before it nothing is told of them. */
  waiting(challenge: number): Promise<readonly Worked[]>
  /** Shows the other oracles of a challenge a lease that counts; what gets lost is lost. */
  tell(challenge: Challenge, labeler: string, lease: Lease): void
  /** Milliseconds since 1970. */
  wall: () => number
  log: Log
  signal: AbortSignal
}>

type Open = {
  readonly desk: Desk
  /** Numbers of which no more is to be learned. */
  readonly done: Set<number>
  /** Batches that are being opened. */
  readonly opening: Set<number>
  /** Before then nothing is opened again, milliseconds. */
  notBefore: number
}

const AGAIN_MS = 5_000
const OPEN_AT_ONCE = 4

export function createTasks(deps: TasksDeps): Tasks {
  const { folder, place, identity, watch, labelers, quizzes, wall, log, signal } = deps
  const desks = new Map<number, Promise<Open | null>>()
  const { address, keypair } = identity
  const hidden = createPrivateItems(place, deps.inputs)

  const journalOf = (id: number) =>
    openJournal(folder, id, () =>
      log.warn('leases_lost', { challenge: id, message: 'The journal of leases is damaged and is begun anew.' }),
    )

  /** Null where batches need no lease. */
  function open(challenge: Challenge): Promise<Open | null> {
    const known = desks.get(challenge.id)
    if (known !== undefined) return known
    const opening = openDesk(challenge)
    desks.set(challenge.id, opening)
    opening.catch((error: unknown) => {
      log.warn('leases_wait', { challenge: challenge.id, ...publicError(error) })
      setTimeout(() => desks.delete(challenge.id), AGAIN_MS).unref()
    })
    return opening
  }

  async function openDesk(challenge: Challenge): Promise<Open | null> {
    const { id, terms } = challenge
    const inputs = await deps.inputs(challenge).catch((error: unknown) => {
      // Amounts that are posted by hand: there is no truth.
      if (terms.payout.rule === 'earnings' && error instanceof ContentError && !error.retryable) return undefined
      throw error
    })
    if (inputs === undefined) return null
    const { labeling } = inputs
    if (labeling?.leased === undefined) return null
    const { items, known } = await deps.items(inputs)
    const { overlap } = labeling.leased
    const { secondsPerItem } = inputs.manifest.labeling ?? {}
    const pool = createPool({ challenge: id, items, known, overlap, size: labeling.size, secondsPerItem })
    let journal = await journalOf(id)
    if (journal.entries.length === 0) {
      const since = watch.clock()?.closedAt ?? 0
      log.warn('leases_lost', {
        challenge: id,
        message: `Nothing is known of leases before ${since}: none is signed until they have ended.`,
      })
      await journal.append({ type: 'begun', since })
      journal = await journalOf(id)
    }
    const seed = keypair.rawSecretKey()
    const desk = createDesk({ pool, journal, place, oracles: terms.oracles, quorum: quorum(terms), address, seed })
    // No ledger has them: they are noted here before anything is signed.
    if (terms.payout.rule === 'earnings') for (const worked of await deps.work(id)) await noteWorked(desk, worked)
    return { desk, done: new Set(), opening: new Set(), notBefore: 0 }
  }

  const noteWorked = (desk: Desk, { labeler, attempt, standing, ids, layer }: Worked) =>
    desk.opened(labeler, attempt, standing, { ids, layer })

  function takeIn(challenge: Challenge, { desk, done }: Open): void {
    for (const [number, { solver, attempt }] of challenge.entries) {
      if (done.has(number)) continue
      const standing = standingOf(challenge, number)
      desk.note(solver, attempt, standing)
      if (standing !== 'pending') done.add(number)
    }
  }

  /** What has to be opened before this oracle signs again. */
  function lacking(challenge: Challenge, { desk }: Open): Entry[] {
    const pending = [...challenge.entries.values()]
      .filter(({ number }) => standingOf(challenge, number) === 'pending')
      .map(({ solver: labeler, attempt, time }) => ({ labeler, attempt, time }))
    const names = new Set(desk.lacking(pending).map(({ labeler, attempt }) => `${labeler}/${attempt}`))
    return names.size === 0
      ? []
      : [...challenge.entries.values()].filter((one) => names.has(`${one.solver}/${one.attempt}`))
  }

  function openLacking(challenge: Challenge, of: Open): void {
    if (wall() < of.notBefore) return
    for (const entry of lacking(challenge, of)) {
      if (of.opening.size >= OPEN_AT_ONCE) return
      if (of.opening.has(entry.number)) continue
      of.opening.add(entry.number)
      void deps
        .about(entry, challenge)
        .then((about) => of.desk.opened(entry.solver, entry.attempt, standingOf(challenge, entry.number), about))
        .catch((error: unknown) => {
          of.notBefore = wall() + AGAIN_MS
          log.warn('batch_not_opened', { challenge: challenge.id, number: entry.number, ...publicError(error) })
        })
        .finally(() => of.opening.delete(entry.number))
    }
  }

  function waitsFor(challenge: Challenge, of: Open, now: number): HttpError | undefined {
    const wait = (message: string) =>
      new HttpError(503, 'catching_up', `This oracle signs no leases now: ${message}`, {
        headers: { 'retry-after': '5' },
      })
    const { entries, submissions, counters } = challenge
    const { readyAt } = of.desk
    if (now < readyAt) return wait(`its journal was lost, and what it signed before may count until ${readyAt}.`)
    if (
      entries.size < counters.submitted ||
      [...entries.keys()].some((number) => submissions[number - 1] === undefined)
    )
      return wait('it does not know all batches yet.')
    if (lacking(challenge, of).length > 0) return wait('it has not opened all accepted batches yet.')
    return undefined
  }

  async function at(id: number): Promise<{ challenge: Challenge; of: Open; now: number }> {
    const challenge = watch.get(id)
    const now = watch.clock()?.closedAt
    if (now === undefined)
      throw new HttpError(503, 'catching_up', 'This oracle has not seen the ledger yet.', {
        headers: { 'retry-after': '5' },
      })
    const accepted = challenge !== undefined && (challenge.accepted[challenge.seat] ?? 0) > 0
    const of = accepted && isLeasing(challenge) ? await open(challenge) : null
    if (challenge === undefined || of === null)
      throw new HttpError(404, 'not_leased', `This oracle leases nothing in challenge ${id}.`, {
        headers: { 'retry-after': '5' },
      })
    takeIn(challenge, of)
    openLacking(challenge, of)
    return { challenge, of, now }
  }

  async function ready(id: number, labeler: string) {
    const found = await at(id)
    const waits = waitsFor(found.challenge, found.of, found.now)
    if (waits !== undefined) throw waits
    await labelers.check(found.challenge, labeler, found.now)
    await quizzes.check(found.challenge, labeler)
    signal.throwIfAborted()
    return found
  }

  async function payerOf(challenge: Challenge): Promise<Sponsor | undefined> {
    const { sponsor } = deps
    const { labeling } = await deps.inputs(challenge)
    return sponsor?.pays(challenge, labeling?.quiz !== undefined) ? sponsor : undefined
  }

  return {
    async begin(challenge) {
      if (!isLeasing(challenge) || (challenge.accepted[challenge.seat] ?? 0) > 0) return
      const journal = await journalOf(challenge.id)
      if (journal.entries.length === 0) await journal.append({ type: 'begun', since: 0 })
    },
    opened(challenge, { number, solver, attempt }, about) {
      void open(challenge)
        .then((of) => of?.desk.opened(solver, attempt, standingOf(challenge, number), about))
        .catch((error: unknown) =>
          log.warn('batch_not_noted', { challenge: challenge.id, number, ...publicError(error) }),
        )
    },
    worked(id, worked) {
      const challenge = watch.get(id)
      if (challenge === undefined) return
      void open(challenge)
        .then((of) => of && noteWorked(of.desk, worked))
        .catch((error: unknown) => log.warn('batch_not_noted', { challenge: id, ...publicError(error) }))
    },
    advance() {
      for (const challenge of watch.challenges()) {
        if (!isLeasing(challenge) || (challenge.accepted[challenge.seat] ?? 0) === 0) continue
        void open(challenge).then(
          (of) => {
            if (of === null) return
            takeIn(challenge, of)
            openLacking(challenge, of)
          },
          () => {},
        )
      }
      for (const id of desks.keys()) if (watch.get(id) === undefined) desks.delete(id)
    },
    async propose(id, labeler, renew) {
      const { of, now } = await ready(id, labeler)
      return leaseIn(await of.desk.propose(labeler, now, renew), id)
    },
    async sign(id, labeler, lease) {
      const { challenge, of, now } = await ready(id, labeler)
      const next = leaseIn(await of.desk.sign(labeler, lease, now), id)
      // A labeler need not do it, and who does not know of a lease gives its places away again.
      if (next.signatures.length >= quorum(challenge.terms)) deps.tell(challenge, labeler, next)
      return next
    },
    async remember(id, labeler, lease) {
      const { of, now } = await at(id)
      if (await of.desk.remember(labeler, lease, now)) return
      throw new HttpError(422, 'not_a_lease', 'It has no majority of signatures, has ended, or its attempt was used.')
    },
    async items(id, labeler, lease) {
      const { challenge, now } = await at(id)
      return hidden.of({ challenge, labeler, lease, now })
    },
    async quiz(id, labeler, asks) {
      const { challenge, now } = await at(id)
      return quizzes.standing(challenge, labeler, now, asks)
    },
    async takeQuiz(id, answers, client) {
      const { challenge, now } = await at(id)
      // Whoever could not submit takes no quiz: an account with the deposit costs more than a key.
      await labelers.check(challenge, answers.labeler, now)
      return quizzes.take(challenge, answers, now, client)
    },
    async rememberQuiz(id, labeler, signatures) {
      const { challenge } = await at(id)
      return quizzes.remember(challenge, labeler, signatures)
    },
    async feesPaidBy(id) {
      const { challenge } = await at(id)
      return (await payerOf(challenge))?.address ?? null
    },
    async payFee(id, signed, lease) {
      const { challenge, now } = await at(id)
      const sponsor = await payerOf(challenge)
      if (!sponsor) throw new HttpError(403, 'not_offered', `This oracle pays no fees in challenge ${id}.`)
      // What costs nothing comes first: a stranger has no lease, and asks the ledger and other oracles nothing through this one.
      const labeler = sponsor.labelerOf({ challenge, signed, lease, now })
      await labelers.check(challenge, labeler, now)
      await quizzes.check(challenge, labeler)
      return sponsor.bump({ challenge, signed, lease, now })
    },
    async coverage(id) {
      const { challenge, of, now } = await at(id)
      const waiting = challenge.terms.payout.rule === 'earnings' ? await deps.waiting(id) : []
      return of.desk.coverage(now, waitsFor(challenge, of, now) === undefined, waiting)
    },
  }
}

/** Whether batches of labels may be leased here: the manifest says whether they are. */
const isLeasing = ({ terms }: Challenge): boolean =>
  terms.payout.rule === 'per_unit' || terms.payout.rule === 'earnings'

function standingOf({ submissions }: Challenge, number: number): Standing {
  const status = submissions[number - 1]?.status.status ?? 'pending'
  if (status === 'pending') return 'pending'
  return status === 'scored' ? 'accepted' : 'free'
}

/** @throws HttpError */
function leaseIn(answer: Answer, challenge: number): Lease {
  if (!('refused' in answer)) return answer.lease
  const { refused, until, done, lease } = answer
  switch (refused) {
    case 'other_lease':
      throw new OtherLease(lease!.lease)
    case 'wait':
      throw new HttpError(
        409,
        'wait',
        `Your last lease ended without a batch: the next one is from ${new Date(until! * 1_000).toISOString()} on.`,
      )
    case 'newcomers_full':
      throw new HttpError(
        409,
        'newcomers_full',
        'Labelers without an accepted batch hold their half of the places now. Try again in some minutes.',
        { headers: { 'retry-after': '60' } },
      )
    case 'nothing_left':
      throw done
        ? new HttpError(409, 'nothing_left', `In challenge ${challenge} no item is left for you.`)
        : new HttpError(
            409,
            'all_held',
            'All items are held by others now. Some may come back: try again in some minutes.',
            {
              headers: { 'retry-after': '60' },
            },
          )
    case 'other_attempt':
      throw new HttpError(
        409,
        'other_attempt',
        'For this oracle another attempt is next; its view of the ledger may be behind.',
      )
    case 'not_allowed':
      throw new HttpError(422, 'not_allowed', 'This oracle would not give this lease, and does not sign it.')
  }
}
