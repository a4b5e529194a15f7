/** What the contract holds for a challenge, and what `close` would send. */
import { closing, fold, redue } from '@stellartrain/contracts-client/rules'
import { conductOf } from '../../project/challenge-closed.ts'
import type { ChallengeRow } from '../../project/model.ts'
import type { ChallengeMoney, Closing } from '../types.ts'
import type { Known } from './known.ts'
import { amount } from './values.ts'

export function challengeMoney({ purse, seats, ...challenge }: ChallengeRow, known: Known): ChallengeMoney {
  const fees = seats.reduce((sum, seat) => sum + seat.feesEarned - seat.feesWithdrawn, 0n)
  return {
    escrow: amount(purse.escrow),
    reserved: amount(purse.reserved),
    prizes: amount(purse.prizes),
    budget: amount(purse.budget),
    heldFees: amount(purse.heldFees),
    rankingFees: amount(purse.rankingFees),
    fees: amount(fees),
    deposits: amount(purse.deposits),
    carried: amount(purse.carried),
    owed: amount(purse.owed),
    unclaimed: amount(challenge.earned - challenge.claimed),
    added: known('added', amount(challenge.added)),
    feesAdded: known('fees_added', amount(challenge.feesAdded)),
    paid: known('paid', amount(challenge.paid)),
    refunded: known('refunded', amount(challenge.refunded)),
  }
}

export function closingView(challenge: ChallengeRow, now: number): Closing | null {
  const { terms, facts, purse } = challenge
  const out = closing(terms, facts, purse, now)
  if (!out) return null
  return {
    prize: amount(out.prize),
    budget: amount(out.budget),
    total: amount(out.total),
    keptPrize: amount(out.keptPrize),
    keptBudget: amount(out.keptBudget),
    folds: fold(terms, redue(terms, facts, now).challenge, conductOf(challenge), now) !== undefined,
  }
}
