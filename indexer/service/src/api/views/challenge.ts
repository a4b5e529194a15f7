/** A challenge's rows as the API shows them. */

import type { Ranking } from '../../project/model.ts'
import type { ChallengeSql, SeatSql } from '../read/challenges.ts'
import type { ChallengeMoney, ChallengeOracle, ChallengeSummary, Default, ManifestInfo, Payout } from '../types.ts'
import { asset, score, time, timeOrNull } from './values.ts'

export function challengeSummary(row: ChallengeSql, seats: readonly SeatSql[]): ChallengeSummary {
  return {
    id: Number(row.id),
    maker: row.maker,
    state: row.state,
    asset: asset(row),
    payout: payoutView(row),
    prize: row.prize,
    added: row.added,
    left: row.escrow,
    reserved: row.reserved,
    paid: row.paid,
    deposit: row.deposit,
    threshold: score(row.threshold),
    direction: row.direction === 'minimize' ? 'minimize' : 'maximize',
    step: score(row.step),
    opens: time(row.opens),
    acceptBy: time(row.accept_by),
    deadline: time(row.deadline),
    gradeBy: time(row.grade_by),
    patienceSeconds: Number(row.patience),
    attempts: Number(row.attempts),
    attemptsPerDay: Number(row.attempts_per_day),
    oracles: seats.filter((seat) => seat.challenge === row.id).map(challengeOracle),
    quorum: row.quorum,
    oracleFee: row.oracle_fee,
    silenceShareBps: row.silence_share,
    opensTruth: row.opens_truth,
    manifest: row.manifest,
    info: manifestInfo(row),
    submissions: Number(row.submitted),
    finalized: Number(row.finalized),
    solvers: Number(row.solvers),
    best: row.best === null ? null : score(row.best),
    winners: row.winners,
    ranking: row.rule === 'ranked' ? (row.ranking as Ranking) : null,
    earnings: row.rule === 'earnings' ? { epochs: row.epochs, total: row.earned, claimed: row.claimed } : null,
    createdAt: time(row.created_at),
    createdLedger: row.created_ledger,
    createdTx: row.created_tx,
  }
}

function payoutView(row: ChallengeSql): Payout {
  switch (row.rule) {
    case 'ranked':
      return { rule: 'ranked', prizes: row.prizes }
    case 'per_unit':
      return { rule: 'per_unit', rate: row.rate, maxUnits: Number(row.max_units) }
    case 'earnings':
      return { rule: 'earnings' }
    default:
      return { rule: 'bounty', reward: row.reward, winners: row.max_winners }
  }
}

function challengeOracle(seat: SeatSql): ChallengeOracle {
  const accepted = seat.key_version !== '0'
  return {
    address: seat.address,
    accepted,
    keyVersion: accepted ? Number(seat.key_version) : null,
    acceptedAt: timeOrNull(seat.accepted_at),
    acceptTx: accepted ? seat.accept_tx : null,
    cursor: Number(seat.cursor),
    votes: Number(seat.votes),
    agreed: Number(seat.agreed),
    disagreed: Number(seat.disagreed),
    missed: Number(seat.missed),
    feesEarned: seat.fees_earned,
    feesWithdrawn: seat.fees_withdrawn,
  }
}

function manifestInfo(row: ChallengeSql): ManifestInfo | null {
  if (row.title === null) return null
  return {
    title: row.title,
    summary: row.summary ?? '',
    tags: row.tags ?? [],
    kind: row.kind ?? '',
    license: row.license ?? '',
    metric: row.metric ?? '',
    baseline: row.baseline ?? 0,
  }
}

export function challengeMoney(row: ChallengeSql, seats: readonly SeatSql[]): ChallengeMoney {
  const fees = seats.reduce((sum, seat) => sum + BigInt(seat.fees_earned) - BigInt(seat.fees_withdrawn), 0n)
  return {
    escrow: row.escrow,
    reserved: row.reserved,
    feeBudget: row.fee_budget,
    fees: fees.toString(),
    deposits: row.deposits,
    held: row.held,
    unclaimed: (BigInt(row.earned) - BigInt(row.claimed)).toString(),
    added: row.added,
    paid: row.paid,
    refunded: row.refunded,
  }
}

/** What the rules do by themselves, and when: nobody has to act for it, and nobody can prevent it. */
export function defaultsOf(row: ChallengeSql): Default[] {
  if (row.status !== 'active' || row.closed) return []
  const share = row.silence_share / 100
  if (row.accepted < row.seats) {
    return [
      {
        at: time(row.accept_by),
        code: 'refund_without_acceptance',
        text: 'If not every oracle has accepted by then, anyone can send the whole prize and the fee budget back to the maker.',
      },
    ]
  }
  const list: Default[] = [
    {
      at: time(row.deadline),
      code: 'submissions_close',
      text:
        row.rule === 'earnings'
          ? 'Nothing can be added to the prize from then on.'
          : 'No more submissions are taken from then on.',
    },
  ]
  if (row.rule === 'ranked' && row.ranking === 'open') {
    list.push({
      at: time(row.grade_by),
      code: 'running_table',
      text: 'If the oracles have not posted a ranking by then, the prizes go by the leaderboard as it stands, each multiplied by the part of the submissions that was graded.',
    })
  }
  if (row.silence_share > 0) {
    list.push({
      at: time(row.grade_by),
      code: 'silence',
      text: `If submissions are still ungraded then, ${share}% of the prize that is left is shared equally among those that no oracle voted to reject, at most ${MOST[row.rule] ?? 'one reward each'}, and their deposits come back.`,
    })
  }
  list.push({
    at: time(row.grade_by),
    code: 'refund_rest',
    text: restText(row),
  })
  return list
}

const MOST: Record<string, string> = {
  ranked: 'the last prize each',
  per_unit: 'what was reserved for each',
}

function restText(row: ChallengeSql): string {
  if (row.rule === 'earnings') {
    return 'What no epoch has moved to the labelers by then, and what is left of the fee budget, can then be sent back to the maker, by anyone. What labelers have earned stays theirs to claim.'
  }
  return row.silence_share > 0
    ? 'The rest of the prize and the unused fee budget can then be sent back to the maker, by anyone.'
    : 'What is left of the prize and of the fee budget can then be sent back to the maker, by anyone. Deposits of ungraded submissions come back.'
}
