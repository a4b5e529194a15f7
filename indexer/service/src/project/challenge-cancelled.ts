/** A challenge that never started: everything goes back. */
import type { EventOf } from '../decode/events.ts'
import { agree } from './agree.ts'
import type { EventPlace } from './model.ts'
import type { World } from './world.ts'

export function challengeCancelled(world: World, event: EventOf<'challenge_cancelled'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const { purse } = challenge
  const all = purse.escrow + purse.budget + purse.rankingFees
  agree(`what challenge ${challenge.id} sent back`, all, event.refunded)
  challenge.purse = { ...purse, escrow: 0n, budget: 0n, rankingFees: 0n }
  challenge.facts = { ...challenge.facts, cancelled: true }
  challenge.cancelledAt = at.closedAt
  challenge.refunded += all
}
