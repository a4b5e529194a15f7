/** The contract's events as a closed union: a new one breaks the build until it is decoded and projected. */

/** The rule by which a challenge pays. */
export type Payout =
  | { rule: 'bounty'; reward: bigint; winners: number }
  /** The largest prize first. */
  | { rule: 'ranked'; prizes: bigint[] }
  | { rule: 'per_unit'; rate: bigint; maxUnits: number }
  | { rule: 'earnings' }

/** CIDs and addresses as text, hashes as hex, times in Unix seconds, amounts and scores as bigint. */
export type Terms = {
  token: string
  payout: Payout
  oracles: string[]
  quorum: number
  oracleFee: bigint
  deposit: bigint
  threshold: bigint
  direction: 'maximize' | 'minimize'
  step: bigint
  opens: bigint
  acceptBy: bigint
  deadline: bigint
  patience: bigint
  gradeBy: bigint
  silenceShare: number
  attempts: number
  attemptsPerDay: number
  opensTruth: boolean
  manifest: string
}

export const VERDICTS = ['pending', 'scored', 'duplicate', 'rejected', 'unsettled', 'void', 'unavailable'] as const
export type Verdict = (typeof VERDICTS)[number]

export type VoteRow = { verdict: Verdict; reason: number; score: bigint; contentHash: string; units: number }

/** `by`: place of an oracle whose vote is the verdict, `null` if no quorum made it. */
export type SettledRow = { by: number | null; verdict: Verdict; reason: number; flags: number; amount: bigint }

/** A solver on an oracle's ranking, best first; the score as graded. */
export type RankedRow = { solver: string; attempt: number; score: bigint }

export type ContractEvent =
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
  | { type: 'challenge_accepted'; challenge: number; oracle: string; keyVersion: number }
  | { type: 'topped_up'; challenge: number; from: string; escrow: bigint; fees: bigint }
  | { type: 'challenge_cancelled'; challenge: number; refunded: bigint }
  | {
      type: 'submitted'
      challenge: number
      solver: string
      attempt: number
      number: number
      cid: string
      units: number
      deposit: bigint
      carried: bigint
    }
  | {
      type: 'scored'
      challenge: number
      oracle: string
      report: string
      first: number
      votes: VoteRow[]
      settledFirst: number
      settled: SettledRow[]
    }
  | { type: 'settled'; challenge: number; first: number; settled: SettledRow[] }
  | {
      type: 'payment_released'
      challenge: number
      solver: string
      attempt: number
      number: number
      prize: bigint
      deposit: bigint
      silence: bigint
      verdict: Verdict
      reason: number
      flags: number
    }
  | {
      type: 'ranking_posted'
      challenge: number
      oracle: string
      report: string
      rows: RankedRow[]
      /** These rows became the board. */
      quorum: boolean
    }
  | { type: 'ranking_fixed'; challenge: number; graded: number; submitted: number }
  | {
      type: 'earnings_posted'
      challenge: number
      oracle: string
      epoch: number
      root: string
      total: bigint
      report: string
      /** The votes before were dropped. */
      again: boolean
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
  | { type: 'silence_fixed'; challenge: number; part: bigint; eligible: number }
  | { type: 'truth_revealed'; challenge: number; by: string; truth: string }
  | { type: 'fees_withdrawn'; challenge: number; oracle: string; amount: bigint }
  | { type: 'challenge_closed'; challenge: number; maker: string; amount: bigint }

export type EventName = ContractEvent['type']
export type EventOf<Name extends EventName> = Extract<ContractEvent, { type: Name }>
