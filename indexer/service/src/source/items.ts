/** What the stream of events is made of, and what it is asked for with. */
import type { Page } from './page.ts'
import type { Rpcs } from './rpcs.ts'

/** Ledgers that nobody can give us any more, both ends included. */
export type Gap = { type: 'gap'; from: number; to: number; reason: string }

export type SourceItem = Page | Gap

export type SourceOptions = {
  rpcs: Rpcs
  contract: string
  /** Contracts beside the main one, whose events are in the same stream. */
  beside?: readonly string[]
  /** RPC cursor to go on from; empty: begin with `startLedger`. */
  cursor: string
  /** 0: the oldest ledger that an RPC has. */
  startLedger: number
  limit?: number
  /** Ledgers that one window of a backfill spans, and how many windows are read at once. */
  window?: number
  windowsAtOnce?: number
  signal: AbortSignal
  /** How long to wait when there is nothing new, in milliseconds. */
  idleMs?: () => number
  /** An RPC failed and is asked again; may throw to end the stream. */
  failed?: (error: Error, failures: number) => void
  /** See `RetryOptions`. */
  patience?: number | undefined
  /** Milliseconds since 1970; default: the machine's clock. */
  now?: () => number
  /** Two RPCs gave other events of the same ledgers: what one leaves out is taken from the other, what differs is as most report it. */
  disagreed?: (ids: readonly string[]) => void
}

/** Where a window or the live stream goes on. */
export type At = { cursor: string; start: number }
