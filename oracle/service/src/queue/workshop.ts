/** Starts work on waiting submissions: in the order of the queue, so many at a time, and failures never hold up fresh ones. */
import { placeOf, publicError } from '../errors.ts'
import { type Backoff, backoffMs } from '../fetch/backoff.ts'
import type { Log } from '../log.ts'
import type { Ballot } from '../vote/ballot.ts'
import type { Item, Tray } from './tray.ts'

/** Fetches, opens and grades one submission; sets the item's stage on the way. Rejects when it could not be done now. */
export type Assess = (item: Item) => Promise<Ballot>

export type WorkshopOptions = Readonly<{
  tray: Tray
  assess: Assess
  /** Submissions in work at the same time; fetching waits more than it works. */
  slots: number
  policy: Backoff
  log: Log
  now: () => number
  random: () => number
  onChange: () => void
  signal: AbortSignal
}>

export type Workshop = {
  /** Starts what can be started now. */
  start(): void
}

/** Which waiting items to start next, given the free slots: new ones first, retries in half of the slots at most. Pure. */
export function pick(items: readonly Item[], slots: number, nowMs: number): Item[] {
  const busy = items.filter(({ stage }) => stage === 'fetching' || stage === 'grading')
  const retrying = busy.filter(({ attempts }) => attempts > 0).length
  const waiting = items.filter(({ stage, notBefore }) => isIdle(stage) && notBefore <= nowMs)
  const fresh = waiting.filter(({ attempts }) => attempts === 0)
  const again = waiting.filter(({ attempts }) => attempts > 0)
  const half = Math.max(1, Math.floor(slots / 2))
  return [...fresh, ...again.slice(0, Math.max(0, half - retrying))].slice(0, Math.max(0, slots - busy.length))
}

export function createWorkshop(options: WorkshopOptions): Workshop {
  const { tray, assess, slots, policy, log, now, random, onChange, signal } = options

  async function work(item: Item): Promise<void> {
    item.stage = 'fetching'
    try {
      item.ballot = await assess(item)
      item.stage = 'voting'
      item.lastError = null
    } catch (error) {
      if (signal.aborted) return
      item.attempts++
      item.stage = 'failed_retrying'
      item.lastError = publicError(error)
      item.hopeless = isHopeless(error)
      const wait = backoffMs(item.hopeless ? HOPELESS : policy, item.attempts, random())
      item.notBefore = now() + wait
      setTimeout(onChange, wait + 1).unref()
      const { challenge, number } = item.entry
      log.warn('submission_failed', {
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
      for (const item of pick(tray.all(), slots, now())) void work(item)
    },
  }
}

/** What no later try will change, as far as this oracle can tell; still tried now and then, for it may be wrong. */
const HOPELESS: Backoff = { firstMs: 60_000, capMs: 900_000 }

function isHopeless(error: unknown): boolean {
  return error instanceof Error && 'retryable' in error && error.retryable === false
}

function isIdle(stage: Item['stage']): boolean {
  return stage === 'waiting' || stage === 'failed_retrying'
}
