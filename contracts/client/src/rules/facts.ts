/**
 * What the rules read, in plain values: no ledger, no wire format. Amounts and scores are `bigint` (base units of the token, units
 * of 1e-7), times are unix seconds of the ledger's close, addresses and content hashes are text in one form each.
 */

/** As `contracts/model/src/terms.rs`. */
export type Payout =
  /** `reward` to each of the first `winners` solvers that reach the threshold, in the order of submission. */
  | { rule: 'bounty'; reward: bigint; winners: number }
  /** Prizes by rank, the largest first. */
  | { rule: 'ranked'; prizes: readonly bigint[] }
  /** `rate` for each accepted unit of a batch of labels. */
  | { rule: 'per_unit'; rate: bigint; maxUnits: number }
  /** By Merkle sum trees of cumulative amounts. */
  | { rule: 'earnings' }

export type Direction = 'maximize' | 'minimize'

/** The frozen part of a challenge, `contracts/model/src/terms.rs`. */
export type Terms = {
  payout: Payout
  /** 1, 3 or 5; an oracle's index in it is its place. */
  oracles: readonly string[]
  /** What each oracle of a quorum earns for a verdict. */
  oracleFee: bigint
  /** What a submission pays in and every valid one gets back. */
  deposit: bigint
  /** From here on a rounded score wins. */
  threshold: bigint
  direction: Direction
  /** Scores are rounded to its multiples; at least 1n. */
  step: bigint
  /** Submissions and votes are taken from here on. */
  opens: number
  /** All oracles accept before this moment. */
  acceptBy: number
  /** Submissions are taken before this moment. */
  deadline: number
  /** Seconds. */
  patience: number
  /** Votes are taken before this moment (a ranking's: one patience earlier). */
  gradeBy: number
  /** Who decides what the oracles leave undecided; ballots are taken before `by`. */
  judge: { address: string; by: number } | null
  /** Attempts of a solver in all and per day (UTC); failures count. */
  attempts: number
  attemptsPerDay: number
  /** Identical content of another solver earns nothing: a rule that the oracles follow, the contract knows no copies. */
  uniqueContent: boolean
  /** The maker promises to open the truth after the end. */
  opensTruth: boolean
}

/** What an oracle or the judge says, `contracts/model/src/verdict.rs`. */
export type Verdict =
  /** `score` is rounded to the step; `units` are the accepted ones of a batch, else 0. */
  | { status: 'scored'; score: bigint; content: string; units: number }
  | { status: 'rejected'; reason: number }
  | { status: 'unavailable' }

/** A verdict that nothing changes any more. */
export type Decision = {
  verdict: Verdict
  /** The places of the m oracles whose equal votes came first, in ascending order; or the judge, where no m agreed. */
  by: readonly number[] | 'judge'
}

/** The votes on one submission, `contracts/model/src/verdict.rs`. */
export type Votes = {
  /** By the oracles' places; null has not voted. */
  cast: readonly (Verdict | null)[]
  /** When m oracles had voted, whatever they said. */
  mth: number | null
  decision: Decision | null
}

/** How a submission stands, `contracts/model/src/challenge.rs`. */
export type Standing = Verdict | { status: 'pending' } | { status: 'unsettled' } | { status: 'void' }

/** What the packed `flags` byte of a submission says (flags.ts). */
export type Flags = {
  /** It carries the whole fee of a verdict, m × the oracle's fee. */
  carried: boolean
  /** The queue moved on without it. */
  passed: boolean
  /** A place is kept for it. */
  kept: boolean
  /** What comes back, or the pay of a batch, is due and was not delivered. */
  held: boolean
  /** Its prize was sent. */
  prizePaid: boolean
  /** It was concluded by the judge's ballot. */
  byJudge: boolean
}

/** One submission, `contracts/model/src/challenge.rs`. */
export type Submission = Flags & {
  /** In its challenge, from 1. */
  number: number
  solver: string
  /** When it was submitted. */
  time: number
  /** Units declared; 0 unless units are paid. */
  units: number
  votes: Votes
  /** As written; `pending` until a call concludes it. */
  status: Standing
}

/** A winner on a bounty's board, `contracts/model/src/board.rs`. */
export type Row = { solver: string; number: number }

/** First the rows whose prize is due (`due` of them), then those who wait, by number. */
export type Board = { rows: readonly Row[]; due: number }

/** A place in a running table or a ranking, `contracts/model/src/ranking.rs`. */
export type Place = Row & {
  /** On the public part in the running table, on the private part in a ranking. */
  score: bigint
}

export type RankedBy = 'oracles' | 'judge' | 'running_table'

/** The rankings of one challenge. */
export type Rankings = {
  /** The running table, best first. */
  table: readonly Place[]
  /** The judge's last ranking. */
  judge: readonly Place[] | null
  /** Whose prizes are set aside, once they are. */
  placed: RankedBy | null
  /** The rows of that ranking. */
  places: readonly Place[]
}

/** What decides on the phase beside the clock. */
export type PhaseFacts = {
  /** Everything was sent back. */
  cancelled: boolean
  /** All oracles accepted. */
  accepted: boolean
  /** The board of a bounty was full before the end. */
  ended: boolean
}

/** The counters of a challenge, `contracts/model/src/challenge.rs`. */
export type Challenge = PhaseFacts & {
  submitted: number
  /** How many submissions are final. */
  concluded: number
  /** How many have a verdict and are not concluded; not counted on once a bounty has ended. */
  decided: number
  /** How many places are kept. */
  kept: number
  /** How many stand scored. */
  scored: number
  /** The last number that the queue has passed. */
  head: number
  board: Board
  rankings: Rankings
}

/** The parts of the contract's money that `close` moves. */
export type Purse = {
  /** The prize that nobody has won. */
  escrow: bigint
  /** Free for fees. */
  budget: bigint
  /** For the first m oracles of a ranking. */
  rankingFees: bigint
}

/** What a challenge without submissions starts from. */
export const EMPTY_BOARD: Board = { rows: [], due: 0 }
export const NO_RANKINGS: Rankings = { table: [], judge: null, placed: null, places: [] }
