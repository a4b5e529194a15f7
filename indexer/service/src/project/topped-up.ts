/** Money added to a challenge. */
import type { EventOf } from '../decode/events.ts'
import type { World } from './world.ts'

export function toppedUp(world: World, event: EventOf<'topped_up'>): void {
  const challenge = world.challenge(event.challenge)
  challenge.purse.escrow += event.escrow
  challenge.purse.budget += event.fees
  challenge.added += event.escrow
  challenge.feesAdded += event.fees
}
