/** Submissions concluded by votes that were cast before, or passed over. */
import type { EventOf } from '../decode/events.ts'
import { agreeOnRanking, agreeOnRows } from './agree.ts'
import { Batch } from './batch.ts'
import { delivered } from './delivered.ts'
import type { EventPlace } from './model.ts'
import type { World } from './world.ts'

export function settled(world: World, event: EventOf<'settled'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const batch = new Batch(world, challenge, at)
  for (const { number } of event.rows) batch.add(number)
  batch.settle(delivered(event.rows))
  agreeOnRows(challenge, batch.rows(), event.rows)
  agreeOnRanking(challenge)
}
