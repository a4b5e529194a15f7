/** What `close` sends the maker, and what stays because somebody can still win it, `contracts/model/src/close.rs`, `world/ending.rs`. */
import type { Challenge, Purse, Terms } from './facts.ts'
import { mayClose, phase } from './phase.ts'
import { redue } from './settle.ts'
import { isOver } from './terms.ts'

/**
 * How many submissions may still win: before the end all that is not concluded, from the end on what has a verdict and is not
 * concluded, in a bounty that has ended what a place is kept for.
 */
export function contenders(terms: Pick<Terms, 'judge' | 'gradeBy'>, it: Challenge, now: number): number {
  if (it.ended) return it.kept
  return isOver(terms, now) ? it.decided : it.submitted - it.concluded
}

/** The part of the escrow that somebody can still win, base units; `challenge` with its due prizes set aside (`redue`). */
export function keep(terms: Terms, challenge: Challenge, escrow: bigint, now: number): bigint {
  const { payout } = terms
  const open = contenders(terms, challenge, now)
  switch (payout.rule) {
    case 'bounty':
      return payout.reward * BigInt(Math.min(Math.max(0, payout.winners - challenge.board.due), open))
    case 'ranked': {
      if (challenge.rankings.placed) return 0n
      const scored = isOver(terms, now) ? challenge.rankings.table.length : challenge.scored
      return payout.prizes.slice(0, scored + open).reduce((sum, prize) => sum + prize, 0n)
    }
    case 'per_unit':
      return 0n
    case 'earnings':
      return epochsMayCome(terms, now) ? escrow : 0n
  }
}

/** Base units: what goes to the maker of prize and fee budget, `total` in one transfer, and what stays. */
export type Closing = { prize: bigint; budget: bigint; total: bigint; keptPrize: bigint; keptBudget: bigint }

/** What `close` would send the maker now; undefined where it would be refused. `now` in unix seconds. */
export function closing(terms: Terms, challenge: Challenge, purse: Purse, now: number): Closing | undefined {
  if (!mayClose(phase(terms, challenge, now))) return undefined
  const { challenge: dued, moved } = redue(terms, challenge, now)
  const escrow = purse.escrow - moved
  // The fees of a ranking come back where no quorum of oracles earned them.
  const unearned = isOver(terms, now) && dued.rankings.placed !== 'oracles' ? purse.rankingFees : 0n
  const free = purse.budget + unearned
  const keptPrize = keep(terms, dued, escrow, now)
  const keptBudget = epochsMayCome(terms, now) ? free : 0n
  const prize = escrow - keptPrize
  const budget = free - keptBudget
  return { prize, budget, total: prize + budget, keptPrize, keptBudget }
}

/** Earnings keep everything until the last epoch can be posted. */
const epochsMayCome = ({ payout, gradeBy }: Terms, now: number): boolean => payout.rule === 'earnings' && now < gradeBy
