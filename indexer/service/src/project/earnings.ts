/** Earnings by epochs: oracles post roots, a quorum moves money out of the escrow, labelers claim it. */
import type { EventOf } from '../decode/events.ts'
import { seatOf } from './challenge-accepted.ts'
import type { ChallengeRow, EpochVote, EventPlace } from './model.ts'
import { MissingError, type World } from './world.ts'

export function earningsPosted(world: World, event: EventOf<'earnings_posted'>, place: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  if (event.epoch !== challenge.epochs + 1) {
    throw new MissingError(`epoch ${event.epoch} of challenge ${challenge.id} follows ${challenge.epochs}`)
  }
  const seat = seatOf(challenge, event.oracle)
  seat.votes += 1
  const before = (world.epochVotes.get(challenge.id) ?? []).filter((vote) => vote.epoch === event.epoch)
  const round = (before.at(-1)?.round ?? 0) + (event.again ? 1 : 0)
  const vote: EpochVote = {
    ...{ challenge: challenge.id, epoch: event.epoch, round, oracle: challenge.seats.indexOf(seat) },
    ...{ root: event.root, total: event.total, report: event.report, quorum: event.quorum, fees: event.fees },
    ...{ eventId: place.id, at: place.closedAt, ledger: place.ledger, tx: place.txHash },
  }
  world.addEpochVote(vote)
  if (!event.quorum) return

  const votes = [...before.filter((other) => other.round === round), vote]
  countVotes(challenge, votes, vote)
  challenge.feeBudget -= event.fees
  challenge.escrow -= event.total - challenge.earned
  challenge.earned = event.total
  challenge.epochs = event.epoch
}

/** Who posted what the quorum did agreed, and earned its fee if the budget went round. */
function countVotes(challenge: ChallengeRow, votes: readonly EpochVote[], decisive: EpochVote): void {
  for (const vote of votes) {
    const seat = challenge.seats[vote.oracle]
    if (!seat) continue
    if (vote.root !== decisive.root || vote.total !== decisive.total) seat.disagreed += 1
    else {
      seat.agreed += 1
      if (decisive.fees > 0n) seat.feesEarned += challenge.terms.oracleFee
    }
  }
}

export function earningsClaimed(world: World, event: EventOf<'earnings_claimed'>, place: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const { labeler, epoch, amount, cumulative } = event
  challenge.claimed += amount
  challenge.paid += amount
  world.newClaims.push({
    ...{ eventId: place.id, challenge: challenge.id, labeler, token: challenge.terms.token },
    ...{ epoch, amount, cumulative, at: place.closedAt, tx: place.txHash },
  })
}
