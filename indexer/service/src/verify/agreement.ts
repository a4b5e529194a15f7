/** Whether RPCs agree on a challenge's entries: before rows give way to what one of them says, the others are asked. */
import { type Chain, ChainFailure } from '@stellartrain/contracts-client'
import type { Rpcs } from '../source/rpcs.ts'
import { type Hints, type Reading, readChallenge } from './reads.ts'

export type Agreement =
  /** There is only one RPC. */
  | 'alone'
  /** More of them say so than say otherwise, and at least two. */
  | 'agreed'
  /** Some say otherwise. */
  | 'disputed'
  /** They speak of different moments. */
  | 'moving'
  /** No second one answers. */
  | 'unanswered'

/** @param reading null: that the contract has no such entries */
export async function agreementOn(
  { chain, rpcs, signal }: { chain: Chain; rpcs: Rpcs; signal: AbortSignal },
  id: number,
  hints: Hints,
  reading: Reading | null,
): Promise<Agreement> {
  if (rpcs.all.length === 1) return 'alone'
  const counted = { same: 0, other: 0, moving: 0 }
  // Whoever said it is asked again: which of them it was is not known for sure.
  for (const rpc of rpcs.all) {
    try {
      counted[compared(reading, await readChallenge({ ...chain, rpc }, id, hints, { signal }))]++
    } catch (error) {
      if (signal.aborted || !(error instanceof ChainFailure)) throw error
    }
  }
  if (counted.same >= 2 && counted.same > counted.other) return 'agreed'
  if (counted.other > 0) return 'disputed'
  return counted.moving > 0 ? 'moving' : 'unanswered'
}

function compared(said: Reading | null, again: Reading | null): 'same' | 'other' | 'moving' {
  if (!said || !again) return said === again ? 'same' : 'other'
  const [a, b] = [said.recorded, again.recorded]
  const equal =
    a.entries.size === b.entries.size && [...a.entries].every(([key, entry]) => b.entries.get(key) === entry)
  if (equal) return 'same'
  return b.modified > a.first || b.first < a.modified ? 'moving' : 'other'
}
