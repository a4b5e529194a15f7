/**
 * The task service of an oracle: one desk for each challenge whose batches need leases, kept in step with the ledger. Until a desk knows
 * all that the ledger has, and what it signed itself, it signs nothing.
 */
import { quorum } from '@stellartrain/contracts-client/rules'
import type { Lease, LeaseSignature } from '@stellartrain/ipfs-content'
import type { QuizAnswers } from '@stellartrain/ipfs-content/quiz'
import { HttpError } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import type { Watch } from '../chain/watch.ts'
import { publicError } from '../errors.ts'
import type { About } from '../grading/jobs.ts'
import type { Coverage } from './desk.ts'
import type { Labelers } from './labeler.ts'
import { createOpenDesks, type DesksDeps, isLeasing, noteWorked, type Open, standingOf } from './open-desks.ts'
import { createPrivateItems, type LeasedItems } from './private-items.ts'
import type { QuizStanding, Quizzes } from './quiz.ts'
import { leaseIn } from './refusals.ts'
import type { Bumped, Sponsor } from './sponsor.ts'
import type { Worked } from './worked.ts'

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

export type TasksDeps = DesksDeps &
  Readonly<{
    watch: Pick<Watch, 'get' | 'challenges' | 'clock'>
    labelers: Labelers
    quizzes: Quizzes
    /** Undefined where this oracle pays no fees of others. */
    sponsor: Sponsor | undefined
    /** Signed batches that no epoch has yet: before it nothing is told of them. */
    waiting(challenge: number): Promise<readonly Worked[]>
    /** Shows the other oracles of a challenge a lease that counts; what gets lost is lost. */
    tell(challenge: Challenge, labeler: string, lease: Lease): void
    signal: AbortSignal
  }>

export function createTasks(deps: TasksDeps): Tasks {
  const { watch, labelers, quizzes, log, signal } = deps
  const desks = createOpenDesks(deps)
  const hidden = createPrivateItems(deps.place, deps.inputs)

  async function at(id: number): Promise<{ challenge: Challenge; of: Open; now: number }> {
    const challenge = watch.get(id)
    const now = watch.clock()?.closedAt
    if (now === undefined)
      throw new HttpError(503, 'catching_up', 'This oracle has not seen the ledger yet.', {
        headers: { 'retry-after': '5' },
      })
    const accepted = challenge !== undefined && (challenge.accepted[challenge.seat] ?? 0) > 0
    const of = accepted && isLeasing(challenge) ? await desks.open(challenge) : null
    if (challenge === undefined || of === null)
      throw new HttpError(404, 'not_leased', `This oracle leases nothing in challenge ${id}.`, {
        headers: { 'retry-after': '5' },
      })
    desks.follow(challenge, of)
    return { challenge, of, now }
  }

  async function ready(id: number, labeler: string) {
    const found = await at(id)
    const waits = desks.waitsFor(found.challenge, found.of, found.now)
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
      await desks.begin(challenge)
    },
    opened(challenge, { number, solver, attempt }, about) {
      void desks
        .open(challenge)
        .then((of) => of?.desk.opened(solver, attempt, standingOf(challenge, number), about))
        .catch((error: unknown) =>
          log.warn('batch_not_noted', { challenge: challenge.id, number, ...publicError(error) }),
        )
    },
    worked(id, worked) {
      const challenge = watch.get(id)
      if (challenge === undefined) return
      void desks
        .open(challenge)
        .then((of) => of && noteWorked(of.desk, worked))
        .catch((error: unknown) => log.warn('batch_not_noted', { challenge: id, ...publicError(error) }))
    },
    advance() {
      for (const challenge of watch.challenges()) {
        if (!isLeasing(challenge) || (challenge.accepted[challenge.seat] ?? 0) === 0) continue
        void desks.open(challenge).then(
          (of) => {
            if (of === null) return
            desks.follow(challenge, of)
          },
          () => {},
        )
      }
      desks.forget((id) => watch.get(id) !== undefined)
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
      return of.desk.coverage(now, desks.waitsFor(challenge, of, now) === undefined, waiting)
    },
  }
}
