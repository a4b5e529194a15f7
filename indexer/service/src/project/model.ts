/** What the events add up to: one type per kind of row, the same in memory, in tests and in the tables. */
import type { RankedRow, Terms, Verdict } from '../decode/events.ts'

export type ChallengeStatus = 'active' | 'ended' | 'cancelled'

/** An oracle's part in one challenge; its place in the list is its index in votes. */
export type OracleSeat = {
  address: string
  /** 0 = not accepted yet. */
  keyVersion: number
  acceptedAt: number
  acceptTx: string
  cursor: number
  votes: number
  agreed: number
  disagreed: number
  missed: number
  /** Earned in all; what the contract still holds is `feesEarned - feesWithdrawn`. */
  feesEarned: bigint
  feesWithdrawn: bigint
}

/** Where the prizes of a ranking come from: `open` = not known yet, and for all other rules. */
export type Ranking = 'open' | 'posted' | 'table'

/** A place on the board, from 0: winners of a bounty in the order of their submissions, solvers of a ranking best first. */
export type BoardPlace = { solver: string; attempt: number; number: number; score: bigint }

/** One oracle's vote on an epoch of earnings. */
export type EpochVote = {
  challenge: number
  epoch: number
  /** From 0; the votes of a round that could bring no quorum are dropped, and the next one begins. */
  round: number
  /** Place of the oracle in the challenge's list. */
  oracle: number
  root: string
  total: bigint
  report: string
  /** This vote made the epoch. */
  quorum: boolean
  /** What the oracles of the quorum earned together. */
  fees: bigint
  eventId: string
  at: number
  ledger: number
  tx: string
}

export type ChallengeRow = {
  id: number
  maker: string
  terms: Terms
  prize: bigint
  /** What others or the maker added to the prize. */
  added: bigint
  createdAt: number
  createdLedger: number
  createdTx: string
  status: ChallengeStatus
  seats: OracleSeat[]
  submitted: number
  finalized: number
  escrow: bigint
  reserved: bigint
  feeBudget: bigint
  deposits: bigint
  held: bigint
  winners: number
  rejectVoted: number
  unsettled: number
  unsettledEligible: number
  ranking: Ranking
  board: BoardPlace[]
  /** Epochs of earnings with a quorum, what all of them come to, and what labelers were sent of it. */
  epochs: number
  earned: bigint
  claimed: bigint
  silence: bigint | null
  /** Unix seconds; 0 = not ended. */
  ended: number
  closed: boolean
  /** Unix seconds; 0 = not cancelled. */
  cancelledAt: number
  /** Prizes, silence shares and earnings that were sent. */
  paid: bigint
  /** Sent back to the maker. */
  refunded: bigint
  solvers: number
  best: bigint | null
  events: number
}

export type SubmissionRow = {
  challenge: number
  number: number
  solver: string
  attempt: number
  cid: string
  units: number
  deposit: bigint
  carried: bigint
  submittedAt: number
  submitLedger: number
  submitTx: string
  verdict: Verdict
  reason: number
  score: bigint
  /** Empty unless scored or a duplicate. */
  contentHash: string
  acceptedUnits: number
  /** Bits of `FLAGS`, as the contract stores them. */
  flags: number
  /** 0 and empty while pending. */
  verdictAt: number
  verdictLedger: number
  verdictTx: string
  report: string
  prize: bigint
  silence: bigint
  /** All that was sent for it, deposit included. */
  paid: bigint
  paidAt: number
  paidTx: string
}

export type VoteRecord = {
  challenge: number
  number: number
  /** Place of the oracle in the challenge's list. */
  oracle: number
  /** Order of arrival: events and rows in them. */
  eventId: string
  verdict: Verdict
  reason: number
  score: bigint
  contentHash: string
  units: number
  report: string
  at: number
  ledger: number
  tx: string
}

export type OracleKeyRow = {
  oracle: string
  version: number
  key: string
  url: string
  metadata: string
  at: number
  tx: string
}

export type RevealRow = { challenge: number; by: string; cid: string; at: number; tx: string }

export type PaymentRow = {
  eventId: string
  challenge: number
  number: number
  solver: string
  token: string
  prize: bigint
  deposit: bigint
  silence: bigint
  at: number
  tx: string
}

/** A ranking as one oracle posted it. */
export type RankingPost = {
  challenge: number
  /** Place of the oracle in the challenge's list. */
  oracle: number
  report: string
  rows: RankedRow[]
  quorum: boolean
  eventId: string
  at: number
  ledger: number
  tx: string
}

export type ClaimRow = {
  eventId: string
  challenge: number
  labeler: string
  token: string
  epoch: number
  amount: bigint
  cumulative: bigint
  at: number
  tx: string
}

/** Where and when an event happened. */
export type EventPlace = { id: string; ledger: number; closedAt: number; txHash: string }
