/** What a submission was still owed is sent: held prize, deposit, silence share. */
import { FLAGS } from '@stellartrain/contracts-client/flags'
import type { EventOf } from '../decode/events.ts'
import type { EventPlace } from './model.ts'
import { recordPayment } from './settle.ts'
import type { World } from './world.ts'

export function paymentReleased(world: World, event: EventOf<'payment_released'>, place: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const submission = world.submission(event.challenge, event.number)
  if (submission.verdict !== event.verdict) {
    submission.verdict = event.verdict
    submission.reason = event.reason
    submission.verdictAt = place.closedAt
    submission.verdictLedger = place.ledger
    submission.verdictTx = place.txHash
  }
  const sharedNow = (event.flags & ~submission.flags & FLAGS.silencePaid) !== 0
  // What of its part was more than a batch could have earned joins the escrow again.
  const rest = sharedNow ? (challenge.silence ?? 0n) - event.silence : 0n
  submission.flags = event.flags
  submission.silence += event.silence
  challenge.held -= event.prize + event.silence + rest
  challenge.escrow += rest
  challenge.deposits -= event.deposit
  const { prize, deposit, silence } = event
  recordPayment(world, challenge, submission, { prize, deposit, silence }, place)
}
