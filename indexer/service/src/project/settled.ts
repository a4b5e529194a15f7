/** Verdicts completed by votes that were cast before. */
import type { EventOf } from '../decode/events.ts'
import type { EventPlace } from './model.ts'
import { settleRows } from './settle.ts'
import type { World } from './world.ts'

export function settled(world: World, event: EventOf<'settled'>, place: EventPlace): void {
  settleRows(world, event.challenge, event.first, event.settled, place)
}
