/** The tables that people take away: which columns each has. */
import { formatUnits } from '@stellartrain/oracle-grade'
import type {
  Badge,
  BestScore,
  ChainEvent,
  ChallengeDay,
  ChallengeSummary,
  Claim,
  DayPayments,
  DayTotals,
  LeaderboardRow,
  ListedVote,
  Maker,
  PaymentPart,
  RecordedSubmission,
  Score,
  Solver,
  SolverScore,
  Submission,
} from '../types.ts'
import { type Columns, integer, text, time, yesNo } from './columns.ts'

/** Exact, without what floating point would make of it. */
const decimal = (score: Score | null): string | null => score && formatUnits(BigInt(score.units))

export const LEADERBOARD_COLUMNS: Columns<LeaderboardRow> = {
  rank: integer((row) => row.rank),
  place: integer((row) => row.place),
  due: yesNo((row) => row.due),
  waiting: yesNo((row) => row.waiting),
  kept: yesNo((row) => row.kept),
  solver: text((row) => row.solver),
  number: integer((row) => row.number),
  attempt: integer((row) => row.attempt),
  score: text((row) => decimal(row.score)),
  private_score: text((row) => decimal(row.privateScore)),
  meets_threshold: yesNo((row) => row.meetsThreshold),
  won: yesNo((row) => row.won),
  prize: text((row) => row.prize),
  paid: text((row) => row.paid),
  attempts: integer((row) => row.attempts),
  submitted_at: time((row) => row.submittedAt),
  lower_bound: yesNo((row) => row.lowerBound),
}

export const SUBMISSION_COLUMNS: Columns<Submission> = {
  number: integer((row) => row.number),
  solver: text((row) => row.solver),
  attempt: integer((row) => row.attempt),
  status: text((row) => row.status),
  standing: text((row) => row.standing),
  reason: text((row) => row.reason?.name ?? row.reason?.code.toString() ?? null),
  score: text((row) => decimal(row.score)),
  units: integer((row) => row.units),
  accepted_units: integer((row) => row.acceptedUnits),
  place: integer((row) => row.place),
  prize: text((row) => row.prize),
  owed: text((row) => row.owed.total),
  paid: text((row) => row.payment?.amount ?? '0'),
  deposit: text((row) => row.deposit),
  carried: text((row) => row.carried),
  passed: yesNo((row) => row.flags.passed),
  kept: yesNo((row) => row.flags.kept),
  decided_by: text((row) => row.decision?.by ?? null),
  submitted_at: time((row) => row.submittedAt),
  verdict_at: time((row) => row.verdictAt),
  cid: text((row) => row.cid),
  content_hash: text((row) => row.contentHash),
  submit_tx: text((row) => row.submitTx),
  verdict_tx: text((row) => row.verdictTx),
}

/** Of submissions to several challenges. */
export const ALL_SUBMISSION_COLUMNS: Columns<Submission> = {
  challenge: integer((row) => row.challenge),
  ...SUBMISSION_COLUMNS,
}

export const CHALLENGE_COLUMNS: Columns<ChallengeSummary> = {
  id: integer((row) => row.id),
  title: text((row) => row.info?.title ?? null),
  phase: text((row) => row.phase),
  rule: text((row) => row.payout.rule),
  maker: text((row) => row.maker),
  asset: text((row) => row.asset.code),
  asset_contract: text((row) => row.asset.contract),
  decimals: integer((row) => row.asset.decimals),
  prize: text((row) => row.prize),
  added: text((row) => row.added),
  left: text((row) => row.left),
  paid: text((row) => row.paid),
  metric: text((row) => row.info?.metric ?? null),
  direction: text((row) => row.direction),
  threshold: text((row) => decimal(row.threshold)),
  best: text((row) => decimal(row.best)),
  submissions: integer((row) => row.submissions),
  solvers: integer((row) => row.solvers),
  opens: time((row) => row.opens),
  deadline: time((row) => row.deadline),
  end: time((row) => row.end),
  created_at: time((row) => row.createdAt),
  manifest: text((row) => row.manifest),
  completeness: text((row) => row.completeness?.state ?? null),
}

export const VOTE_COLUMNS: Columns<ListedVote> = {
  id: text((row) => row.id),
  challenge: integer((row) => row.challenge),
  number: integer((row) => row.number),
  by: text((row) => row.by),
  judge: yesNo((row) => row.judge),
  verdict: text((row) => row.verdict),
  reason: text((row) => row.reason?.name ?? row.reason?.code.toString() ?? null),
  score: text((row) => decimal(row.score)),
  units: integer((row) => row.units),
  content_hash: text((row) => row.contentHash),
  late: yesNo((row) => row.late),
  improved: yesNo((row) => row.improved),
  report: text((row) => row.report),
  at: time((row) => row.at),
  tx: text((row) => row.tx),
}

export const PAYMENT_COLUMNS: Columns<PaymentPart> = {
  id: text((row) => row.id),
  challenge: integer((row) => row.challenge),
  number: integer((row) => row.number),
  solver: text((row) => row.solver),
  asset: text((row) => row.asset.code),
  asset_contract: text((row) => row.asset.contract),
  decimals: integer((row) => row.asset.decimals),
  prize: text((row) => row.prize),
  pay: text((row) => row.pay),
  back: text((row) => row.back),
  at: time((row) => row.at),
  tx: text((row) => row.tx),
}

export const CLAIM_COLUMNS: Columns<Claim> = {
  id: text((row) => row.id),
  challenge: integer((row) => row.challenge),
  labeler: text((row) => row.labeler),
  epoch: integer((row) => row.epoch),
  asset: text((row) => row.asset.code),
  asset_contract: text((row) => row.asset.contract),
  decimals: integer((row) => row.asset.decimals),
  amount: text((row) => row.amount),
  cumulative: text((row) => row.cumulative),
  at: time((row) => row.at),
  tx: text((row) => row.tx),
}

export const EVENT_COLUMNS: Columns<ChainEvent> = {
  id: text((row) => row.id),
  ledger: integer((row) => row.ledger),
  closed_at: time((row) => row.closedAt),
  tx_hash: text((row) => row.txHash),
  type: text((row) => row.type),
  challenge: integer((row) => row.challenge),
  data: text((row) => JSON.stringify(row.data)),
}

export const SOLVER_COLUMNS: Columns<Solver> = {
  address: text((row) => row.address),
  submissions: integer((row) => row.record.submissions),
  scored: integer((row) => row.record.scored),
  rejected: integer((row) => row.record.rejected),
  unavailable: integer((row) => row.record.unavailable),
  unsettled: integer((row) => row.record.unsettled),
  void: integer((row) => row.record.void),
  wins: integer((row) => row.record.wins),
  first: time((row) => row.first),
  last: time((row) => row.last),
  badges: integer((row) => row.badges),
  without_event: integer((row) => row.withoutEvent),
  lower_bound: yesNo((row) => row.lowerBound),
}

export const RECORD_COLUMNS: Columns<RecordedSubmission> = {
  id: text((row) => row.id),
  challenge: integer((row) => row.challenge),
  number: integer((row) => row.number),
  attempt: integer((row) => row.attempt),
  solver: text((row) => row.solver),
  verdict: text((row) => row.verdict),
  score: text((row) => decimal(row.score)),
  asset: text((row) => row.asset.code),
  asset_contract: text((row) => row.asset.contract),
  decimals: integer((row) => row.asset.decimals),
  prize: text((row) => row.prize),
  at: time((row) => row.at),
  tx: text((row) => row.tx),
}

export const BADGE_COLUMNS: Columns<Badge> = {
  id: integer((row) => row.id),
  challenge: integer((row) => row.challenge),
  number: integer((row) => row.number),
  attempt: integer((row) => row.attempt),
  solver: text((row) => row.solver),
  score: text((row) => decimal(row.score)),
  asset: text((row) => row.asset.code),
  asset_contract: text((row) => row.asset.contract),
  decimals: integer((row) => row.asset.decimals),
  prize: text((row) => row.prize),
  at: time((row) => row.at),
  tx: text((row) => row.tx),
  burned_at: time((row) => row.burned?.at ?? null),
}

export const MAKER_COLUMNS: Columns<Maker> = {
  address: text((row) => row.address),
  challenges: integer((row) => row.record.challenges),
  cancelled: integer((row) => row.record.cancelled),
  decided: integer((row) => row.record.decided),
  undecided: integer((row) => row.record.undecided),
  unopened: integer((row) => row.record.unopened),
  lower_bound: yesNo((row) => row.lowerBound),
}

/** What was paid, a day may have in any number of assets: it is a table of its own. */
export const DAY_COLUMNS: Columns<DayTotals> = {
  day: text((row) => row.day),
  challenges: integer((row) => row.challenges),
  submissions: integer((row) => row.submissions),
  verdicts: integer((row) => row.verdicts),
  votes: integer((row) => row.votes),
  payments: integer((row) => row.payments),
  lower_bound: yesNo((row) => row.lowerBound),
}

export const DAY_PAYMENT_COLUMNS: Columns<DayPayments> = {
  day: text((row) => row.day),
  asset: text((row) => row.asset.code),
  asset_contract: text((row) => row.asset.contract),
  decimals: integer((row) => row.asset.decimals),
  payments: integer((row) => row.payments),
  amount: text((row) => row.amount),
  lower_bound: yesNo((row) => row.lowerBound),
}

export const CHALLENGE_DAY_COLUMNS: Columns<ChallengeDay> = {
  day: text((row) => row.day),
  submissions: integer((row) => row.submissions),
  verdicts: integer((row) => row.verdicts),
  votes: integer((row) => row.votes),
  payments: integer((row) => row.payments),
  paid: text((row) => row.paid),
  lower_bound: yesNo((row) => row.lowerBound),
}

export const SOLVER_SCORE_COLUMNS: Columns<SolverScore> = {
  challenge: integer((row) => row.challenge),
  number: integer((row) => row.number),
  attempt: integer((row) => row.attempt),
  score: text((row) => decimal(row.score)),
  direction: text((row) => row.direction),
  threshold: text((row) => decimal(row.threshold)),
  submitted_at: time((row) => row.submittedAt),
  verdict_at: time((row) => row.verdictAt),
}

export const BEST_SCORE_COLUMNS: Columns<BestScore> = {
  id: text((row) => row.id),
  number: integer((row) => row.number),
  solver: text((row) => row.solver),
  score: text((row) => decimal(row.score)),
  at: time((row) => row.at),
  tx: text((row) => row.tx),
}
