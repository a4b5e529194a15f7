/** What the database keeps beside the rows that it is over; see ../sums.ts. */

/** Kept by triggers from `challenges`. */
export interface MakersTable {
  maker: string
  challenges: string
  cancelled: string
  decided: string
  undecided: string
  unopened: string
}

/** Kept by triggers from `submissions` and `places`; who submitted has a row. */
export interface SolverSumsTable {
  solver: string
  submissions: string
  /** With accepted units, where units are paid. */
  batches: string
  /** Places with a prize that is due. */
  wins: string
}

/** Kept by triggers from `challenges`. */
export interface TokenSumsTable {
  token: string
  challenges: string
  submitted: string
  locked: string
  paid: string
}

/** Kept by triggers from `submissions`, of challenges that pay units. */
export interface UnitSumsTable {
  challenge: string
  submitted: string
  accepted: string
  pending: string
}

/** Kept by triggers from `manifests`. */
export interface ManifestStatesTable {
  state: string
  manifests: string
}

/** Kept by triggers from `payments` and `claims`. */
export interface EarnedTable {
  account: string
  token: string
  payments: string
  amount: string
}

/** Kept by triggers from `claims`. */
export interface LabelerSumsTable {
  labeler: string
  challenge: string
  token: string
  claims: string
  amount: string
  /** The event of the last claim. */
  last: string
}

/** By UTC day, the number of days since 1970; kept by triggers. */
export interface DailyTable {
  challenge: string
  day: number
  submissions: string
  verdicts: string
  votes: string
  payments: string
  paid: string
}

export interface DailyTotalsTable {
  day: number
  challenges: string
  submissions: string
  verdicts: string
  votes: string
  payments: string
}

export interface DailyPaidTable {
  token: string
  day: number
  payments: string
  paid: string
}
