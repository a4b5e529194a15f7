/** A challenge that never started: everything goes back. */
import type { EventOf } from '../decode/events.ts'
import type { EventPlace } from './model.ts'
import type { World } from './world.ts'

export function challengeCancelled(world: World, event: EventOf<'challenge_cancelled'>, place: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  challenge.status = 'cancelled'
  challenge.cancelledAt = place.closedAt
  challenge.escrow = 0n
  challenge.feeBudget = 0n
  challenge.refunded += event.refunded
}
