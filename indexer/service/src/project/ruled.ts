/** The judge's ballots: carried out from the end on. */
import type { EventOf } from '../decode/events.ts'
import { agreeOnRows } from './agree.ts'
import { Batch } from './batch.ts'
import type { EventPlace } from './model.ts'
import { voteOf } from './scored.ts'
import type { World } from './world.ts'

export function ruled(world: World, event: EventOf<'ruled'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const batch = new Batch(world, challenge, at)
  for (const row of event.rows) batch.rule(row.number, voteOf(row), event.report)
  agreeOnRows(challenge, batch.rows(), event.rows)
}
