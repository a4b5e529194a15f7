/** Errands that are run again until they succeed: one at a time per name, each failure waits longer. */
import { type PublicError, placeOf, publicError } from '../errors.ts'
import { type Backoff, backoffMs } from '../fetch/backoff.ts'
import type { Log } from '../log.ts'

/** An errand in trouble, as the public may see it. */
export type Trouble = { errand: string; attempts: number } & PublicError

export type Tries = {
  /** Whether the errand may start: not under way, not waiting for its next try, and not too many others under way. */
  ready(name: string): boolean
  /** Runs the work; never rejects: a failure is logged, remembered and waits for its next try. */
  run(name: string, work: () => Promise<void>): Promise<void>
  /** What failed last time and will be tried again. */
  troubles(): Trouble[]
}

export type TriesOptions = Readonly<{
  policy: Backoff
  /** Errands under way at the same time. */
  most: number
  log: Log
  /** Milliseconds since 1970. */
  now: () => number
  random: () => number
  /** Called when an errand has ended, however it ended, and again when its next try is due. */
  onChange: () => void
  signal: AbortSignal
}>

export function createTries({ policy, most, log, now, random, onChange, signal }: TriesOptions): Tries {
  const running = new Set<string>()
  const failed = new Map<string, { attempts: number; notBefore: number; error: PublicError }>()
  return {
    ready: (name) => running.size < most && !running.has(name) && (failed.get(name)?.notBefore ?? 0) <= now(),
    troubles: () => [...failed].map(([errand, { attempts, error }]) => ({ errand, attempts, ...error })),
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
          log.warn('try_again', { errand: name, attempts, waitMs: wait, ...error, at: placeOf(cause) })
          setTimeout(onChange, wait + 1).unref()
        }
      } finally {
        running.delete(name)
        onChange()
      }
    },
  }
}
