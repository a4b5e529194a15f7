/** The main loop: register once, then poll the chain until the oracle stops; a failure only slows it down. */
import { setTimeout as pause } from 'node:timers/promises'
import { backoffMs, type Log } from '@stellartrain/service'
import { placeOf, publicError } from '../errors.ts'

export type LoopDeps = Readonly<{
  register(): Promise<void>
  poll(): Promise<void>
  /** Milliseconds between two polls. */
  pauseMs(): number
  /** Counts a failure by its code. */
  onFailure(code: string): void
  log: Log
  random: () => number
  signal: AbortSignal
}>

const POLICY = { firstMs: 250, capMs: 4_000 }

/** Resolves when the signal is aborted; never rejects. */
export async function runLoop({ register, poll, pauseMs, onFailure, log, random, signal }: LoopDeps): Promise<void> {
  let registered = false
  for (let failures = 0; !signal.aborted; ) {
    let wait = 0
    try {
      if (!registered) await register()
      registered = true
      await poll()
      failures = 0
      wait = pauseMs()
    } catch (error) {
      if (signal.aborted) return
      wait = backoffMs(POLICY, ++failures, random())
      const shown = publicError(error)
      onFailure(shown.code)
      // What no retry changes, such as the wrong network, is for the operator.
      const level = error instanceof Error && 'retryable' in error && !error.retryable ? 'error' : 'warn'
      // The first failures are logged one by one, then every twentieth: an outage of a night must not fill a disk.
      if (failures < 4 || failures % 20 === 0)
        log[level]('poll_failed', { failures, waitMs: wait, ...shown, at: placeOf(error) })
    }
    await pause(wait, undefined, { signal }).catch(() => {})
  }
}
