/** An oracle was sent its fees: all that it had earned. */
import type { EventOf } from '../decode/events.ts'
import { agree } from './agree.ts'
import { seatOf } from './seats.ts'
import type { World } from './world.ts'

export function feesWithdrawn(world: World, event: EventOf<'fees_withdrawn'>): void {
  const seat = seatOf(world.challenge(event.challenge), event.oracle)
  agree(
    `the fees of ${event.oracle} in challenge ${event.challenge}`,
    seat.feesEarned - seat.feesWithdrawn,
    event.amount,
  )
  seat.feesWithdrawn += event.amount
}
