/** Numbers of the contract's enumerations as the names that rows have. */
import type { Phase, RankedBy } from '@stellartrain/contracts-client/rules'
import { PHASES } from '@stellartrain/contracts-client/rules'

const RANKINGS: readonly (RankedBy | null)[] = [null, 'oracles', 'judge', 'running_table']

/** By whom a ranking's prizes go; null while that is open. @throws TypeError for a number that this version does not know */
export function rankedByOrNull(code: number): RankedBy | null {
  const name = RANKINGS[code]
  if (name === undefined) throw new TypeError('a ranking that this version does not know')
  return name
}

/** @throws TypeError */
export function rankedBy(code: number): RankedBy {
  const name = rankedByOrNull(code)
  if (name === null) throw new TypeError('no ranking decides on the prizes')
  return name
}

/** @throws TypeError */
export function phaseName(code: number): Phase {
  const name = PHASES[code]
  if (name === undefined) throw new TypeError('a phase that this version does not know')
  return name
}
