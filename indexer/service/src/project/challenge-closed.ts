/** The maker is sent what the rules left: all of the escrow and the fee budget. */
import type { EventOf } from '../decode/events.ts'
import type { EventPlace } from './model.ts'
import type { World } from './world.ts'

export function challengeClosed(world: World, event: EventOf<'challenge_closed'>, place: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  challenge.escrow = 0n
  challenge.feeBudget = 0n
  challenge.refunded += event.amount
  challenge.closed = true
  // Expired with work ungraded: it stays as it is, for that work is still owed its part.
  if (challenge.status !== 'active' || challenge.silence !== null) return
  challenge.status = 'ended'
  challenge.ended = place.closedAt
}
