/** An oracle's batch of votes, and the verdicts that they complete. */
import { FLAGS, hasFlag } from '@stellartrain/contracts-client/flags'
import type { EventOf } from '../decode/events.ts'
import { seatOf } from './challenge-accepted.ts'
import type { EventPlace } from './model.ts'
import { settleRows } from './settle.ts'
import { agreesWithFinal } from './votes.ts'
import type { World } from './world.ts'

export function scored(world: World, event: EventOf<'scored'>, place: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const seat = seatOf(challenge, event.oracle)
  const oracle = challenge.seats.indexOf(seat)
  seat.missed += Math.max(0, event.first - seat.cursor - 1)
  seat.cursor = event.first + event.votes.length - 1
  seat.votes += event.votes.length
  event.votes.forEach((vote, index) => {
    const number = event.first + index
    const submission = world.submission(event.challenge, number)
    if (submission.verdict !== 'pending') {
      const agrees = agreesWithFinal(vote, submission)
      if (agrees === true) seat.agreed += 1
      if (agrees === false) seat.disagreed += 1
    } else if (vote.verdict === 'rejected' && !hasFlag(submission.flags, 'rejectVoted')) {
      submission.flags |= FLAGS.rejectVoted
      challenge.rejectVoted += 1
    }
    world.addVote({
      challenge: event.challenge,
      number,
      oracle,
      eventId: place.id,
      ...vote,
      report: event.report,
      at: place.closedAt,
      ledger: place.ledger,
      tx: place.txHash,
    })
  })
  settleRows(world, event.challenge, event.settledFirst, event.settled, place)
}
