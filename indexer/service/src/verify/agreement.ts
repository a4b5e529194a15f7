/** Whether RPCs agree on a challenge's entries: before rows give way to what one of them says, the others are asked. */
import type { xdr } from '@stellar/stellar-sdk/base'
import { type Chain, ChainFailure, contractSpec, readEntry } from '@stellartrain/contracts-client'
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
  const counted = { same: 0, other: 0, moving: 0, silent: 0 }
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

/** `silent`: it says nothing else, and leaves out some of it. */
function compared(said: Reading | null, again: Reading | null): 'same' | 'other' | 'moving' | 'silent' {
  if (!said || !again) {
    if (said === again) return 'same'
    return said ? 'silent' : 'other'
  }
  const [a, b] = [said.recorded, again.recorded]
  if (b.entries.size < a.entries.size && [...b.entries].every(([key, entry]) => a.entries.get(key) === entry))
    return 'silent'
  const equal =
    a.entries.size === b.entries.size && [...a.entries].every(([key, entry]) => b.entries.get(key) === entry)
  if (equal) return 'same'
  return b.modified > a.first || b.first < a.modified ? 'moving' : 'other'
}

/**
 * One entry as more RPCs have it than have another, and at least two; where there is one, as it says twice. Decoded as what the view of
 * that name returns.
 */
export async function agreedEntry<T>(
  { chain, rpcs, signal }: { chain: Chain; rpcs: Rpcs; signal: AbortSignal },
  key: xdr.LedgerKey,
  view: string,
): Promise<T | undefined> {
  const said = new Map<string, number>()
  for (const rpc of rpcs.all.length === 1 ? [rpcs, rpcs] : rpcs.all) {
    try {
      const entry = await readEntry({ ...chain, rpc }, key, { signal })
      const text = entry?.data.type === 'contractData' ? entry.data.contractData.val.toXdr('base64') : null
      if (text !== null) said.set(text, (said.get(text) ?? 0) + 1)
    } catch (error) {
      if (signal.aborted || !(error instanceof ChainFailure)) throw error
    }
  }
  const [most, next] = [...said].sort(([, one], [, other]) => other - one)
  if (!most || most[1] < 2 || most[1] === next?.[1]) return undefined
  return contractSpec().funcResToNative(view, most[0]) as T
}
