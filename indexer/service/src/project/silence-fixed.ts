/** Grading is over: each ungraded submission has its part set aside. */
import type { EventOf } from '../decode/events.ts'
import type { World } from './world.ts'

export function silenceFixed(world: World, event: EventOf<'silence_fixed'>): void {
  const challenge = world.challenge(event.challenge)
  // What was set aside for batches that nobody graded is shared with the rest.
  challenge.escrow += challenge.reserved
  challenge.reserved = 0n
  const total = event.part * BigInt(event.eligible)
  challenge.silence = event.part
  challenge.escrow -= total
  challenge.held += total
}
