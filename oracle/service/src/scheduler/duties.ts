/** What this oracle should send to the ledger now, most urgent first: pure, from the chain's state and the work in hand. */
import { refuseRule } from '../acceptance/served-rules.ts'
import type { Challenge, Due } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import type { EpochPosting } from '../earnings/epoch.ts'
import type { QueueItem } from '../grading/queue.ts'
import type { Ranking } from '../ranking/ranking.ts'
import type { RecountStep } from '../recount/opening.ts'
import { toSettle } from '../voting/settle.ts'
import { dueVotes, type OwnVote } from '../voting/votes.ts'
import {
  feesDue,
  isServed,
  mayAccept,
  mayOweClose,
  mayOweRecount,
  mayPostRanking,
  owesAcceptance,
  owesClose,
  owesRanking,
  owesReveal,
} from './owed.ts'

/** One transaction to send. A duty is taken from the present state each time, so doing it again does no harm. */
export type Duty = Readonly<{ challenge: Challenge }> &
  (
    | Readonly<{ kind: 'vote'; batch: readonly OwnVote[] }>
    | Readonly<{ kind: 'settle'; batch: readonly Entry[] }>
    | Readonly<{ kind: 'rank'; ranking: Ranking }>
    | Readonly<{ kind: 'release'; due: Due }>
    | Readonly<{ kind: 'earn'; posting: EpochPosting }>
    | Readonly<{ kind: 'accept' }>
    | Readonly<{ kind: 'reveal'; opening: string }>
    | Readonly<{ kind: 'withdraw' }>
    | Readonly<{ kind: 'recount'; step: RecountStep }>
    | Readonly<{ kind: 'close' }>
  )

export type Facts = Readonly<{
  /** Time of the last closed ledger, unix seconds. */
  now: number
  itemOf(challenge: number, number: number): QueueItem | undefined
  /** The most votes for one transaction. */
  limit(challenge: number): number
  approved(challenge: number): boolean
  /** CID of the opening that was published. */
  openingOf(challenge: number): string | undefined
  /** What was computed and published, to be posted. */
  rankingOf(challenge: number): Ranking | undefined
  /** Whether a payment to this solver failed repeatedly; it is left for the solver to release. */
  undeliverable(challenge: number, solver: string): boolean
  /** Whether this oracle cannot receive its fees now, e.g. without a trustline. */
  unreceivable?(challenge: number): boolean
  /** Whether a `close` that was due came to nothing. */
  unclosable?(challenge: number): boolean
  /** What a judge that grades is to be sent next, where it may owe something. */
  recountOf?(challenge: Challenge, now: number): RecountStep | undefined
  /** The next epoch of earnings as this oracle came to it, to be posted. */
  epochOf?(challenge: number): EpochPosting | undefined
}>

/** In the order in which people wait for them. A vote, a settlement and a payment come by age: a stream of votes must not keep money back. */
const URGENCY = {
  vote: 0,
  settle: 0,
  release: 0,
  rank: 1,
  recount: 1,
  earn: 1,
  accept: 2,
  reveal: 3,
  withdraw: 4,
  close: 5,
} as const

export function dutiesOf(challenges: readonly Challenge[], facts: Facts): Duty[] {
  const duties = challenges.flatMap((challenge) => of(challenge, facts))
  const rank = (duty: Duty) => URGENCY[duty.kind]
  return duties.sort((a, b) => rank(a) - rank(b) || age(a) - age(b) || a.challenge.id - b.challenge.id)
}

type Left = Partial<Pick<Facts, 'undeliverable' | 'unclosable'>>

/** Whether there is nothing left to do in a challenge, ever. */
export function forgettable(challenge: Challenge, now: number, left: Left = {}): boolean {
  if (!served(challenge, now, left)) return false
  if (refuseRule(challenge) !== undefined) return true
  return left.unclosable?.(challenge.id) === true || !mayOweClose(challenge, now)
}

/** Whether nothing is left that anybody waits for. */
export function served(challenge: Challenge, now: number, { undeliverable }: Left = {}): boolean {
  if (refuseRule(challenge) !== undefined) return isServed({ ...challenge, revealed: true }, now)
  const { due, id, phase } = challenge
  // Undefined: what is due has yet to be read.
  if (phase === undefined || due.some(({ solver }) => !undeliverable?.(id, solver))) return false
  return isServed(challenge, now)
}

function of(challenge: Challenge, facts: Facts): Duty[] {
  const { now } = facts
  const { id } = challenge
  const duties: Duty[] = []
  // Accepted by another program with this key: what it earned can be taken, its work cannot be done here.
  const takes = feesDue(challenge, now) > 0n && !facts.unreceivable?.(id)
  if (refuseRule(challenge) !== undefined) return takes ? [{ kind: 'withdraw', challenge }] : []
  const limit = facts.limit(id)
  const batch = dueVotes(challenge, (number) => facts.itemOf(id, number), now).slice(0, limit)
  if (batch.length > 0) duties.push({ kind: 'vote', challenge, batch })
  const open = toSettle(challenge, now).slice(0, limit)
  if (open.length > 0) duties.push({ kind: 'settle', challenge, batch: open })
  const ranking = facts.rankingOf(id)
  // Who ranks settles first: what a settlement scores could belong into the ranking.
  const ranks = open.length === 0 && owesRanking(challenge, now)
  if (ranks && ranking !== undefined && mayPostRanking(challenge, ranking.hash))
    duties.push({ kind: 'rank', challenge, ranking })
  const posting = facts.epochOf?.(id)
  if (posting !== undefined) duties.push({ kind: 'earn', challenge, posting })
  const due = challenge.due.find(({ solver }) => !facts.undeliverable(id, solver))
  if (due !== undefined) duties.push({ kind: 'release', challenge, due })
  if (owesAcceptance(challenge, now) && facts.approved(id) && mayAccept(challenge))
    duties.push({ kind: 'accept', challenge })
  // What is decided is settled first, for then the judge is not asked about it.
  const step = open.length === 0 && mayOweRecount(challenge, now) ? facts.recountOf?.(challenge, now) : undefined
  if (step !== undefined) duties.push({ kind: 'recount', challenge, step })
  const opening = facts.openingOf(id)
  if (opening !== undefined && owesReveal(challenge, now)) duties.push({ kind: 'reveal', challenge, opening })
  if (takes) duties.push({ kind: 'withdraw', challenge })
  // Who closes settles and pays first: what is owed to others is not the maker's, and a record counts what is concluded.
  const closes = open.length === 0 && due === undefined && owesClose(challenge, now)
  if (closes && !facts.unclosable?.(id)) duties.push({ kind: 'close', challenge })
  return duties
}

/** The time of the oldest submission that waits for a duty. */
function age(duty: Duty): number {
  if (duty.kind === 'vote') return duty.batch[0]?.entry.time ?? 0
  if (duty.kind === 'settle') return duty.batch[0]?.time ?? 0
  if (duty.kind === 'release') return duty.challenge.entries.get(duty.due.number)?.time ?? 0
  return duty.kind === 'accept' ? duty.challenge.terms.acceptBy : 0
}
