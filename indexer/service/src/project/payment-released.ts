/** All that a submission was still owed is sent; from the end on this also concludes it. */
import { isOver, redue } from '@stellartrain/contracts-client/rules'
import type { EventOf, Row } from '../decode/events.ts'
import { agree, agreeOnRanking, agreeOnRows } from './agree.ts'
import { Batch, rowOf } from './batch.ts'
import type { ChallengeRow, EventPlace } from './model.ts'
import { takeFacts } from './money.ts'
import type { World } from './world.ts'

export function paymentReleased(world: World, event: EventOf<'payment_released'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const { number } = event.row
  const { prize, back, row } = release(world, challenge, number, at)
  agree(`the prize of submission ${number} of challenge ${challenge.id}`, prize, event.prize)
  agree(`what comes back of submission ${number} of challenge ${challenge.id}`, back, event.back)
  agreeOnRows(challenge, [row], [event.row])
  agreeOnRanking(challenge)
}

/** What `release_payment` does. */
export function release(
  world: World,
  challenge: ChallengeRow,
  number: number,
  at: EventPlace,
): { prize: bigint; back: bigint; row: Row } {
  takeFacts(world, challenge, redue(challenge.terms, challenge.facts, at.closedAt).challenge)
  const batch = new Batch(world, challenge, at)
  const it = batch.add(number)
  if (isOver(challenge.terms, at.closedAt) || challenge.facts.ended) batch.settleOne(it)
  const { prize, back } = batch.owed(it)
  it.amount = prize + back
  batch.send(it)
  return { prize, back, row: rowOf(it) }
}
