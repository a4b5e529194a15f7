/** An oracle's batch of votes, and what they completed. */
import type { Verdict } from '@stellartrain/contracts-client/rules'
import type { EventOf, Row } from '../decode/events.ts'
import { agreeOnRanking, agreeOnRows } from './agree.ts'
import { Batch } from './batch.ts'
import { delivered } from './delivered.ts'
import type { EventPlace } from './model.ts'
import { placeOf } from './seats.ts'
import { isVerdict } from './verdicts.ts'
import { MissingError, type World } from './world.ts'

export function scored(world: World, event: EventOf<'scored'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const oracle = placeOf(challenge, event.oracle)
  const batch = new Batch(world, challenge, at)
  for (const row of event.rows) batch.cast(row.number, voteOf(row), oracle, event.report)
  if (event.settle) batch.settle(delivered(event.rows))
  agreeOnRows(challenge, batch.rows(), event.rows)
  agreeOnRanking(challenge)
}

/** What was voted, out of a row. @throws MissingError */
export function voteOf({ number, says }: Row): Verdict {
  if (isVerdict(says)) return says
  throw new MissingError(`what was voted on number ${number} is not a vote`)
}
