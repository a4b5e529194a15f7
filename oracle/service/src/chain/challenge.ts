/** One challenge that names this oracle, as last read from the chain. */
import type { State, Terms } from '@stellartrain/contracts-client'
import type { Entry } from './entry.ts'
import type { PostedVote } from './finality.ts'
import type { Phase } from './phase.ts'

/** A prize that waits for its transaction. */
export type Due = Readonly<{ solver: string; attempt: number; number: number }>

export type Challenge = {
  readonly id: number
  readonly maker: string
  readonly terms: Terms
  readonly manifestCid: string
  /** This oracle's place in `terms.oracles`. */
  readonly seat: number
  state: State
  /** Whether this oracle's opening is on-chain. */
  revealed: boolean
  /** Whether this oracle's ranking is on-chain. */
  ranked: boolean
  /** Prizes of a ranking that are due and not sent; undefined before they were read. */
  due: readonly Due[] | undefined
  /** What it was when it was last read; time alone can end a phase. */
  phase: Phase | undefined
  /** Submissions by number, from their events. */
  readonly entries: Map<number, Entry>
  /** Votes on submissions that are not final, by number; read only where several oracles vote. */
  votes: ReadonlyMap<number, readonly PostedVote[]>
}

/** The numbers among `first..last` whose submission is not known to this oracle. */
export function missingEntries({ entries }: Challenge, first: number, last: number): number[] {
  const missing: number[] = []
  for (let number = first; number <= last; number++) if (!entries.has(number)) missing.push(number)
  return missing
}

/** The submissions among `first..last` that are known, in order. */
export function known({ entries }: Challenge, { first, last }: { first: number; last: number }): Entry[] {
  const found: Entry[] = []
  for (let number = first; number <= last; number++) {
    const entry = entries.get(number)
    if (entry !== undefined) found.push(entry)
  }
  return found
}

/** Notes the own vote before the RPC shows it, so that nothing is sent twice in between. */
export function noteVoted({ state, seat }: Challenge, number: number): void {
  const tally = state.tallies[seat]
  if (tally !== undefined) tally.cursor = Math.max(tally.cursor, number)
}

export function noteAccepted({ state, seat }: Challenge, keyVersion: number): void {
  state.accepted[seat] = keyVersion
}

export function noteFeesTaken({ state, seat }: Challenge): void {
  state.fees[seat] = 0n
}

/** Whether a state was read from a node that lags behind what is known already: counters only ever grow. */
export function isStale(next: State, known: State): boolean {
  const behind = (a: number, b: number | undefined) => a < (b ?? 0)
  return (
    behind(next.submitted, known.submitted) ||
    behind(next.finalized, known.finalized) ||
    behind(next.ranking, known.ranking) ||
    next.tallies.some(({ cursor }, index) => behind(cursor, known.tallies[index]?.cursor)) ||
    next.accepted.some((version, index) => behind(version, known.accepted[index]))
  )
}
