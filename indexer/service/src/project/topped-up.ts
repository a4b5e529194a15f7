/** Money added to a challenge. */
import type { EventOf } from '../decode/events.ts'
import type { World } from './world.ts'

export function toppedUp(world: World, event: EventOf<'topped_up'>): void {
  const challenge = world.challenge(event.challenge)
  challenge.escrow += event.escrow
  challenge.added += event.escrow
  challenge.feeBudget += event.fees
}
