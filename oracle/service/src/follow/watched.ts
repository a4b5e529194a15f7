/** One challenge that names this oracle, as last read from the chain. */
import type { State, Terms } from '@stellartrain/contract'
import type { Entry } from '../queue/tray.ts'
import type { Cast } from '../vote/finality.ts'
import type { Standing } from './standing.ts'

export type Watched = {
  readonly id: number
  readonly maker: string
  readonly terms: Terms
  readonly manifestCid: string
  /** This oracle's place in `terms.oracles`. */
  readonly seat: number
  state: State
  /** Whether this oracle's opening stands on-chain. */
  revealed: boolean
  /** Submissions by number, as their events told; those that are final and voted on are forgotten. */
  readonly entries: Map<number, Entry>
  /** Votes on submissions that are not final, by number; read only where several oracles vote. */
  votes: ReadonlyMap<number, readonly Cast[]>
}

export function standingOf({ seat, terms, state }: Watched): Standing {
  return { seat, rules: terms, counters: state }
}

/** The numbers among `first..last` whose submission this oracle has not learned of. */
export function missingEntries({ entries }: Watched, first: number, last: number): number[] {
  const missing: number[] = []
  for (let number = first; number <= last; number++) if (!entries.has(number)) missing.push(number)
  return missing
}
