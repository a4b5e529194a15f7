/** An oracle takes a challenge on with a key version; the first one brings the challenge key and its shares. */
import type { EventOf } from '../decode/events.ts'
import type { EventPlace } from './model.ts'
import { seatOf } from './seats.ts'
import type { World } from './world.ts'

export function challengeAccepted(world: World, event: EventOf<'challenge_accepted'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const seat = seatOf(challenge, event.oracle)
  seat.keyVersion = event.keyVersion
  seat.acceptedAt = at.closedAt
  seat.acceptTx = at.txHash
  const accepted = challenge.seats.every(({ keyVersion }) => keyVersion > 0)
  challenge.facts = { ...challenge.facts, accepted }
  challenge.key = event.key
  if (event.shares === '') return
  world.newShares.push({ challenge: challenge.id, shares: event.shares, at: at.closedAt, tx: at.txHash })
}
