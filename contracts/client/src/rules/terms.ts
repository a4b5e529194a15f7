/** What follows from the terms alone, `contracts/model/src/terms.rs`. */
import type { Payout, Terms } from './facts.ts'

/** What the clock is compared with. */
export type Clock = Pick<Terms, 'payout' | 'opens' | 'acceptBy' | 'deadline' | 'patience' | 'gradeBy'> & {
  judge: { by: number } | null
}

/** m: the majority of the oracles. Whoever can block a verdict could as well make one. */
export const quorum = ({ oracles }: Pick<Terms, 'oracles'>): number => (oracles.length + 1) / 2

/** What a verdict of a quorum costs, base units: the same whatever it says. */
export const verdictFee = (terms: Pick<Terms, 'oracles' | 'oracleFee'>): bigint =>
  BigInt(quorum(terms)) * terms.oracleFee

/**
 * Whether content of others is held against a submission. Never in batches of labels: their hash is over the labeler too, so no two are
 * equal, and an oracle that waited for lower numbers would only let junk delay a labeler's next batch.
 */
export const comparesContent = ({ uniqueContent, payout }: Pick<Terms, 'uniqueContent' | 'payout'>): boolean =>
  uniqueContent && payout.rule !== 'per_unit'

/** Unix seconds: from here on nothing is decided any more, only carried out. */
export const end = ({ judge, gradeBy }: Pick<Clock, 'judge' | 'gradeBy'>): number => judge?.by ?? gradeBy

/** Unix seconds: votes are taken before it. A ranking's last patience belongs to the ranking alone. */
export const votesEnd = ({ payout, gradeBy, patience }: Pick<Clock, 'payout' | 'gradeBy' | 'patience'>): number =>
  gradeBy - (payout.rule === 'ranked' ? patience : 0)

/** Whether the end has come: what is decided is carried out in any order. */
export const isOver = (terms: Pick<Clock, 'judge' | 'gradeBy'>, now: number): boolean => now >= end(terms)

/** Unix seconds: an oracle may vote `unavailable` from here on. */
export const unavailableFrom = ({ patience }: Pick<Terms, 'patience'>, submitted: number): number =>
  submitted + patience

/** The prize that a bounty or a ranking is created with, base units; undefined where the maker chooses it. */
export function promisedPrize(payout: Payout): bigint | undefined {
  if (payout.rule === 'bounty') return payout.reward * BigInt(payout.winners)
  return payout.rule === 'ranked' ? payout.prizes.reduce((sum, prize) => sum + prize, 0n) : undefined
}
