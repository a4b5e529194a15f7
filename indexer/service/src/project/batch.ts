/**
 * A call's work on submissions, as the contract does it: votes and ballots come in, submissions are concluded, their solvers are
 * paid. An event names what came in and what came of it; both are played here, and must agree (`agree.ts`).
 */
import {
  countConclusion,
  countLateVote,
  countVote,
  type Pair,
  paid,
  postBallot,
  postVote,
  prizeDue,
  refusesBallot,
  refusesVote,
  type Standing,
  settle,
  standsAt,
  takesPart,
  type Verdict,
} from '@stellartrain/contracts-client/rules'
import type { Row } from '../decode/events.ts'
import { flagsOf } from './lists.ts'
import {
  type ChallengeRow,
  type EventPlace,
  JUDGE,
  NOBODY_KNOWN,
  type SubmissionRow,
  type VoteRecord,
} from './model.ts'
import { bookConclusion, heldFor, takeFacts } from './money.ts'
import { noteConclusion, noteDecision } from './notes.ts'
import { MissingError, type World } from './world.ts'

type Case = {
  submission: SubmissionRow
  /** What this call votes; the score as it counts, rounded. */
  vote: Verdict | null
  concluded: boolean
  /** Whether this call changed anything but counted a vote. */
  touched: boolean
  amount: bigint
}

export class Batch {
  private readonly world: World
  readonly challenge: ChallengeRow
  private readonly at: EventPlace
  private readonly cases: Case[] = []

  constructor(world: World, challenge: ChallengeRow, at: EventPlace) {
    this.world = world
    this.challenge = challenge
    this.at = at
  }

  add(number: number): Case {
    const submission = this.world.submission(this.challenge.id, number)
    const added = { submission, vote: null, concluded: false, touched: false, amount: 0n }
    this.cases.push(added)
    return added
  }

  /** An oracle's vote; on what takes part no more it changes nothing, and counts once unless that is void and not concluded. */
  cast(number: number, verdict: Verdict, oracle: number, report: string): void {
    const it = this.add(number)
    const { submission } = it
    const seat = this.challenge.seats[oracle]!
    it.vote = verdict
    if (!takesPart(this.challenge.facts, submission.facts)) {
      const stands = standsAt(submission.facts)
      if (stands === undefined || submission.voted & (1 << oracle)) return
      submission.voted |= 1 << oracle
      seat.tally = countLateVote(seat.tally, verdict, stands)
      this.putVote(number, oracle, verdict, report, { late: true, improved: false })
      return
    }
    const { terms } = this.challenge
    const now = this.at.closedAt
    const improved = submission.facts.votes.cast[oracle] !== null
    const refused = refusesVote(terms, submission.facts.time, submission.facts.votes, { oracle, verdict }, now)
    if (refused) throw new MissingError(`a vote on ${this.name(number)} could not be cast (${refused})`)
    // Others made the verdict before the better vote came: it changes nothing.
    if (improved && submission.facts.votes.decision) return
    seat.tally = countVote(seat.tally, verdict, improved)
    submission.voted |= 1 << oracle
    this.putVote(number, oracle, verdict, report, { late: false, improved })
    this.take(it, postVote(terms, this.pair(it), { oracle, verdict }, now))
  }

  /** The judge's ballot. */
  rule(number: number, ballot: Verdict, report: string): void {
    const it = this.add(number)
    const { facts } = it.submission
    const { terms } = this.challenge
    const refused = takesPart(this.challenge.facts, facts) ? refusesBallot(terms, facts.votes, ballot) : 'decided'
    if (refused) throw new MissingError(`a ballot on ${this.name(number)} could not be cast (${refused})`)
    it.vote = ballot
    this.putVote(number, JUDGE, ballot, report, { late: false, improved: false })
    this.take(it, postBallot(terms, this.pair(it), ballot))
  }

  /** Concludes what can be, in the order in which they were added, and then pays what this brings. */
  settle(delivers: (number: number, owed: { prize: bigint; back: bigint }) => boolean): void {
    for (const it of this.cases) this.settleOne(it)
    for (const it of this.cases.filter(({ concluded }) => concluded)) {
      const owed = this.owed(it)
      it.amount = owed.prize + owed.back
      if (it.amount > 0n && delivers(it.submission.facts.number, owed)) this.send(it)
    }
  }

  settleOne(it: Case): void {
    const { submission } = it
    const before = this.pair(it)
    const { step, ...after } = settle(this.challenge.terms, before, this.at.closedAt)
    if (!step) return
    this.take(it, after)
    if (step.does === 'pass_over') it.touched = true
    if (step.does !== 'conclude') return
    const { ending } = step
    const { seats } = this.challenge
    seats.forEach((seat, place) => {
      seat.tally = countConclusion(seat.tally, place, before.submission.votes, ending, this.challenge.folded !== null)
    })
    bookConclusion(this.challenge, submission.facts, ending)
    noteConclusion(this.world, this.challenge, submission, ending, this.at)
    it.concluded = true
    it.touched = true
  }

  owed({ submission }: Case): { prize: bigint; back: bigint } {
    const { back, pay } = heldFor(this.challenge, submission.facts)
    return { prize: prizeDue(this.challenge.terms, this.challenge.facts, submission.facts), back: back + pay }
  }

  /** Sends all that a submission is owed now. */
  send(it: Case): void {
    const { challenge, at } = this
    const { submission } = it
    const { back, pay } = heldFor(challenge, submission.facts)
    const prize = prizeDue(challenge.terms, challenge.facts, submission.facts)
    submission.facts = paid(challenge.terms, challenge.facts, submission.facts)
    challenge.purse.prizes -= prize
    challenge.purse.owed -= back + pay
    if (prize + back + pay === 0n) return
    challenge.paid += prize + pay
    submission.paid += prize + back + pay
    submission.paidAt = at.closedAt
    submission.paidTx = at.txHash
    const { number, solver } = submission.facts
    this.world.newPayments.push({
      ...{ eventId: at.id, challenge: challenge.id, number, solver, token: challenge.terms.token },
      ...{ prize, pay, back, at: at.closedAt, tx: at.txHash },
    })
  }

  /** What the call did with each submission that it voted on or changed. */
  rows(): Row[] {
    return this.cases.filter(({ touched, vote }) => touched || vote !== null).map(rowOf)
  }

  private pair({ submission }: Case): Pair {
    return { challenge: this.challenge.facts, submission: submission.facts }
  }

  private take(it: Case, { challenge, submission }: Pair): void {
    const { challenge: row, at } = this
    const before = it.submission.facts
    if (challenge.ended && !row.facts.ended) row.endedAt = at.closedAt
    takeFacts(this.world, row, challenge)
    it.submission.facts = submission
    noteDecision(it.submission, before, at)
    if (submission.kept !== before.kept) it.touched = true
  }

  private putVote(
    number: number,
    oracle: number,
    verdict: Verdict,
    report: string,
    how: Pick<VoteRecord, 'late' | 'improved'>,
  ): void {
    const { id: eventId, closedAt: at, ledger, txHash: tx } = this.at
    this.world.putVote({
      ...{ challenge: this.challenge.id, number, oracle, eventId, verdict, ...how },
      ...{ report, at, ledger, tx },
    })
  }

  private name(number: number): string {
    return `submission ${number} of challenge ${this.challenge.id}`
  }
}

export function rowOf({ submission, vote, concluded, amount }: Case): Row {
  const { facts, by } = submission
  return {
    number: facts.number,
    // Known, for this call concluded it.
    by: concluded && by !== NOBODY_KNOWN ? by : 'open',
    // Of what was concluded before, a row says the status alone.
    says: vote ?? (concluded ? facts.status : bare(facts.status)),
    flags: flagsOf(facts),
    status: facts.status.status,
    amount,
  }
}

function bare({ status }: Standing): Standing {
  if (status === 'scored') return { status, score: 0n, content: '0'.repeat(64), units: 0 }
  return status === 'rejected' ? { status, reason: 0 } : { status }
}

export type { Case }
