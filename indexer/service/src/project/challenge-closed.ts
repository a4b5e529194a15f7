/** The maker is sent what the rules left: the whole escrow first, the rest of it out of the fee budget. */
import type { EventOf } from '../decode/events.ts'
import type { EventPlace } from './model.ts'
import type { World } from './world.ts'

export function challengeClosed(world: World, event: EventOf<'challenge_closed'>, place: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  challenge.feeBudget -= event.amount - challenge.escrow
  challenge.escrow = 0n
  challenge.refunded += event.amount
  challenge.closed = true
  if (challenge.status !== 'active') return
  challenge.status = 'ended'
  challenge.ended = place.closedAt
}
