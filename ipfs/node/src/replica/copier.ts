/**
 * Makes a replica keep what is pinned here, and no longer what was let go here and was brought there by us: in the background, so that
 * nobody waits for it, and no failure is final.
 */
import type { Log } from '@stellartrain/service'
import type { Copies } from './copies.ts'
import { type Replica, ReplicaError, type ReplicaErrorCode } from './replica.ts'

export type ReplicaStatus = {
  kind: string
  url: string
  /** `retrying`: what still waits has failed before. `unreachable`: the replica does not answer. */
  state: 'copying' | 'up_to_date' | 'retrying' | 'unreachable'
  /** How many roots are known to be kept there, and how many are still to be compared, copied or let go there. */
  kept: number
  waiting: number
  lastError: { code: ReplicaErrorCode; message: string; cid: string | null; at: string } | null
}

export type Copier = {
  /** This was pinned just now. */
  notice: (cid: string) => void
  /** This is to be kept there; nothing happens where that is known. */
  want: (cid: string) => void
  /** This was let go here just now. */
  letGo: (cid: string) => void
  status: () => ReplicaStatus
  close: () => Promise<void>
}

export type CopierDeps = {
  replica: Replica
  /** All that is kept here: the queue is derived from it at every start, so a killed process forgets nothing. */
  pinned: () => AsyncIterable<{ toString(): string }>
  isPinned: (cid: string) => Promise<boolean>
  copies: Copies
  archiveOf: (cid: string) => AsyncIterable<Uint8Array>
  log: Log
  /** The pause after a failure, doubled with each further one up to `longestPauseMs`. */
  firstPauseMs?: number
  longestPauseMs?: number
}

export function startCopier(deps: CopierDeps): Copier {
  const { replica, copies, log, firstPauseMs = 1000, longestPauseMs = 60_000 } = deps
  /** `due` in milliseconds of `performance.now()`, which a clock that is set does not move. */
  const waiting = new Map<string, { failures: number; due: number }>()
  const kept = new Set<string>()
  const stop = new AbortController()
  let listed = false
  let outages = 0
  let lastError: ReplicaStatus['lastError'] = null
  let wake = () => {}

  const pauseAfter = (failures: number) => Math.min(longestPauseMs, firstPauseMs * 2 ** Math.min(failures - 1, 20))

  /** Ends early when something new is pinned: it costs one question, and the replica may be back. */
  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = ms === Number.POSITIVE_INFINITY ? undefined : setTimeout(resolve, ms)
      wake = () => {
        clearTimeout(timer)
        resolve()
      }
    })
  }

  const queue = (cid: string) => void waiting.set(cid, { failures: 0, due: 0 })

  async function list(): Promise<void> {
    for await (const cid of deps.pinned()) queue(cid.toString())
    // What was let go while nobody told us, or could be told.
    for await (const cid of copies.all()) queue(cid)
    listed = true
  }

  /** Makes it there what it is here at this moment. */
  async function settle(cid: string): Promise<void> {
    const asked = waiting.get(cid)
    await ((await deps.isPinned(cid)) ? bringOver(cid) : takeBack(cid))
    // What was pinned or let go meanwhile waits anew.
    if (waiting.get(cid) === asked) waiting.delete(cid)
  }

  async function bringOver(cid: string): Promise<void> {
    if (!(await replica.has(cid, stop.signal))) {
      // First: a process that is killed between the two must not forget what it brought.
      await copies.add(cid)
      await replica.put(cid, deps.archiveOf(cid), stop.signal)
      log.info('replicated', { cid })
    }
    kept.add(cid)
    outages = 0
  }

  async function takeBack(cid: string): Promise<void> {
    kept.delete(cid)
    if (!(await copies.has(cid))) return
    await replica.drop(cid, stop.signal)
    await copies.drop(cid)
    outages = 0
    log.info('replica_let_go', { cid })
  }

  /** Notes the failure and says how long everything has to rest for it. */
  function failed(cid: string | null, error: unknown): number {
    const { code, message } =
      error instanceof ReplicaError ? error : new ReplicaError('unreadable', `Our own copy: ${error}`)
    lastError = { code, message, cid, at: new Date().toISOString() }
    if (code !== 'unreachable') outages = 0
    else if (++outages > 1) return pauseAfter(outages)
    log.warn('replica_failed', { code, cid, cause: message })
    if (cid === null || code === 'unreachable') return pauseAfter(1)
    const failures = (waiting.get(cid)?.failures ?? 0) + 1
    waiting.set(cid, { failures, due: performance.now() + pauseAfter(failures) })
    return 0
  }

  /** The first that may be tried now, else how long until one may. */
  function next(): { cid: string } | { wait: number } {
    let wait = Number.POSITIVE_INFINITY
    for (const [cid, { due }] of waiting) {
      const left = due - performance.now()
      if (left <= 0) return { cid }
      wait = Math.min(wait, left)
    }
    return { wait }
  }

  /** One piece of work; resolves to how long to rest then. */
  async function step(): Promise<number> {
    const todo = listed ? next() : { cid: null }
    if ('wait' in todo) return todo.wait
    try {
      await (todo.cid === null ? list() : settle(todo.cid))
      return 0
    } catch (error) {
      return stop.signal.aborted ? 0 : failed(todo.cid, error)
    }
  }

  async function run(): Promise<void> {
    while (!stop.signal.aborted) {
      const rest = await step()
      if (rest > 0 && !stop.signal.aborted) await pause(rest)
    }
  }

  const running = run()
  return {
    notice(cid) {
      queue(cid)
      wake()
    },
    want(cid) {
      if (kept.has(cid) || waiting.has(cid)) return
      queue(cid)
      wake()
    },
    letGo(cid) {
      queue(cid)
      wake()
    },
    status() {
      const failing = [...waiting.values()].every(({ failures }) => failures > 0)
      const working = failing ? 'retrying' : 'copying'
      const state = outages > 0 ? 'unreachable' : !listed ? 'copying' : waiting.size === 0 ? 'up_to_date' : working
      return { ...replica.about, state, kept: kept.size, waiting: waiting.size, lastError }
    },
    async close() {
      stop.abort()
      wake()
      await running
    },
  }
}
