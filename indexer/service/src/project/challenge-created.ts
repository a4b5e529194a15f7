/** A challenge with its whole prize and fee budget. */
import type { EventOf } from '../decode/events.ts'
import type { EventPlace, OracleSeat } from './model.ts'
import type { World } from './world.ts'

export function challengeCreated(world: World, event: EventOf<'challenge_created'>, place: EventPlace): void {
  world.addChallenge({
    id: event.challenge,
    maker: event.maker,
    terms: event.terms,
    prize: event.prize,
    added: 0n,
    createdAt: place.closedAt,
    createdLedger: place.ledger,
    createdTx: place.txHash,
    status: 'active',
    seats: event.terms.oracles.map(emptySeat),
    submitted: 0,
    finalized: 0,
    escrow: event.prize,
    reserved: 0n,
    feeBudget: event.feeBudget,
    deposits: 0n,
    held: 0n,
    winners: 0,
    rejectVoted: 0,
    unsettled: 0,
    unsettledEligible: 0,
    ranking: 'open',
    board: [],
    epochs: 0,
    earned: 0n,
    claimed: 0n,
    silence: null,
    ended: 0,
    closed: false,
    cancelledAt: 0,
    paid: 0n,
    refunded: 0n,
    solvers: 0,
    best: null,
    events: 0,
  })
}

function emptySeat(address: string): OracleSeat {
  return {
    address,
    keyVersion: 0,
    acceptedAt: 0,
    acceptTx: '',
    cursor: 0,
    votes: 0,
    agreed: 0,
    disagreed: 0,
    missed: 0,
    feesEarned: 0n,
    feesWithdrawn: 0n,
  }
}
