/** A truth that was opened. */
import type { EventOf } from '../decode/events.ts'
import type { EventPlace } from './model.ts'
import type { World } from './world.ts'

export function truthRevealed(world: World, event: EventOf<'truth_revealed'>, place: EventPlace): void {
  const { challenge, by, truth } = event
  const row = world.challenge(challenge)
  if (by === row.maker) row.opened = true
  world.newReveals.push({ challenge, by, cid: truth, at: place.closedAt, tx: place.txHash })
}
