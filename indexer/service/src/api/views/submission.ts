/** A submission's rows as the API shows them. */
import { hasFlag } from '@stellartrain/contracts-client/flags'
import type { SubmissionSql, SubmissionState, VoteSql } from '../read/submissions.ts'
import type { Submission, SubmissionStatus, Vote } from '../types.ts'
import { asset, reason, score, time, timeOrNull } from './values.ts'

export function submissionView(row: SubmissionSql, votes: readonly VoteSql[]): Submission {
  const pending = row.verdict === 'pending'
  const graded = row.verdict === 'scored' || row.verdict === 'duplicate'
  const heldAmount =
    (hasFlag(row.flags, 'prizePaid') ? 0n : BigInt(row.prize)) +
    (hasFlag(row.flags, 'depositHeld') ? BigInt(row.deposit) : 0n)
  return {
    challenge: Number(row.challenge),
    number: Number(row.number),
    solver: row.solver,
    attempt: Number(row.attempt),
    cid: row.cid,
    units: Number(row.units),
    acceptedUnits: graded ? Number(row.accepted_units) : null,
    reserved: reservedFor(row),
    asset: asset(row),
    deposit: row.deposit,
    carried: row.carried,
    submittedAt: time(row.submitted_at),
    submitLedger: row.submit_ledger,
    submitTx: row.submit_tx,
    status: statusOf(row),
    reason: reason(row.reason),
    score: graded ? score(row.score) : null,
    meetsThreshold: graded && meets(row),
    contentHash: graded ? row.content_hash : null,
    votes: votes.filter((vote) => vote.challenge === row.challenge && vote.number === row.number).map(voteView),
    queuePosition: pending && row.status === 'active' ? Number(row.number) - Number(row.finalized) : null,
    verdictAt: timeOrNull(row.verdict_at),
    verdictLedger: pending ? null : row.verdict_ledger,
    verdictTx: pending ? null : row.verdict_tx,
    report: row.report === '' ? null : row.report,
    won: row.prize !== '0',
    place: row.place === null ? null : row.place + 1,
    prize: row.prize,
    silence: row.silence,
    held: heldAmount.toString(),
    depositReturned:
      row.deposit !== '0' &&
      !pending &&
      !hasFlag(row.flags, 'depositHeld') &&
      !['rejected', 'duplicate'].includes(row.verdict),
    payment: row.paid_at === '0' ? null : { amount: row.paid, at: time(row.paid_at), tx: row.paid_tx },
  }
}

/** What is set aside for a batch; it is free again once nothing can become final any more. */
function reservedFor(row: SubmissionSql): string {
  if (row.rule !== 'per_unit' || row.verdict !== 'pending' || row.silence_fixed !== null) return '0'
  return (BigInt(row.rate) * BigInt(row.units)).toString()
}

/** What is pending when nothing can make it final any more is shown as what it is. */
export function statusOf(row: SubmissionState): SubmissionStatus {
  if (row.verdict !== 'pending') return row.verdict as SubmissionStatus
  if (row.status === 'ended') return 'void'
  return row.state === 'expired' ? 'ungraded' : 'pending'
}

export function meets(row: Pick<SubmissionSql, 'score' | 'threshold' | 'direction'>): boolean {
  const [reached, wanted] = [BigInt(row.score), BigInt(row.threshold)]
  return row.direction === 'minimize' ? reached <= wanted : reached >= wanted
}

function voteView(vote: VoteSql): Vote {
  const graded = vote.verdict === 'scored'
  return {
    oracle: vote.address,
    verdict: vote.verdict as Vote['verdict'],
    reason: reason(vote.reason),
    score: graded ? score(vote.score) : null,
    contentHash: graded ? vote.content_hash : null,
    report: vote.report,
    at: time(vote.at),
    tx: vote.tx,
  }
}
