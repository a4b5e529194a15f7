/** Grading is over: each ungraded submission has its part set aside. */
import type { EventOf } from '../decode/events.ts'
import type { World } from './world.ts'

export function silenceFixed(world: World, event: EventOf<'silence_fixed'>): void {
  const challenge = world.challenge(event.challenge)
  const total = event.part * BigInt(event.eligible)
  challenge.silence = event.part
  challenge.escrow -= total
  challenge.held += total
}
