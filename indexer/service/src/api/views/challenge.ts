/** A challenge's rows as the API shows them. */
import type { ChallengeSql, SeatSql } from '../read/challenges.ts'
import type { ChallengeMoney, ChallengeOracle, ChallengeSummary, Default, ManifestInfo } from '../types.ts'
import { asset, score, time, timeOrNull } from './values.ts'

export function challengeSummary(row: ChallengeSql, seats: readonly SeatSql[]): ChallengeSummary {
  return {
    id: Number(row.id),
    maker: row.maker,
    state: row.state,
    asset: asset(row),
    payout: { rule: 'bounty', reward: row.reward, winners: row.max_winners },
    prize: row.prize,
    left: row.escrow,
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
    createdAt: time(row.created_at),
    createdLedger: row.created_ledger,
    createdTx: row.created_tx,
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
    { at: time(row.deadline), code: 'submissions_close', text: 'No more submissions are taken from then on.' },
  ]
  if (row.silence_share > 0) {
    list.push({
      at: time(row.grade_by),
      code: 'silence',
      text: `If submissions are still ungraded then, ${share}% of the prize that is left is shared equally among those that no oracle voted to reject, at most one reward each, and their deposits come back.`,
    })
  }
  list.push({
    at: time(row.grade_by),
    code: 'refund_rest',
    text:
      row.silence_share > 0
        ? 'The rest of the prize and the unused fee budget can then be sent back to the maker, by anyone.'
        : 'What is left of the prize and of the fee budget can then be sent back to the maker, by anyone. Deposits of ungraded submissions come back.',
  })
  return list
}
