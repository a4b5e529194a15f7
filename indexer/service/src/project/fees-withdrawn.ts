/** An oracle was sent its fees. */
import type { EventOf } from '../decode/events.ts'
import { seatOf } from './challenge-accepted.ts'
import type { World } from './world.ts'

export function feesWithdrawn(world: World, event: EventOf<'fees_withdrawn'>): void {
  seatOf(world.challenge(event.challenge), event.oracle).feesWithdrawn += event.amount
}
