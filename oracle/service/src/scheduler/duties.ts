/** What this oracle should send to the ledger now, most urgent first: pure, from the chain's state and the work in hand. */
import { refuseRule } from '../acceptance/served-rules.ts'
import type { Challenge, Due } from '../chain/challenge.ts'
import type { Entry } from '../chain/entry.ts'
import { feesDue, isDone, owedVotes, owesAcceptance, owesRanking, owesReveal } from '../chain/owed.ts'
import { isRanked } from '../chain/payout.ts'
import { phaseOf } from '../chain/phase.ts'
import type { QueueItem } from '../grading/queue.ts'
import type { Ranking } from '../ranking/ranking.ts'
import { nextBatch, type Progress } from '../voting/batch.ts'
import { fill, type VoteBatch } from '../voting/post-scores.ts'
import { toSettle } from '../voting/settle.ts'

/** One transaction to send. A duty is taken from the present state each time, so doing it again does no harm. */
export type Duty = Readonly<{ challenge: Challenge }> &
  (
    | Readonly<{ kind: 'vote'; batch: VoteBatch }>
    | Readonly<{ kind: 'settle'; batch: readonly Entry[] }>
    | Readonly<{ kind: 'rank'; ranking: Ranking }>
    | Readonly<{ kind: 'release'; due: Due }>
    | Readonly<{ kind: 'accept' }>
    | Readonly<{ kind: 'reveal'; opening: string }>
    | Readonly<{ kind: 'withdraw' }>
  )

export type Facts = Readonly<{
  /** Time of the last closed ledger, unix seconds. */
  now: bigint
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
}>

/** Attempts before a submission can be given up: a gateway that was down for a moment is not a reason. */
const LEAST_ATTEMPTS = 3

/** In the order in which people wait for them. */
const URGENCY = ['vote', 'settle', 'rank', 'release', 'accept', 'reveal', 'withdraw'] as const

export function dutiesOf(challenges: readonly Challenge[], facts: Facts): Duty[] {
  const duties = challenges.flatMap((challenge) => of(challenge, facts))
  const rank = (duty: Duty) => URGENCY.indexOf(duty.kind)
  return duties.sort((a, b) => rank(a) - rank(b) || age(a) - age(b) || a.challenge.id - b.challenge.id)
}

/** Whether there is nothing left to do in a challenge, ever. */
export function forgettable(
  challenge: Challenge,
  now: bigint,
  undeliverable: Facts['undeliverable'] = () => false,
): boolean {
  const served = refuseRule(challenge.terms) === undefined
  if (served && isRanked(challenge.terms) && phaseOf(challenge, now) === 'over') {
    const { due, id } = challenge
    // Undefined: what is due has yet to be read.
    if (due === undefined || due.some(({ solver }) => !undeliverable(id, solver))) return false
  }
  return isDone(challenge, now, challenge.revealed || !served)
}

function of(challenge: Challenge, facts: Facts): Duty[] {
  const { now } = facts
  const { id } = challenge
  const duties: Duty[] = []
  // Accepted by another program with this key: what it earned can be taken, its work cannot be done here.
  if (refuseRule(challenge.terms) !== undefined)
    return feesDue(challenge, now) > 0n ? [{ kind: 'withdraw', challenge }] : []
  const owed = owedVotes(challenge, now)
  if (owed !== undefined) {
    const progressOf = (number: number) => progress(facts.itemOf(id, number))
    const rules = { patience: challenge.terms.patience, now, max: facts.limit(id) }
    const batch = fill(challenge, nextBatch(owed, progressOf, rules))
    if (batch.length > 0) duties.push({ kind: 'vote', challenge, batch })
  }
  const open = toSettle(challenge, now)
  if (open.length > 0) duties.push({ kind: 'settle', challenge, batch: open.slice(0, facts.limit(id)) })
  const ranking = facts.rankingOf(id)
  if (ranking !== undefined && owesRanking(challenge, now, challenge.ranked))
    duties.push({ kind: 'rank', challenge, ranking })
  const due = challenge.due?.find(({ solver }) => !facts.undeliverable(id, solver))
  if (due !== undefined) duties.push({ kind: 'release', challenge, due })
  if (owesAcceptance(challenge, now) && facts.approved(id)) duties.push({ kind: 'accept', challenge })
  const opening = facts.openingOf(id)
  if (opening !== undefined && owesReveal(challenge, now, challenge.revealed))
    duties.push({ kind: 'reveal', challenge, opening })
  if (feesDue(challenge, now) > 0n) duties.push({ kind: 'withdraw', challenge })
  return duties
}

function progress(item: QueueItem | undefined): Progress | undefined {
  if (item === undefined) return undefined
  // What was fetched is being graded at this moment: giving up on it now would waste the work.
  const failed = (item.permanent || item.attempts >= LEAST_ATTEMPTS) && item.stage !== 'grading'
  return { since: item.entry.time, failed, ...(item.verdict && { verdict: item.verdict }) }
}

/** The time of the oldest submission that waits for a duty. */
function age(duty: Duty): number {
  if (duty.kind === 'vote') return Number(duty.batch[0]?.entry.time ?? 0)
  if (duty.kind === 'settle') return Number(duty.batch[0]?.time ?? 0)
  return duty.kind === 'accept' ? Number(duty.challenge.terms.accept_by) : 0
}
