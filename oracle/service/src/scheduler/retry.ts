/** Tasks that are retried until they succeed: one at a time per name, with a longer wait after each failure. */

import { type Backoff, backoffMs, type Log } from '@stellartrain/service'
import { type PublicError, placeOf, publicError } from '../errors.ts'

/** A task that failed and will be retried, as the public may see it. */
export type RetryingTask = { task: string; attempts: number } & PublicError

export type Retries = {
  /** Whether the task may start: not running, not waiting for its next attempt, and fewer than `most` others running. */
  ready(name: string): boolean
  /** Runs the work; never rejects: a failure is logged and waits for its next attempt. */
  run(name: string, work: () => Promise<void>): Promise<void>
  /** What failed last time and will be retried. */
  retrying(): RetryingTask[]
}

export type RetryOptions = Readonly<{
  policy: Backoff
  /** Tasks that may run at the same time. */
  most: number
  log: Log
  /** Milliseconds that only grow. */
  now: () => number
  random: () => number
  /** Counts a failure by its code. */
  onFailure: (name: string, code: string) => void
  /** Called when a task has ended, however it ended, and again when its next attempt is due. */
  onChange: () => void
  signal: AbortSignal
}>

export function createRetries({ policy, most, log, now, random, onFailure, onChange, signal }: RetryOptions): Retries {
  const running = new Set<string>()
  const failed = new Map<string, { attempts: number; notBefore: number; error: PublicError }>()
  return {
    ready: (name) => running.size < most && !running.has(name) && (failed.get(name)?.notBefore ?? 0) <= now(),
    retrying: () => [...failed].map(([task, { attempts, error }]) => ({ task, attempts, ...error })),
    async run(name, work) {
      running.add(name)
      try {
        await work()
        failed.delete(name)
      } catch (cause) {
        if (!signal.aborted) {
          const attempts = (failed.get(name)?.attempts ?? 0) + 1
          const wait = backoffMs(policy, attempts, random())
          const error = publicError(cause)
          failed.set(name, { attempts, notBefore: now() + wait, error })
          onFailure(name, error.code)
          log.warn('task_failed', { task: name, attempts, waitMs: wait, ...error, at: placeOf(cause) })
          setTimeout(onChange, wait + 1).unref()
        }
      } finally {
        running.delete(name)
        onChange()
      }
    },
  }
}
