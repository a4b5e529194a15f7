/** The loop that everything hangs on: register once, then look at the chain again and again; a failure only makes it slower. */
import { setTimeout as pause } from 'node:timers/promises'
import { placeOf, publicError } from './errors.ts'
import { backoffMs } from './fetch/backoff.ts'
import type { Log } from './log.ts'

export type Heart = Readonly<{
  register(): Promise<void>
  look(): Promise<void>
  /** Milliseconds between two looks. */
  pauseMs(): number
  log: Log
  random: () => number
  signal: AbortSignal
}>

const POLICY = { firstMs: 250, capMs: 4_000 }

/** Resolves when the signal is aborted; never rejects. */
export async function heartbeat({ register, look, pauseMs, log, random, signal }: Heart): Promise<void> {
  let registered = false
  for (let failures = 0; !signal.aborted; ) {
    let wait = 0
    try {
      if (!registered) await register()
      registered = true
      await look()
      failures = 0
      wait = pauseMs()
    } catch (error) {
      if (signal.aborted) return
      wait = backoffMs(POLICY, ++failures, random())
      // Every second or so of trouble gets a line, not every try of a long night.
      if (failures < 4 || failures % 20 === 0)
        log.warn('waiting', { failures, waitMs: wait, ...publicError(error), at: placeOf(error) })
    }
    await pause(wait, undefined, { signal }).catch(() => {})
  }
}
