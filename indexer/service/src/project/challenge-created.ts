/** A challenge with its whole prize and fee budget. */
import { EMPTY_BOARD, NO_RANKINGS, NO_TALLY, verdictFee } from '@stellartrain/contracts-client/rules'
import type { EventOf } from '../decode/events.ts'
import type { ChallengeRow, EventPlace, OracleSeat } from './model.ts'
import type { World } from './world.ts'

export function challengeCreated(world: World, event: EventOf<'challenge_created'>, at: EventPlace): void {
  world.addChallenge(emptyChallenge(event, at))
}

type Beginning = Pick<EventOf<'challenge_created'>, 'challenge' | 'maker' | 'terms' | 'prize' | 'feeBudget'>

export function emptyChallenge(event: Beginning, at: EventPlace): ChallengeRow {
  const { terms } = event
  const rankingFees = terms.payout.rule === 'ranked' ? verdictFee(terms) : 0n
  return {
    id: event.challenge,
    maker: event.maker,
    terms,
    prize: event.prize,
    added: 0n,
    feesAdded: 0n,
    createdAt: at.closedAt,
    createdLedger: at.ledger,
    createdTx: at.txHash,
    facts: {
      ...{ cancelled: false, accepted: false, ended: false },
      ...{ submitted: 0, concluded: 0, decided: 0, kept: 0, scored: 0, head: 0 },
      ...{ board: EMPTY_BOARD, rankings: NO_RANKINGS },
    },
    unsettled: 0,
    endedAt: 0,
    cancelledAt: 0,
    key: '',
    seats: terms.oracles.map(emptySeat),
    purse: {
      ...{ escrow: event.prize, reserved: 0n, prizes: 0n, budget: event.feeBudget - rankingFees },
      ...{ heldFees: 0n, rankingFees, deposits: 0n, carried: 0n, owed: 0n },
    },
    rankingFixed: null,
    epochs: 0,
    earned: 0n,
    claimed: 0n,
    folded: null,
    opened: false,
    unopened: false,
    paid: 0n,
    refunded: 0n,
    solvers: 0,
    best: null,
    events: 0,
  }
}

function emptySeat(address: string): OracleSeat {
  return {
    ...{ address, keyVersion: 0, acceptedAt: 0, acceptTx: '', tally: NO_TALLY, folded: null },
    ...{ feesEarned: 0n, feesWithdrawn: 0n },
  }
}
