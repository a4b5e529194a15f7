/** Starts work on waiting submissions: in queue order, a bounded number at a time, and failures never hold up new ones. */

import { type Backoff, backoffMs, type Log } from '@stellartrain/service'
import { placeOf, publicError } from '../errors.ts'
import type { Graded } from './graded.ts'
import type { GradingQueue, QueueItem } from './queue.ts'

/** Fetches, opens and grades one submission; sets the item's stage on the way. Rejects when it could not be done now. */
export type Assess = (item: QueueItem) => Promise<Graded>

export type RunnerOptions = Readonly<{
  queue: GradingQueue
  assess: Assess
  /** Submissions in work at the same time; fetching waits more than it works. */
  slots: number
  policy: Backoff
  log: Log
  now: () => number
  random: () => number
  onFailure: (name: string, code: string) => void
  onChange: () => void
  signal: AbortSignal
}>

export type GradingRunner = {
  /** Starts what can be started now. */
  start(): void
}

/**
 * Which waiting items to start next, given the free slots: new ones first, retries in half of the slots at most. The challenges take
 * turns, each with its lowest numbers first, so that no number of submissions to one holds up another. Pure.
 */
export function pick(items: readonly QueueItem[], slots: number, nowMs: number): QueueItem[] {
  const busy = items.filter(({ stage }) => stage === 'fetching' || stage === 'grading')
  const retrying = busy.filter(({ attempts }) => attempts > 0).length
  const waiting = items.filter(({ stage, notBefore }) => isIdle(stage) && notBefore <= nowMs)
  const fresh = inTurns(
    waiting.filter(({ attempts }) => attempts === 0),
    busy,
  )
  const again = inTurns(
    waiting.filter(({ attempts }) => attempts > 0),
    busy,
  )
  const half = Math.max(1, Math.floor(slots / 2))
  return [...fresh, ...again.slice(0, Math.max(0, half - retrying))].slice(0, Math.max(0, slots - busy.length))
}

/** The challenge with the fewest in work goes first. */
function inTurns(items: readonly QueueItem[], busy: readonly QueueItem[]): QueueItem[] {
  const places = new Map<number, number>()
  for (const { entry } of busy) places.set(entry.challenge, (places.get(entry.challenge) ?? 0) + 1)
  const placed = items.map((item) => {
    const place = places.get(item.entry.challenge) ?? 0
    places.set(item.entry.challenge, place + 1)
    return { item, place }
  })
  return placed.sort((a, b) => a.place - b.place).map(({ item }) => item)
}

export function createGradingRunner(options: RunnerOptions): GradingRunner {
  const { queue, assess, slots, policy, log, now, random, onFailure, onChange, signal } = options

  async function work(item: QueueItem): Promise<void> {
    item.stage = 'fetching'
    try {
      item.graded = await assess(item)
      item.stage = 'voting'
      item.lastError = null
    } catch (error) {
      if (signal.aborted) return
      item.attempts++
      item.stage = 'failed_retrying'
      item.lastError = publicError(error)
      item.permanent = isPermanent(error)
      const wait = backoffMs(item.permanent ? PERMANENT : policy, item.attempts, random())
      item.notBefore = now() + wait
      setTimeout(onChange, wait + 1).unref()
      const { challenge, number } = item.entry
      onFailure('grade', item.lastError.code)
      log.warn('grading_failed', {
        challenge,
        number,
        attempts: item.attempts,
        waitMs: wait,
        ...item.lastError,
        at: placeOf(error),
      })
    }
    onChange()
  }

  return {
    start() {
      for (const item of pick(queue.all(), slots, now())) void work(item)
    },
  }
}

/** Errors that another attempt is not expected to change; still retried now and then, in case that is wrong. */
const PERMANENT: Backoff = { firstMs: 60_000, capMs: 900_000 }

function isPermanent(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === false
}

function isIdle(stage: QueueItem['stage']): boolean {
  return stage === 'waiting' || stage === 'failed_retrying'
}
