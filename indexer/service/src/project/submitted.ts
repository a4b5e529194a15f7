/** A solver's work takes its number in the queue. */
import type { EventOf } from '../decode/events.ts'
import { reservation } from './board.ts'
import type { EventPlace } from './model.ts'
import { MissingError, type World } from './world.ts'

export function submitted(world: World, event: EventOf<'submitted'>, place: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  if (event.number !== challenge.submitted + 1) {
    throw new MissingError(`submission ${event.number} of challenge ${event.challenge} follows ${challenge.submitted}`)
  }
  challenge.submitted = event.number
  challenge.deposits += event.deposit
  challenge.feeBudget += event.carried
  const reserved = reservation(challenge, event.units)
  challenge.escrow -= reserved
  challenge.reserved += reserved
  if (event.attempt === 1) challenge.solvers += 1
  world.addSubmission({
    challenge: event.challenge,
    number: event.number,
    solver: event.solver,
    attempt: event.attempt,
    cid: event.cid,
    units: event.units,
    deposit: event.deposit,
    carried: event.carried,
    submittedAt: place.closedAt,
    submitLedger: place.ledger,
    submitTx: place.txHash,
    verdict: 'pending',
    reason: 0,
    score: 0n,
    contentHash: '',
    acceptedUnits: 0,
    flags: 0,
    verdictAt: 0,
    verdictLedger: 0,
    verdictTx: '',
    report: '',
    prize: 0n,
    silence: 0n,
    paid: 0n,
    paidAt: 0,
    paidTx: '',
  })
}
