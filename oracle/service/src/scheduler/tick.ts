/** One tick: brings the grading queue up to date with the chain and starts the background tasks that are due. */
import { refuseRule } from '../acceptance/served-rules.ts'
import { type Challenge, known, missingEntries } from '../chain/challenge.ts'
import { owedVotes, owesAcceptance, owesRanking, owesReveal } from '../chain/owed.ts'
import type { Watch } from '../chain/watch.ts'
import type { PrivateScores } from '../grading/private-scores.ts'
import type { GradingQueue } from '../grading/queue.ts'
import { forgettable } from './duties.ts'
import type { Gaps } from './gaps.ts'
import type { Tasks } from './tasks.ts'

/** Submissions of one challenge that are graded ahead of the next vote. */
const LOOKAHEAD = 120

export type TickDeps = Readonly<{
  watch: Watch
  queue: GradingQueue
  privateScores: PrivateScores
  tasks: Tasks
  gaps: Gaps
  /** Whether payments to this solver failed repeatedly. */
  undeliverable(challenge: number, solver: string): boolean
  /** Milliseconds since 1970. */
  now: () => number
}>

/** Cheap when nothing has changed. */
export function tick(deps: TickDeps): void {
  const { watch, queue, tasks } = deps
  const now = watch.clock()?.closedAt
  if (now === undefined) return
  for (const { entry } of queue.all()) if (watch.get(entry.challenge) === undefined) queue.drop(entry.challenge)
  for (const challenge of watch.challenges()) {
    if (forgettable(challenge, now, deps.undeliverable)) {
      watch.forget(challenge.id)
      deps.privateScores.drop(challenge.id)
      queue.drop(challenge.id)
      continue
    }
    const refused = refuseRule(challenge.terms)
    if (refused !== undefined) {
      tasks.refuse(challenge, refused)
      continue
    }
    updateQueue(challenge, now, deps)
    if (owesAcceptance(challenge, now)) tasks.inspect(challenge)
    if (owesRanking(challenge, now, challenge.ranked)) tasks.rank(challenge)
    if (owesReveal(challenge, now, challenge.revealed)) tasks.open(challenge)
  }
}

/** Adds what is owed, removes what was voted on, and looks for submissions whose event was missed. */
function updateQueue(challenge: Challenge, now: bigint, { queue, tasks, gaps, now: wall }: TickDeps): void {
  const { id } = challenge
  const owed = owedVotes(challenge, now)
  if (owed === undefined) {
    queue.drop(id)
    return
  }
  queue.dropThrough(id, owed.first - 1)
  const span = { first: owed.first, last: Math.min(owed.last, owed.first + LOOKAHEAD - 1) }
  for (const entry of known(challenge, span)) queue.add(entry)
  const missing = missingEntries(challenge, span.first, span.last)
  if (gaps.lasting(id, missing, wall())) tasks.find(challenge, span)
}
