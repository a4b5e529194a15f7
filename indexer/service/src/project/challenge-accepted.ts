/** An oracle takes a challenge on with a key version. */
import type { EventOf } from '../decode/events.ts'
import type { ChallengeRow, EventPlace, OracleSeat } from './model.ts'
import { MissingError, type World } from './world.ts'

export function challengeAccepted(world: World, event: EventOf<'challenge_accepted'>, place: EventPlace): void {
  const seat = seatOf(world.challenge(event.challenge), event.oracle)
  seat.keyVersion = event.keyVersion
  seat.acceptedAt = place.closedAt
  seat.acceptTx = place.txHash
}

/** @throws MissingError if the challenge does not name this oracle. */
export function seatOf(challenge: ChallengeRow, oracle: string): OracleSeat {
  const seat = challenge.seats.find((one) => one.address === oracle)
  if (!seat) throw new MissingError(`challenge ${challenge.id} has no oracle ${oracle}`)
  return seat
}
