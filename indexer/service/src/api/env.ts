/** What a request carries from the middleware to its route. */

export type AppEnv = { Variables: { fresh: Freshness } }

/** How far the database is, read once for each request. */
export type Freshness = {
  ledger: number
  /** Unix seconds; 0 before the first ledger. */
  ledgerClosedAt: number
  completeSince: number | null
  revision: string
  events: number
  undecoded: number
  /** The clock that decides on open and closed, Unix seconds. */
  now: number
  lagSeconds: number | null
}
