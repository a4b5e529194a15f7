/** What the chain says of one submission, gathered: its entry, the rules, and the events in which things happened to it. */
import {
  type Cid,
  type ContractEvent,
  hasFlag,
  type State,
  Status,
  type Submission,
  type Terms,
  type Token,
  Verdict,
} from '@stellartrain/contracts-client'
import type { SubmissionRef } from '../history.ts'
import type { Reason } from '../reasons.ts'

export type SubmissionStatus = 'pending' | 'scored' | 'duplicate' | 'rejected' | 'unsettled' | 'void' | 'ungraded'

export type Facts = {
  stored: Submission
  status: SubmissionStatus
  terms: Terms
  token: Token
  events: SubmissionEvents
  meets: boolean
  position: number | null
  reason: Reason | null
  held: boolean
  /** What release would send now. */
  owed: bigint
  wonPrize: boolean
  /** Null unless the challenge is ranked. */
  ranking: RankingFacts | null
}

export type RankingFacts = {
  /** Neither posted by a quorum nor decided by silence yet. */
  open: boolean
  /** From 1: in the running table while it is open, then in the ranking. */
  place: number | null
  /** By which it has its place; of the public rows while it is open or where the running table counted. */
  score: bigint | null
  /** What the place brings; 0 while it is open. */
  prize: bigint
  /** By the private rows, as a quorum posted it; else by the running table. */
  posted: boolean
}

export function statusOf(stored: Submission, state: State, terms: Terms, now: number): SubmissionStatus {
  switch (stored.verdict) {
    case Verdict.Scored:
      return 'scored'
    case Verdict.Duplicate:
      return 'duplicate'
    case Verdict.Rejected:
      return 'rejected'
    case Verdict.Unsettled:
      return 'unsettled'
    case Verdict.Void:
      return 'void'
    default:
      if (state.status === Status.Ended) return 'void'
      return BigInt(now) >= terms.grade_by ? 'ungraded' : 'pending'
  }
}

export type SubmissionEvents = {
  submitted: ContractEvent | undefined
  /** The event in which it became final. */
  verdict: ContractEvent | undefined
  /** Sent in that very transaction. */
  paidAtVerdict: bigint
  report: Cid | undefined
  /** The last release, and what all of them sent. */
  released: { event: ContractEvent; prize: bigint; deposit: bigint; silence: bigint } | undefined
  votes: number
}

export function eventsOf(events: readonly ContractEvent[], ref: SubmissionRef, number: number): SubmissionEvents {
  const found: SubmissionEvents = {
    submitted: undefined,
    verdict: undefined,
    paidAtVerdict: 0n,
    report: undefined,
    released: undefined,
    votes: 0,
  }
  for (const event of events) {
    if (event.type === 'submitted' && event.number === number) found.submitted = event
    if (event.type === 'payment_released' && event.solver === ref.solver && event.attempt === ref.attempt) {
      const before = found.released ?? { prize: 0n, deposit: 0n, silence: 0n }
      found.released = {
        event,
        prize: before.prize + event.prize,
        deposit: before.deposit + event.deposit,
        silence: before.silence + event.silence,
      }
    }
    if (event.type === 'scored' && event.votes.some((vote) => vote.number === number)) {
      found.votes++
      found.report = event.report
    }
    if (event.type === 'scored' || event.type === 'settled') {
      const row = event.settled.find((one) => one.number === number)
      if (row) {
        found.verdict = event
        found.paidAtVerdict = hasFlag(row.flags, 'prizeHeld', 'depositHeld') ? 0n : row.amount
      }
    }
  }
  return found
}

/** Everything that was sent for it, base units. */
export function paidAmount({ events: { paidAtVerdict, released } }: Facts): bigint {
  return paidAtVerdict + (released ? released.prize + released.deposit + released.silence : 0n)
}

/** Of that, what is no returned deposit. */
export function earnedAmount({ events: { paidAtVerdict, released }, wonPrize, terms }: Facts): bigint {
  const atVerdict = wonPrize && paidAtVerdict > 0n ? paidAtVerdict - terms.deposit : 0n
  return atVerdict + (released ? released.prize + released.silence : 0n)
}

/** The last event that sent money. */
export function paymentEvent({ events: { verdict, paidAtVerdict, released } }: Facts): ContractEvent | undefined {
  return released?.event ?? (paidAtVerdict > 0n ? verdict : undefined)
}
