/** The scheduler: after every change it updates the queue, starts gradings and tasks, and sends the most urgent transaction. */

import type { Log } from '@stellartrain/service'
import type { Challenge } from '../chain/challenge.ts'
import type { PollInterval } from '../chain/poll-interval.ts'
import type { Watch } from '../chain/watch.ts'
import type { EpochPosting } from '../earnings/epoch.ts'
import { placeOf, publicError } from '../errors.ts'
import type { Graded } from '../grading/graded.ts'
import type { PrivateScores } from '../grading/private-scores.ts'
import type { GradingQueue, QueueItem } from '../grading/queue.ts'
import { createGradingRunner } from '../grading/runner.ts'
import type { Recounting } from '../recount/opening.ts'
import type { BatchSizes } from '../voting/batch-size.ts'
import type { Decisions } from './decisions.ts'
import { type Duty, dutiesOf } from './duties.ts'
import { createGaps } from './gaps.ts'
import { createRetries, type RetryingTask } from './retry.ts'
import { createSendQueue } from './send-queue.ts'
import { createTasks, type TaskDeps } from './tasks.ts'
import { tick } from './tick.ts'
import { createTurns } from './turns.ts'

export type SchedulerDeps = Readonly<{
  watch: Watch
  interval: PollInterval
  queue: GradingQueue
  decisions: Decisions
  privateScores: PrivateScores
  batchSizes: BatchSizes
  /** What the background tasks do. */
  work: Pick<TaskDeps, 'inspect' | 'makeRanking' | 'publishOpening' | 'backfill'>
  recounting: Recounting
  /** The next epoch of earnings, to be posted. */
  epochOf(challenge: number): EpochPosting | undefined
  /** Whether fees of a challenge cannot be received now. */
  unreceivable(challenge: number): boolean
  /** Submissions in work at the same time; fetching waits more than it works. */
  slots: number
  assess(item: QueueItem, challenge: Challenge): Promise<Graded>
  /** Called for a challenge in which nothing is left to do. */
  forgotten(challenge: number): void
  /** Sends the transaction of a duty. */
  perform(duty: Duty): Promise<void>
  /** Counts a failure. */
  failed(task: string, code: string): void
  log: Log
  /** Milliseconds that only grow. */
  now: () => number
  random: () => number
  signal: AbortSignal
}>

export type Scheduler = {
  /** Starts whatever can start now. `changed`: whether those who subscribed should look again. */
  advance(changed?: boolean): void
  /** Calls back after each change until the returned function is called. */
  subscribe(listener: () => void): () => void
  /** Transactions and tasks that failed and will be retried. */
  retrying(): RetryingTask[]
}

export function createScheduler(deps: SchedulerDeps): Scheduler {
  const { watch, queue, decisions, batchSizes, privateScores, log, now, random, signal } = deps
  const listeners = new Set<() => void>()
  const retry = {
    log,
    now,
    random,
    onFailure: (name: string, code: string) => deps.failed(name.split('/')[0] ?? name, code),
    onChange: () => advance(),
    signal,
  }
  const retries = {
    needed: createRetries({ ...retry, policy: { firstMs: 1_000, capMs: 30_000 }, most: 8 }),
    inspecting: createRetries({ ...retry, policy: { firstMs: 1_000, capMs: 30_000 }, most: 8 }),
    opening: createRetries({ ...retry, policy: { firstMs: 1_000, capMs: 60_000 }, most: 2 }),
  }
  const sending = createRetries({ ...retry, policy: { firstMs: 500, capMs: 8_000 }, most: 1 })
  const tasks = createTasks({ ...deps.work, recounting: deps.recounting, retries, watch, decisions, log, now })
  const ticking = {
    watch,
    queue,
    privateScores,
    tasks,
    gaps: createGaps(),
    undeliverable: batchSizes.held,
    unclosable: decisions.unclosable,
    forgotten: deps.forgotten,
    now,
  }
  const runner = createGradingRunner({
    ...retry,
    queue,
    slots: deps.slots,
    policy: { firstMs: 500, capMs: 15_000 },
    async assess(item) {
      const challenge = watch.get(item.entry.challenge)
      if (challenge === undefined) throw new Error('The challenge is no longer followed.')
      return deps.assess(item, challenge)
    },
  })
  const turns = createTurns()
  const facts = {
    itemOf: queue.get,
    limit: batchSizes.limit,
    approved: (challenge: number) => decisions.get(challenge) === 'approved',
    openingOf: decisions.openingOf,
    rankingOf: decisions.rankingOf,
    undeliverable: batchSizes.held,
    unreceivable: deps.unreceivable,
    unclosable: decisions.unclosable,
    recountOf: deps.recounting.next,
    epochOf: deps.epochOf,
  }
  const sendQueue = createSendQueue(duties, deps.perform, sending)

  function duties(): Duty[] {
    const closed = watch.clock()?.closedAt
    if (closed === undefined || signal.aborted) return []
    const due = dutiesOf(watch.challenges(), { ...facts, now: closed })
    return due.filter((duty) => turns.allows(duty, now(), deps.interval.ledgerMs()))
  }

  function advance(changed = true): void {
    if (signal.aborted) return
    try {
      tick(ticking)
      runner.start()
      sendQueue.wake()
    } catch (error) {
      log.error('unexpected', { ...publicError(error), at: placeOf(error) })
    }
    if (changed) for (const listener of listeners) listener()
  }

  return {
    advance,
    subscribe(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    retrying: () => [...Object.values(retries), sending].flatMap((group) => group.retrying()),
  }
}
