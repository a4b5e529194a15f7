/** The contract's events as a closed union: a new one breaks the build until it is decoded and projected. */
import type { EventRow as Row } from '@stellartrain/contracts-client/events'
import type { RankedBy, Terms as RuleTerms, StatusName } from '@stellartrain/contracts-client/rules'

export type { Payout } from '@stellartrain/contracts-client/rules'
export type { Row }

/** What the rules read of the terms, and the rest. CIDs and addresses as text, hashes as hex. */
export type Terms = RuleTerms & {
  token: string
  gate: string | null
  /** The commitment of the truth; zeros where there is none. */
  truth: string
  manifest: string
}

/** A solver on a ranking as it was posted, best first; the score as graded. */
export type RankedRow = { solver: string; attempt: number; score: bigint }

/** A subtree of a Merkle sum tree. */
export type Branch = { hash: string; sum: bigint }

/** Of the contract of records and badges; `mint` and `burn` are its token's own. */
export type RecordsEvent =
  | {
      type: 'submission_folded'
      challenge: number
      solver: string
      attempt: number
      number: number
      verdict: StatusName
      score: bigint
      prize: bigint
      token: string
    }
  | {
      type: 'badge_minted'
      challenge: number
      solver: string
      badge: number
      attempt: number
      number: number
      score: bigint
      prize: bigint
      token: string
    }
  | { type: 'mint'; to: string; badge: number }
  | { type: 'burn'; from: string; badge: number }

/** Of a judge that grades. */
export type RecountEvent =
  /** `rules`: classes and bounds as hex, the bounds being the bits of float64. */
  | { type: 'recount_configured'; challenge: number; maker: string; rules: RecountRules }
  | { type: 'truth_opened'; challenge: number; place: number; rows: number; complete: boolean }
  | { type: 'work_opened'; challenge: number; solver: string; attempt: number; place: number; rows: number }
  | {
      type: 'recounted'
      challenge: number
      solver: string
      attempt: number
      score: bigint
      private: bigint
      contentHash: string
      copied: boolean
    }
  | { type: 'recount_removed'; challenge: number }

export type RecountRules = {
  metric: number
  classes: string[]
  numbers: boolean
  positive: number
  least: string
  most: string
  whole: boolean
}

export type ContractEvent =
  | RecordsEvent
  | RecountEvent
  | { type: 'oracle_registered'; oracle: string; version: number; key: string; url: string; metadata: string }
  | {
      type: 'challenge_created'
      challenge: number
      maker: string
      token: string
      terms: Terms
      prize: bigint
      feeBudget: bigint
    }
  /** `shares` as hex; only the first oracle brings any. */
  | { type: 'challenge_accepted'; challenge: number; oracle: string; keyVersion: number; key: string; shares: string }
  | { type: 'topped_up'; challenge: number; from: string; escrow: bigint; fees: bigint }
  | { type: 'challenge_cancelled'; challenge: number; refunded: bigint }
  | {
      type: 'submitted'
      challenge: number
      solver: string
      attempt: number
      number: number
      cid: string
      /** Zeros if there is none. */
      commitment: string
      units: number
      deposit: bigint
      carried: bigint
    }
  | { type: 'scored'; challenge: number; oracle: string; report: string; settle: boolean; rows: Row[] }
  | { type: 'settled'; challenge: number; rows: Row[] }
  | { type: 'ruled'; challenge: number; judge: string; report: string; rows: Row[] }
  | {
      type: 'payment_released'
      challenge: number
      solver: string
      attempt: number
      prize: bigint
      back: bigint
      row: Row
    }
  /** With `quorum` these rows decide on the prizes. */
  | { type: 'ranking_posted'; challenge: number; by: string; report: string; rows: RankedRow[]; quorum: boolean }
  | { type: 'ranking_fixed'; challenge: number; ranking: RankedBy }
  | {
      type: 'earnings_posted'
      challenge: number
      oracle: string
      epoch: number
      left: Branch
      right: Branch
      root: string
      total: bigint
      report: string
      quorum: boolean
      /** Went from the budget to the oracles of the quorum. */
      fees: bigint
    }
  | {
      type: 'earnings_claimed'
      challenge: number
      labeler: string
      epoch: number
      amount: bigint
      cumulative: bigint
    }
  | { type: 'truth_revealed'; challenge: number; by: string; truth: string }
  | { type: 'fees_withdrawn'; challenge: number; oracle: string; amount: bigint }
  | {
      type: 'challenge_closed'
      challenge: number
      maker: string
      prize: bigint
      fees: bigint
      /** The records of the maker and the oracles now hold this challenge. */
      folded: boolean
    }

export type EventName = ContractEvent['type']
export type EventOf<Name extends EventName> = Extract<ContractEvent, { type: Name }>
