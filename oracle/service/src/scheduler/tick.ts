/** One tick: brings the grading queue up to date with the chain and starts the background tasks that are due. */
import { refuseRule } from '../acceptance/served-rules.ts'
import { type Challenge, lacksEntries, missingEntries, ownVote } from '../chain/challenge.ts'
import type { Watch } from '../chain/watch.ts'
import type { PrivateScores } from '../grading/private-scores.ts'
import type { GradingQueue, QueueItem } from '../grading/queue.ts'
import { dueVotes, owedVotes } from '../voting/votes.ts'
import { forgettable } from './duties.ts'
import type { Gaps } from './gaps.ts'
import { lingers } from './lingers.ts'
import { mayOweRecount, owesAcceptance, owesRanking, owesReveal } from './owed.ts'
import type { Tasks } from './tasks.ts'

/** Submissions of one challenge that wait to be graded for the first time. What failed is not counted: it must not be in their way. */
const LOOKAHEAD = 120

export type TickDeps = Readonly<{
  watch: Watch
  queue: GradingQueue
  privateScores: PrivateScores
  tasks: Tasks
  gaps: Gaps
  /** Whether payments to this solver failed repeatedly. */
  undeliverable(challenge: number, solver: string): boolean
  /** Whether a `close` that was due came to nothing. */
  unclosable(challenge: number): boolean
  /** Called for a challenge in which nothing is left to do. */
  forgotten(challenge: number): void
  /** Milliseconds that only grow. */
  now: () => number
}>

/** Cheap when nothing has changed. */
export function tick(deps: TickDeps): void {
  const { watch, queue, tasks } = deps
  const now = watch.clock()?.closedAt
  if (now === undefined) return
  for (const { entry } of queue.all()) if (watch.get(entry.challenge) === undefined) queue.drop(entry.challenge)
  for (const challenge of watch.challenges()) {
    if (forgettable(challenge, now, deps) && !lingers(challenge, now)) {
      watch.forget(challenge.id)
      deps.privateScores.drop(challenge.id)
      queue.drop(challenge.id)
      deps.forgotten(challenge.id)
      continue
    }
    const refused = refuseRule(challenge)
    if (refused !== undefined) {
      tasks.refuse(challenge, refused)
      continue
    }
    updateQueue(challenge, now, deps)
    if (owesAcceptance(challenge, now)) tasks.inspect(challenge)
    if (owesRanking(challenge, now)) tasks.rank(challenge)
    if (mayOweRecount(challenge, now)) tasks.recount(challenge, now)
    if (owesReveal(challenge, now)) tasks.open(challenge)
  }
}

/** Adds what is owed, removes what needs no vote any more, and looks for submissions whose event was missed. */
function updateQueue(challenge: Challenge, now: number, { queue, tasks, gaps, now: monotonic }: TickDeps): void {
  const { id, entries } = challenge
  const lacks = lacksEntries(challenge) ? missingEntries(challenge) : []
  if (gaps.lasting(id, lacks, monotonic())) tasks.find(challenge)
  const owed = owedVotes(challenge, now)
  queue.keep(id, new Set(owed.map(({ number }) => number)))
  let room = LOOKAHEAD - queue.of(id).filter(isFresh).length
  for (const submission of owed) {
    const entry = entries.get(submission.number)
    if (entry === undefined || queue.get(id, entry.number) !== undefined) continue
    // What was given up once and can still be improved waits for its turn among the failures.
    if (ownVote(challenge, submission) === undefined && room-- <= 0) break
    queue.add(entry)
  }
  noteWaiting(challenge, now, queue)
}

const isFresh = ({ stage, attempts }: QueueItem): boolean =>
  attempts === 0 && (stage === 'waiting' || stage === 'fetching' || stage === 'grading')

/** What is graded and not due yet waits for lower numbers. */
function noteWaiting(challenge: Challenge, now: number, queue: GradingQueue): void {
  const graded = queue.of(challenge.id).filter((item) => item.graded !== undefined)
  if (graded.length === 0) return
  const due = new Set(
    dueVotes(challenge, (number) => queue.get(challenge.id, number), now).map(({ entry }) => entry.number),
  )
  for (const item of graded) item.stage = due.has(item.entry.number) ? 'voting' : 'waiting_lower'
}
