/** One submission becomes final: its verdict, the oracles' records and fees, the prize, the end of the challenge. */
import { hasFlag } from '@stellartrain/contracts-client/flags'
import type { SettledRow } from '../decode/events.ts'
import { enterBoard, reservation } from './board.ts'
import type { ChallengeRow, EventPlace, SubmissionRow, VoteRecord } from './model.ts'
import { sameVerdict } from './votes.ts'
import { MissingError, type World } from './world.ts'

export function settleRows(
  world: World,
  challenge: number,
  first: number,
  rows: SettledRow[],
  place: EventPlace,
): void {
  rows.forEach((row, index) => {
    settleOne(world, world.challenge(challenge), first + index, row, place)
  })
}

function settleOne(world: World, challenge: ChallengeRow, number: number, row: SettledRow, place: EventPlace): void {
  if (number !== challenge.finalized + 1) {
    throw new MissingError(`verdict ${number} of challenge ${challenge.id} follows ${challenge.finalized}`)
  }
  const submission = world.submission(challenge.id, number)
  const votes = world.votesOn(challenge.id, number)
  const rejectVoted = hasFlag(submission.flags, 'rejectVoted')
  challenge.finalized = number
  if (rejectVoted) challenge.rejectVoted -= 1
  submission.verdict = row.verdict
  submission.reason = row.reason
  submission.flags = row.flags
  submission.verdictAt = place.closedAt
  submission.verdictLedger = place.ledger
  submission.verdictTx = place.txHash
  const reserved = reservation(challenge, submission.units)
  challenge.reserved -= reserved
  challenge.escrow += reserved
  if (row.verdict === 'unsettled') {
    challenge.unsettled += 1
    if (!rejectVoted) challenge.unsettledEligible += 1
  }
  if (row.by === null) return

  const decisive = votes.find((vote) => vote.oracle === row.by)
  if (!decisive) throw new MissingError(`the deciding vote on ${number} of challenge ${challenge.id} was never seen`)
  takeVerdict(challenge, submission, decisive)
  countVotes(challenge, submission, votes, decisive)
  pay(world, challenge, submission, row, place)
}

function takeVerdict(challenge: ChallengeRow, submission: SubmissionRow, vote: VoteRecord): void {
  submission.report = vote.report
  if (submission.verdict !== 'scored' && submission.verdict !== 'duplicate') return
  submission.score = vote.score
  submission.contentHash = vote.contentHash
  submission.acceptedUnits = vote.units
  if (submission.verdict !== 'scored') return
  const better = challenge.terms.direction === 'maximize' ? 1 : -1
  const best = challenge.best
  if (best === null || (vote.score > best ? better : -better) > 0) {
    if (best !== vote.score) challenge.best = vote.score
  }
}

/** The first m equal votes earn the fee: out of a lost deposit first, whose rest joins the escrow. */
function countVotes(
  challenge: ChallengeRow,
  submission: SubmissionRow,
  votes: readonly VoteRecord[],
  decisive: VoteRecord,
): void {
  const { quorum, oracleFee } = challenge.terms
  const paysFees = submission.verdict !== 'unsettled'
  let earners = 0
  for (const vote of votes) {
    const seat = challenge.seats[vote.oracle]
    if (!seat) continue
    if (!sameVerdict(vote, decisive)) seat.disagreed += 1
    else {
      seat.agreed += 1
      if (paysFees && earners < quorum) {
        earners += 1
        seat.feesEarned += oracleFee
      }
    }
  }
  const fees = oracleFee * BigInt(earners)
  const lost = submission.verdict === 'rejected' || submission.verdict === 'duplicate' ? submission.deposit : 0n
  const fromDeposit = lost < fees ? lost : fees
  challenge.deposits -= lost
  challenge.escrow += lost - fromDeposit
  challenge.feeBudget -= fees - fromDeposit
}

function pay(
  world: World,
  challenge: ChallengeRow,
  submission: SubmissionRow,
  row: SettledRow,
  place: EventPlace,
): void {
  if (row.verdict !== 'scored') return
  const prize = row.amount - submission.deposit
  const prizeHeld = hasFlag(row.flags, 'prizeHeld')
  const depositHeld = hasFlag(row.flags, 'depositHeld')
  submission.prize = prize
  challenge.escrow -= prize
  if (prizeHeld) challenge.held += prize
  if (!depositHeld) challenge.deposits -= submission.deposit
  const sentPrize = prizeHeld ? 0n : prize
  const sentDeposit = depositHeld ? 0n : submission.deposit
  recordPayment(world, challenge, submission, { prize: sentPrize, deposit: sentDeposit, silence: 0n }, place)
  takePlace(world, challenge, submission, place)
}

/** A winner of a bounty, whose last one ends the challenge; a solver on the running table of a ranking. */
function takePlace(world: World, challenge: ChallengeRow, submission: SubmissionRow, place: EventPlace): void {
  const { payout, threshold, direction } = challenge.terms
  const { solver, attempt, number, score } = submission
  const row = { solver, attempt, number, score }
  if (payout.rule === 'bounty' && submission.prize > 0n) challenge.board.push(row)
  else if (payout.rule !== 'ranked') return
  else if (direction === 'maximize' ? score < threshold : score > threshold) return
  else if (!enterBoard(challenge, row, payout.prizes.length)) return
  world.changedBoards.add(challenge)
  challenge.winners = challenge.board.length
  if (payout.rule !== 'bounty' || challenge.winners < payout.winners) return
  challenge.status = 'ended'
  challenge.ended = place.closedAt
}

/** Notes what was sent for a submission; nothing if it was nothing. */
export function recordPayment(
  world: World,
  challenge: ChallengeRow,
  submission: SubmissionRow,
  sent: { prize: bigint; deposit: bigint; silence: bigint },
  place: EventPlace,
): void {
  const total = sent.prize + sent.deposit + sent.silence
  if (total === 0n) return
  challenge.paid += sent.prize + sent.silence
  submission.paid += total
  submission.paidAt = place.closedAt
  submission.paidTx = place.txHash
  world.newPayments.push({
    eventId: place.id,
    challenge: challenge.id,
    number: submission.number,
    solver: submission.solver,
    token: challenge.terms.token,
    ...sent,
    at: place.closedAt,
    tx: place.txHash,
  })
}
