/** What the events add up to: one type per kind of row, the same in memory, in tests and in the tables. */
import type {
  By,
  Challenge as ChallengeFacts,
  Gain,
  RankedBy,
  StatusName,
  Submission as SubmissionFacts,
  Tally,
  Verdict,
} from '@stellartrain/contracts-client/rules'
import type { RankedRow, Terms } from '../decode/events.ts'

export type { ChallengeFacts, Gain, RankedBy, SubmissionFacts, Tally }

/** Stands for an oracle's place where the judge speaks. */
export const JUDGE = 253

/** Stands for whose verdict it is where the event that said so is lost. */
export const NOBODY_KNOWN = 'unknown'

/** An oracle's part in one challenge; its place in the list is its index in votes. */
export type OracleSeat = {
  address: string
  /** 0 = not accepted yet. */
  keyVersion: number
  acceptedAt: number
  acceptTx: string
  /** What its record does not hold yet. */
  tally: Tally
  /** What its record holds of this challenge; null until the challenge counts there. */
  folded: Gain | null
  /** Earned in all; what the contract still holds is `feesEarned - feesWithdrawn`. */
  feesEarned: bigint
  feesWithdrawn: bigint
}

/** What the contract holds for a challenge, by what it is for, without the oracles' fees and the labelers' earnings. */
export type Purse = {
  escrow: bigint
  reserved: bigint
  prizes: bigint
  budget: bigint
  heldFees: bigint
  rankingFees: bigint
  deposits: bigint
  carried: bigint
  owed: bigint
}

export type ChallengeRow = {
  id: number
  maker: string
  terms: Terms
  prize: bigint
  /** What others or the maker added to the prize, and to the fee budget. */
  added: bigint
  feesAdded: bigint
  createdAt: number
  createdLedger: number
  createdTx: string
  /** What the rules read; never changed in place, so that a part that is the same is the same object. */
  facts: ChallengeFacts
  /** How many submissions stand unsettled. */
  unsettled: number
  /** Unix seconds; 0 = a bounty has not found its last winner. */
  endedAt: number
  /** Unix seconds; 0 = not cancelled. */
  cancelledAt: number
  /** The challenge key, hex; empty until the first oracle accepts. */
  key: string
  seats: OracleSeat[]
  purse: Purse
  /** What `ranking_fixed` said; the event behind it must come to the same. */
  rankingFixed: RankedBy | null
  /** Epochs of earnings with a quorum, what all of them come to, and what labelers were sent of it. */
  epochs: number
  earned: bigint
  claimed: bigint
  /** How the maker's record counts it; null until it counts in the records. */
  folded: 'decided' | 'undecided' | null
  /** Whether the maker opened its truth; and whether its record counted it as not opened before, which opening takes back. */
  opened: boolean
  unopened: boolean
  /** Prizes, pay of batches and earnings that were sent. */
  paid: bigint
  /** Sent back to the maker. */
  refunded: bigint
  solvers: number
  best: bigint | null
  events: number
}

export type SubmissionRow = {
  challenge: number
  attempt: number
  cid: string
  /** Zeros if there is none. */
  commitment: string
  submitLedger: number
  submitTx: string
  /**
   * What the rules read; never changed in place. Once it is concluded the contract keeps no votes, and neither does this: they
   * are in their own table.
   */
  facts: SubmissionFacts
  /** Which oracles voted, by their places: bit 0 is the first one. */
  voted: number
  /** Which oracles' equal votes are the verdict, in the same way; 0 where the judge decided or nobody. */
  deciders: number
  /** When its verdict was certain, though not concluded; 0 = not yet. */
  decidedAt: number
  /** Whose verdict concluded it. */
  by: By | typeof NOBODY_KNOWN
  /** 0 and empty while it is not concluded. */
  verdictAt: number
  verdictLedger: number
  verdictTx: string
  report: string
  /** All that was sent for it, what came back included. */
  paid: bigint
  paidAt: number
  paidTx: string
}

/** A vote or the judge's ballot. */
export type VoteRecord = {
  challenge: number
  number: number
  /** Place of the oracle in the challenge's list; 253 for the judge. */
  oracle: number
  /** Order of arrival. */
  eventId: string
  /** The score as it counts, rounded. */
  verdict: Verdict
  /** Cast on what was concluded already: it counts in the oracle's record alone. */
  late: boolean
  /** It took the place of the oracle's own `unavailable`. */
  improved: boolean
  report: string
  at: number
  ledger: number
  tx: string
}

/** A place in a list, from 0: on the board of a bounty or in the running table, or in the ranking that counts or is the judge's last. */
export type PlaceRow = {
  challenge: number
  list: 'board' | 'ranking'
  place: number
  solver: string
  number: number
  /** On the public part of the truth, or in a ranking on the private one; null on the board of a bounty. */
  score: bigint | null
  /** From when on its prize is set aside if no call changes anything, Unix seconds; 0 = it is, null = it will not be. */
  dueFrom: number | null
}

/** The private half of a challenge's key, sealed to each oracle. */
export type SharesRow = { challenge: number; shares: string; at: number; tx: string }

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
  /** Of a batch's accepted units. */
  pay: bigint
  /** Of the solver's own money: deposit and carried fee. */
  back: bigint
  at: number
  tx: string
}

/** A ranking as one oracle or the judge posted it last. */
export type RankingPost = {
  challenge: number
  /** Place of the oracle in the challenge's list; 253 for the judge. */
  by: number
  report: string
  rows: RankedRow[]
  quorum: boolean
  eventId: string
  at: number
  ledger: number
  tx: string
}

/** One oracle's last vote on an epoch of earnings. */
export type EpochVote = {
  challenge: number
  epoch: number
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

/** A final submission that counts in its solver's record. */
export type FoldRow = {
  challenge: number
  number: number
  solver: string
  attempt: number
  verdict: StatusName
  /** 0 where there is none. */
  score: bigint
  /** What it won, in units of the token. */
  prize: bigint
  token: string
  eventId: string
  at: number
  ledger: number
  tx: string
}

export type BadgeRow = Omit<FoldRow, 'verdict'> & { id: number }

export type BurnRow = { badge: number; owner: string; eventId: string; at: number; ledger: number; tx: string }

/** What was opened to a judge that grades: the rules fixed, a chunk of a truth, or a chunk of a work. */
export type RecountOpening = {
  challenge: number
  kind: 'configured' | 'truth' | 'work'
  /** Empty, and 0, unless it is a work's. */
  solver: string
  attempt: number
  place: number
  /** Known with this chunk. */
  rows: number
  complete: boolean
  eventId: string
  at: number
  ledger: number
  tx: string
}

/** What a judge that grades computed. */
export type RecountRow = {
  challenge: number
  solver: string
  attempt: number
  score: bigint
  private: bigint
  contentHash: string
  copied: boolean
  eventId: string
  at: number
  ledger: number
  tx: string
}

/** A score that was better than all before it, when it was final. */
export type BestScoreRow = {
  challenge: number
  number: number
  solver: string
  score: bigint
  eventId: string
  at: number
  tx: string
}

/** Where and when an event happened. */
export type EventPlace = { id: string; ledger: number; closedAt: number; txHash: string }
