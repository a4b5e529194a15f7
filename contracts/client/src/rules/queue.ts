/** What settling does with one open submission, and when waiting ends, `contracts/model/src/queue.rs`. */
import type { Challenge, Decision, Standing, Submission, Terms } from './facts.ts'
import { end, isOver, quorum } from './terms.ts'
import { votesCast } from './votes.ts'

/** How a submission is concluded: by a decision; by nobody before the end; or because its turn never came. */
export type Ending = Decision | 'unsettled' | 'void'

/**
 * Why nothing happens yet:
 * - `turn`: an earlier submission of the bounty is first
 * - `votes`: fewer than m oracles have voted
 * - `patience`: m voted and do not agree; others, or its solver, still have time
 * - `quorum`: m voted and do not agree, and no queue waits for it: more votes, the judge or the end decide
 * - `end`: the judge's ballot is carried out from the end on
 */
export type Why = 'turn' | 'votes' | 'patience' | 'quorum' | 'end'

export type Step =
  /** It is concluded; `queued`: the queue's head moves onto it. */
  | { does: 'conclude'; ending: Ending; queued: boolean }
  /** The queue moves on without it; it stays open for the votes that are missing and for the judge. */
  | { does: 'pass_over' }
  | { does: 'nothing'; why: Why }

type QueueTerms = Pick<Terms, 'payout' | 'oracles' | 'patience' | 'gradeBy' | 'judge'>
type Queue = Pick<Challenge, 'ended' | 'head'>
type Waiting = Pick<Submission, 'number' | 'time' | 'passed' | 'kept' | 'votes'>

const byQuorum = (decision: Decision | null): decision is Decision => decision !== null && decision.by !== 'judge'

/** The status that an ending leaves behind. */
export const standingOf = (ending: Ending): Standing =>
  ending === 'unsettled' || ending === 'void' ? { status: ending } : ending.verdict

/** The rule of `settle` for a submission that is not concluded. `now` in unix seconds. */
export function step(terms: QueueTerms, { ended, head }: Queue, it: Waiting, now: number): Step {
  const over = isOver(terms, now)
  const queued = terms.payout.rule === 'bounty' && !it.passed && !over
  const { decision } = it.votes
  const conclude = (ending: Ending): Step => ({ does: 'conclude', ending, queued: queued && !ended })
  if (ended && !it.kept) return conclude(it.passed && byQuorum(decision) ? decision : 'void')
  if (queued && it.number !== head + 1) return { does: 'nothing', why: 'turn' }
  if (decision && (byQuorum(decision) || over)) return conclude(decision)
  if (over) return conclude('unsettled')
  if (queued && now >= passOverFrom(terms, it)) return { does: 'pass_over' }
  return { does: 'nothing', why: reason(terms, it, queued) }
}

/**
 * From when on the queue may pass over this submission if no further vote comes and its turn has come, unix seconds: all have
 * voted or one patience has passed since the m-th vote, and two patiences since the submission. Infinity below m votes.
 */
export function passOverFrom(terms: QueueTerms, { time, votes }: Pick<Submission, 'time' | 'votes'>): number {
  if (votes.mth === null) return Number.POSITIVE_INFINITY
  const heard = votesCast(votes) === terms.oracles.length ? 0 : votes.mth + terms.patience
  return Math.max(heard, time + 2 * terms.patience)
}

/** When settling does something with this submission at the earliest if nobody votes, rules or settles another one, and what. */
export function earliest(
  terms: QueueTerms,
  queue: Queue,
  it: Waiting,
  now: number,
): { at: number; does: 'conclude' | 'pass_over' } {
  for (const at of [now, passOverFrom(terms, it)]) {
    if (at < now || at >= end(terms)) continue
    const next = step(terms, queue, it, at)
    if (next.does !== 'nothing') return { at, does: next.does }
  }
  return { at: Math.max(now, end(terms)), does: 'conclude' }
}

function reason({ oracles }: QueueTerms, { votes }: Waiting, queued: boolean): Why {
  if (votes.decision) return 'end'
  if (votesCast(votes) < quorum({ oracles })) return 'votes'
  return queued ? 'patience' : 'quorum'
}
