/** How often to ask the RPC: a fraction of the time that a ledger takes, so that a new one is seen soon after its close. */

/** The last ledger seen: its number and its close time in unix seconds. */
export type Seen = Readonly<{ ledger: number; closedAt: bigint }>

export type Pace = Readonly<{ seen: Seen | undefined; ledgerSeconds: number }>

export const FIRST_PACE: Pace = { seen: undefined, ledgerSeconds: 1 }

/** Follows the network's rhythm with a moving average, so that one slow ledger changes little. */
export function observe(pace: Pace, seen: Seen): Pace {
  const before = pace.seen
  if (before === undefined || seen.ledger <= before.ledger) return before === undefined ? { ...pace, seen } : pace
  const seconds = Number(seen.closedAt - before.closedAt) / (seen.ledger - before.ledger)
  const bounded = Math.min(10, Math.max(0.5, seconds))
  return { seen, ledgerSeconds: pace.ledgerSeconds * 0.8 + bounded * 0.2 }
}

/** Milliseconds until the next question: an eighth of a ledger, between 100 ms and 1 s. */
export function pollMs(pace: Pace): number {
  return Math.round(Math.min(1_000, Math.max(100, pace.ledgerSeconds * 125)))
}
