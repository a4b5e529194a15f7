/** Shapes of the API's answers, as the pages read them. Amounts are base units in decimal strings; times RFC 3339. */

export type Asset = { code: string; issuer: string | null; contract: string; decimals: number }
export type Score = { units: string; value: number }
export type Meta = {
  ledger: number
  ledgerClosedAt: string
  lagSeconds: number
  completeSince: number | string | null
  contract: string
  network: string
}
export type Page<T> = { data: T[]; next: string | null; _meta: Meta }

export type ChallengeState = 'upcoming' | 'awaiting_oracles' | 'open' | 'grading' | 'ended' | 'cancelled' | 'expired'
export type Direction = 'maximize' | 'minimize'
export type ChallengeOracle = { address: string; keyVersion: number | null; accepted: boolean }
export type Default = { at: string; what: string }
export type Money = {
  escrow: string
  reserved: string
  feeBudget: string
  fees: string
  deposits: string
  held: string
  paid: string
  refunded: string
}

export type ChallengeSummary = {
  id: number
  maker: string
  state: ChallengeState
  asset: Asset
  payout: { rule: 'bounty'; reward: string; winners: number }
  prize: string
  left: string
  paid: string
  deposit: string
  threshold: Score
  direction: Direction
  step: Score
  opens: string
  acceptBy: string
  deadline: string
  gradeBy: string
  patience: number
  attempts: number
  attemptsPerDay: number
  oracles: ChallengeOracle[]
  quorum: number
  oracleFee: string
  silenceShare: number
  opensTruth: boolean
  manifest: string
  submissions: number
  solvers: number
  finalized: number
  best: Score | null
  winners: number
  createdAt: string
  createdTx: string
  title: string | null
  summary: string | null
  metric: string | null
  tags: string[] | null
}
export type Challenge = ChallengeSummary & {
  money: Money
  reveals: { by: string; cid: string; tx: string }[]
  events: number
  defaults: Default[]
}

export type SubmissionStatus = 'pending' | 'scored' | 'duplicate' | 'rejected' | 'unsettled' | 'void'
export type Vote = {
  oracle: string
  verdict: string
  score: Score | null
  at: string
  tx: string
  report: string | null
}
export type Submission = {
  challenge: number
  number: number
  solver: string
  attempt: number
  cid: string
  units: number
  deposit: string
  submittedAt: string
  submitTx: string
  status: SubmissionStatus
  reason: { code: number; name: string } | null
  score: Score | null
  contentHash: string | null
  votes: Vote[]
  queuePosition: number | null
  verdictTx: string | null
  verdictAt: string | null
  report: string | null
  prize: string
  held: string
  payment: { amount: string; tx: string; at: string } | null
}
export type LeaderboardRow = {
  rank: number
  solver: string
  number: number
  attempt: number
  score: Score
  meets: boolean
  attempts: number
  submittedAt: string
  paid: string | null
}
export type OracleRecord = {
  address: string
  url: string
  key: string
  keyVersion: number
  metadata: string
  votes: number
  agreed: number
  disagreed: number
  missed: number
  accepted: number
  medianSecondsToVote: number | null
}
export type Account = {
  address: string
  earned: { asset: Asset; amount: string; payments: number }[]
  submissions: Submission[]
  challenges: ChallengeSummary[]
  oracle?: OracleRecord | null
}
export type ChainEvent = {
  id: string
  ledger: number
  closedAt: string
  txHash: string
  type: string
  challenge: number | null
  data: Record<string, unknown>
}
export type Transaction = { hash: string; ledger: number; closedAt: string; events: ChainEvent[] }
export type Totals = {
  locked: { asset: Asset; amount: string }[]
  paid: { asset: Asset; amount: string }[]
  challenges: number
  submissions: number
  medianSecondsToPayment: number | null
}
