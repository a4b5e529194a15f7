/** How often to poll the RPC: a fraction of the time that a ledger takes, so that a new one is seen soon after its close. */

/** The last ledger seen: its number and its close time in unix seconds. */
export type LedgerTime = Readonly<{ ledger: number; closedAt: number }>

export type PollInterval = {
  /** Follows the network's rhythm with a moving average, so that one slow ledger changes little. */
  observe(seen: LedgerTime): void
  /** Milliseconds that a ledger takes. */
  ledgerMs(): number
  /** Milliseconds until the next poll: an eighth of a ledger, between 100 ms and 1 s. */
  pollMs(): number
}

export function createPollInterval(): PollInterval {
  let last: LedgerTime | undefined
  let ledgerSeconds = 1
  return {
    observe(seen) {
      if (last !== undefined && seen.ledger > last.ledger) {
        const seconds = (seen.closedAt - last.closedAt) / (seen.ledger - last.ledger)
        ledgerSeconds = ledgerSeconds * 0.8 + Math.min(10, Math.max(0.5, seconds)) * 0.2
      }
      if (last === undefined || seen.ledger > last.ledger) last = seen
    },
    ledgerMs: () => ledgerSeconds * 1_000,
    pollMs: () => Math.round(Math.min(1_000, Math.max(100, ledgerSeconds * 125))),
  }
}
