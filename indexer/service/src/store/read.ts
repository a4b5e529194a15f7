/** Rows of the tables as the projections have them. */
import { decide, noVotes, type Payout, unpackFlags } from '@stellartrain/contracts-client/rules'
import type { Selectable } from 'kysely'
import {
  type ChallengeFacts,
  type ChallengeRow,
  type ClaimRow,
  type EpochVote,
  JUDGE,
  type OracleKeyRow,
  type OracleSeat,
  type RankedBy,
  type RankingPost,
  type RevealRow,
  type SubmissionRow,
  type VoteRecord,
} from '../project/model.ts'
import { isVerdict, type Parts, standingOf } from '../project/verdicts.ts'
import type {
  ChallengeOraclesTable,
  ChallengesTable,
  ClaimsTable,
  EpochVotesTable,
  OracleKeysTable,
  PlacesTable,
  RankingsTable,
  RevealsTable,
  SubmissionsTable,
  VotesTable,
} from './database.ts'

export type ChallengeSql = Selectable<ChallengesTable>
export type SeatSql = Selectable<ChallengeOraclesTable>
export type PlaceSql = Selectable<PlacesTable>
export type SubmissionSql = Selectable<SubmissionsTable>
export type VoteSql = Selectable<VotesTable>

/** @param seats,places all of this challenge, by place */
export function readChallenge(row: ChallengeSql, seats: readonly SeatSql[], places: readonly PlaceSql[]): ChallengeRow {
  return {
    id: Number(row.id),
    maker: row.maker,
    terms: {
      token: row.token,
      payout: readPayout(row),
      oracles: seats.map(({ address }) => address),
      oracleFee: BigInt(row.oracle_fee),
      deposit: BigInt(row.deposit),
      threshold: BigInt(row.threshold),
      direction: row.direction === 'minimize' ? 'minimize' : 'maximize',
      step: BigInt(row.step),
      opens: Number(row.opens),
      acceptBy: Number(row.accept_by),
      deadline: Number(row.deadline),
      patience: Number(row.patience),
      gradeBy: Number(row.grade_by),
      judge: row.judge === null ? null : { address: row.judge, by: Number(row.judge_by) },
      gate: row.gate,
      attempts: Number(row.attempts),
      attemptsPerDay: Number(row.attempts_per_day),
      uniqueContent: row.unique_content,
      truth: row.truth,
      opensTruth: row.opens_truth,
      manifest: row.manifest,
    },
    prize: BigInt(row.prize),
    added: BigInt(row.added),
    feesAdded: BigInt(row.fees_added),
    createdAt: Number(row.created_at),
    createdLedger: row.created_ledger,
    createdTx: row.created_tx,
    facts: readFacts(row, places),
    unsettled: Number(row.unsettled),
    endedAt: Number(row.ended_at),
    cancelledAt: Number(row.cancelled_at),
    key: row.key,
    seats: seats.map(readSeat),
    purse: {
      escrow: BigInt(row.escrow),
      reserved: BigInt(row.reserved),
      prizes: BigInt(row.prizes_due),
      budget: BigInt(row.budget),
      heldFees: BigInt(row.held_fees),
      rankingFees: BigInt(row.ranking_fees),
      deposits: BigInt(row.deposits),
      carried: BigInt(row.carried),
      owed: BigInt(row.owed),
    },
    rankingFixed: row.ranking_fixed as RankedBy | null,
    epochs: row.epochs,
    earned: BigInt(row.earned),
    claimed: BigInt(row.claimed),
    folded: row.folded as ChallengeRow['folded'],
    opened: row.opened,
    unopened: row.unopened,
    paid: BigInt(row.paid),
    refunded: BigInt(row.refunded),
    solvers: Number(row.solvers),
    best: row.best === null ? null : BigInt(row.best),
    events: Number(row.events),
  }
}

function readPayout(row: ChallengeSql): Payout {
  switch (row.rule) {
    case 'ranked':
      return { rule: 'ranked', prizes: row.prizes.map(BigInt) }
    case 'per_unit':
      return { rule: 'per_unit', rate: BigInt(row.rate), maxUnits: Number(row.max_units) }
    case 'earnings':
      return { rule: 'earnings' }
    default:
      return { rule: 'bounty', reward: BigInt(row.reward), winners: row.max_winners }
  }
}

function readFacts(row: ChallengeSql, places: readonly PlaceSql[]): ChallengeFacts {
  const list = (name: string) => places.filter((place) => place.list === name).map(readPlace)
  const [board, ranking] = [list('board'), list('ranking')]
  const ranked = row.rule === 'ranked'
  const table = ranked ? board : []
  const placed = row.placed as RankedBy | null
  return {
    cancelled: row.cancelled,
    accepted: row.accepted === row.seats,
    ended: row.ended_at !== '0',
    submitted: Number(row.submitted),
    concluded: Number(row.concluded),
    decided: Number(row.decided),
    kept: Number(row.kept),
    scored: Number(row.scored),
    head: Number(row.head),
    board: { rows: ranked ? [] : board.map(({ solver, number }) => ({ solver, number })), due: row.due },
    rankings: {
      table,
      judge: row.judge_ranked ? ranking : null,
      placed,
      places: placed === null ? [] : placed === 'running_table' ? table : ranking,
    },
  }
}

const readPlace = ({ solver, number, score }: PlaceSql) => ({
  ...{ solver, number: Number(number), score: BigInt(score ?? 0) },
})

export function readSeat(row: SeatSql): OracleSeat {
  return {
    address: row.address,
    keyVersion: Number(row.key_version),
    acceptedAt: Number(row.accepted_at),
    acceptTx: row.accept_tx,
    tally: {
      votes: Number(row.votes),
      unavailable: Number(row.unavailable),
      agreed: Number(row.agreed),
      disagreed: Number(row.disagreed),
      missing: Number(row.missing),
      open: Number(row.open),
    },
    folded: row.folded
      ? {
          votes: Number(row.folded_votes),
          unavailable: Number(row.folded_unavailable),
          agreed: Number(row.folded_agreed),
          disagreed: Number(row.folded_disagreed),
          missing: Number(row.folded_missing),
        }
      : null,
    feesEarned: BigInt(row.fees_earned),
    feesWithdrawn: BigInt(row.fees_withdrawn),
  }
}

/** @param votes all on this submission, in the order in which they were cast */
export function readSubmission(
  row: SubmissionSql,
  terms: ChallengeRow['terms'],
  votes: readonly VoteRecord[],
): SubmissionRow {
  const pending = row.status === 'pending'
  const mth = row.heard_at === '0' ? null : Number(row.heard_at)
  return {
    challenge: Number(row.challenge),
    attempt: Number(row.attempt),
    cid: row.cid,
    commitment: row.commitment,
    submitLedger: row.submit_ledger,
    submitTx: row.submit_tx,
    facts: {
      number: Number(row.number),
      solver: row.solver,
      time: Number(row.submitted_at),
      units: Number(row.units),
      votes: pending ? { ...votesOf(terms, votes), mth } : { ...noVotes(terms), mth },
      status: standingOf(readParts({ ...row, verdict: row.status, units: row.accepted_units })),
      ...unpackFlags(row.flags),
    },
    voted: row.voted,
    deciders: row.deciders,
    decidedAt: Number(row.decided_at),
    by: /^\d/.test(row.by) ? Number(row.by) : (row.by as 'judge' | 'nobody' | 'open'),
    verdictAt: Number(row.verdict_at),
    verdictLedger: row.verdict_ledger,
    verdictTx: row.verdict_tx,
    report: row.report,
    paid: BigInt(row.paid),
    paidAt: Number(row.paid_at),
    paidTx: row.paid_tx,
  }
}

/** What the votes come to, whatever the time. */
export function votesOf(terms: ChallengeRow['terms'], votes: readonly VoteRecord[]) {
  const counted = votes.filter(({ oracle, late }) => oracle !== JUDGE && !late)
  const ballot = votes.find(({ oracle }) => oracle === JUDGE)?.verdict
  const none = noVotes(terms)
  const cast = counted.reduce((all, { oracle, verdict }) => all.with(oracle, verdict), [...none.cast])
  return { ...none, cast, decision: decide(terms, counted, ballot) }
}

type PartsSql = Pick<VoteSql, 'verdict' | 'reason' | 'score' | 'content_hash' | 'units'>

const readParts = ({ verdict, reason, score, content_hash, units }: PartsSql): Parts => ({
  verdict: verdict as Parts['verdict'],
  ...{ reason, score: BigInt(score), contentHash: content_hash, units: Number(units) },
})

/** @throws TypeError for what cannot be voted */
export function readVote(row: VoteSql): VoteRecord {
  const verdict = standingOf(readParts(row))
  if (!isVerdict(verdict)) throw new TypeError(`a vote says ${row.verdict}`)
  return {
    challenge: Number(row.challenge),
    number: Number(row.number),
    oracle: row.oracle,
    eventId: row.event_id,
    verdict,
    late: row.late,
    improved: row.improved,
    report: row.report,
    at: Number(row.at),
    ledger: row.ledger,
    tx: row.tx,
  }
}

export function readRanking(row: Selectable<RankingsTable>): RankingPost {
  return {
    challenge: Number(row.challenge),
    by: row.by,
    report: row.report,
    rows: row.rows.map(([solver, attempt, score]) => ({ solver, attempt, score: BigInt(score) })),
    quorum: row.quorum,
    eventId: row.event_id,
    at: Number(row.at),
    ledger: row.ledger,
    tx: row.tx,
  }
}

export function readEpochVote(row: Selectable<EpochVotesTable>): EpochVote {
  return {
    challenge: Number(row.challenge),
    epoch: Number(row.epoch),
    oracle: row.oracle,
    root: row.root,
    total: BigInt(row.total),
    report: row.report,
    quorum: row.quorum,
    fees: BigInt(row.fees),
    eventId: row.event_id,
    at: Number(row.at),
    ledger: row.ledger,
    tx: row.tx,
  }
}

export function readClaim(row: Selectable<ClaimsTable>): ClaimRow {
  const { challenge, labeler, token, epoch, amount, cumulative, tx } = row
  return {
    ...{ eventId: row.event_id, challenge: Number(challenge), labeler, token, epoch: Number(epoch) },
    ...{ amount: BigInt(amount), cumulative: BigInt(cumulative), at: Number(row.at), tx },
  }
}

export function readKey({ version, at, ...row }: Selectable<OracleKeysTable>): OracleKeyRow {
  return { ...row, version: Number(version), at: Number(at) }
}

export function readReveal({ challenge, at, ...row }: Selectable<RevealsTable>): RevealRow {
  return { ...row, challenge: Number(challenge), at: Number(at) }
}
