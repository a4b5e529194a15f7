/**
 * What the records contract itself says of entries that no RPC shows. Most solvers have none, and each answer is a simulation: that there
 * is nothing is remembered for a while, with the ledger of which it was said.
 */
import type { Call } from '@stellartrain/contracts-client'
import type { RepairDeps } from './repair.ts'
import { askView } from './told.ts'

/** In milliseconds; records are said to be compared as of the earliest ledger that a round relies on. */
const REMEMBER_MS = 600_000

export type AbsentEntries = {
  /**
   * @param isNone whether the contract says so of what it has never stored
   * @param after only what was said of a later ledger is remembered: what was said before ledgers were lost says nothing of them
   */
  ask<T>(call: Call<T>, isNone: (value: T) => boolean, after: number): Promise<Answer<T> | 'unknown'>
}

type Answer<T> = { result: T; ledger: number; remembered: boolean }

export function createAbsentEntries(deps: RepairDeps): AbsentEntries {
  const kept = new Map<string, { result: unknown; ledger: number; until: number }>()

  return {
    async ask<T>(call: Call<T>, isNone: (value: T) => boolean, after: number): Promise<Answer<T> | 'unknown'> {
      const key = [call.method, ...call.args.map((arg) => arg.toXdr('base64'))].join(' ')
      const known = kept.get(key)
      if (known && known.ledger > after && performance.now() < known.until)
        return { result: known.result as T, ledger: known.ledger, remembered: true }
      kept.delete(key)
      const told = await askView(deps, call)
      if (told === 'refused' || told === 'unknown') return 'unknown'
      // An archived entry is restored for the call, so its answer holds too.
      const { result, ledger } = told
      if (isNone(result)) kept.set(key, { result, ledger, until: performance.now() + REMEMBER_MS })
      return { result, ledger, remembered: false }
    },
  }
}
