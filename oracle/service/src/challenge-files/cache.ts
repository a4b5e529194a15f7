/** Grading inputs of the challenges in use: a few in memory, the rest fetched again when they are needed. */

import type { Challenge } from '../chain/challenge.ts'
import { type GradingInputs, type InputsRequest, type InputsSource, loadInputs } from './grading-inputs.ts'

export type InputsCache = {
  /** The inputs of a challenge; concurrent requests share one load, and a failed load is forgotten. Errors as `loadInputs`. */
  get(request: InputsRequest): Promise<GradingInputs>
}

/** Truths kept in memory, in number and bytes; the one that was used last always stays. */
const MOST_ENTRIES = 32
const MOST_BYTES = 256 * 1024 * 1024

export function createInputsCache(source: InputsSource, signal: AbortSignal): InputsCache {
  const entries = new Map<number, { loading: Promise<GradingInputs>; bytes: number }>()

  function makeRoom(): void {
    let bytes = [...entries.values()].reduce((sum, inputs) => sum + inputs.bytes, 0)
    for (const [key, inputs] of entries) {
      if (entries.size === 1 || (entries.size <= MOST_ENTRIES && bytes <= MOST_BYTES)) return
      entries.delete(key)
      bytes -= inputs.bytes
    }
  }

  return {
    get(request) {
      const held = entries.get(request.challenge) ?? { loading: loadInputs(request, source, signal), bytes: 0 }
      // Moved to the end: the first in the map is the one that was not used for longest.
      entries.delete(request.challenge)
      entries.set(request.challenge, held)
      held.loading.then(
        (inputs) => {
          held.bytes = inputs.truth.csv.length + (inputs.labeling?.items.length ?? 0) + (inputs.evaluator?.length ?? 0)
          makeRoom()
        },
        () => entries.get(request.challenge) === held && entries.delete(request.challenge),
      )
      return held.loading
    },
  }
}

/** The part of a challenge that its grading inputs depend on. */
export function requestOf({ id, maker, truth, manifestCid, terms }: Challenge): InputsRequest {
  const { payout, opensTruth, oracles } = terms
  const maxUnits = payout.rule === 'per_unit' ? payout.maxUnits : undefined
  const [ranked, earnings] = [payout.rule === 'ranked', payout.rule === 'earnings']
  return { challenge: id, maker, truth, manifestCid, opensTruth, ranked, earnings, maxUnits, oracles }
}
