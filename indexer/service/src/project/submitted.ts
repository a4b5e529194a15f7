/** A solver's work takes its number. */
import { cover, noVotes, reservation, verdictFee } from '@stellartrain/contracts-client/rules'
import type { EventOf } from '../decode/events.ts'
import { agree } from './agree.ts'
import type { EventPlace } from './model.ts'
import { MissingError, type World } from './world.ts'

export function submitted(world: World, event: EventOf<'submitted'>, at: EventPlace): void {
  const challenge = world.challenge(event.challenge)
  const { facts, terms, purse } = challenge
  const { number, solver, attempt, cid, commitment, units } = event
  if (number !== facts.submitted + 1) {
    throw new MissingError(`submission ${number} of challenge ${challenge.id} follows ${facts.submitted}`)
  }
  const fee = verdictFee(terms)
  const carries = cover(purse.budget, terms) === 'solver'
  agree(`what submission ${number} of challenge ${challenge.id} carries`, carries ? fee : 0n, event.carried)
  challenge.facts = { ...facts, submitted: number }
  purse.deposits += event.deposit
  if (carries) purse.carried += fee
  else {
    purse.budget -= fee
    purse.heldFees += fee
  }
  const reserved = reservation(terms.payout, units)
  purse.escrow -= reserved
  purse.reserved += reserved
  if (attempt === 1) challenge.solvers += 1
  world.addSubmission({
    ...{ challenge: challenge.id, attempt, cid, commitment, submitLedger: at.ledger, submitTx: at.txHash },
    facts: {
      ...{ number, solver, time: at.closedAt, units, votes: noVotes(terms), status: { status: 'pending' } },
      ...{ carried: carries, passed: false, kept: false, held: false, prizePaid: false, byJudge: false },
    },
    ...{ voted: 0, deciders: 0, decidedAt: 0, by: 'open' },
    ...{ verdictAt: 0, verdictLedger: 0, verdictTx: '', report: '' },
    ...{ paid: 0n, paidAt: 0, paidTx: '' },
  })
}
