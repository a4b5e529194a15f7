/** What grading costs and who bears it: never the prize, `contracts/model/src/fees.rs`, `world/submitting.rs`, `earnings.rs`. */
import type { Payout, Standing, Submission, Terms } from './facts.ts'
import { quorum, verdictFee } from './terms.ts'

type FeeTerms = Pick<Terms, 'oracles' | 'oracleFee'>

const least = (one: bigint, other: bigint): bigint => (one < other ? one : other)

/** Who covers a new submission's possible fee: the free budget, or the solver, the whole of it. */
export const cover = (budget: bigint, terms: FeeTerms): 'budget' | 'solver' =>
  budget >= verdictFee(terms) ? 'budget' : 'solver'

/** Base units. The parts of the fee that are paid out of carry, deposit and budget, and what comes back of carry and deposit. */
export type Bill = { carry: bigint; deposit: bigint; budget: bigint; backCarry: bigint; backDeposit: bigint }

/**
 * First out of what the submission carried, then, if it is `faulty` (rejected or unavailable), out of its deposit, then out of the
 * budget. `fee` is m fees where a quorum decided, the same whatever it decided, and 0n where none did.
 */
export function bill(paid: { carry: bigint; deposit: bigint }, fee: bigint, faulty: boolean): Bill {
  const carry = least(paid.carry, fee)
  const deposit = faulty ? least(paid.deposit, fee - carry) : 0n
  return {
    carry,
    deposit,
    budget: fee - carry - deposit,
    backCarry: paid.carry - carry,
    backDeposit: paid.deposit - deposit,
  }
}

/** The bill of a concluded submission. */
export function billOf(
  terms: FeeTerms & Pick<Terms, 'deposit'>,
  { carried, byJudge, status }: Pick<Submission, 'carried' | 'byJudge' | 'status'>,
): Bill {
  const all = verdictFee(terms)
  const faulty = status.status === 'rejected' || status.status === 'unavailable'
  const byQuorum = (faulty || status.status === 'scored') && !byJudge
  return bill({ carry: carried ? all : 0n, deposit: terms.deposit }, byQuorum ? all : 0n, faulty)
}

/** The most that a batch of so many units can earn, which is set aside when it is submitted; 0n under the other rules. */
export const reservation = (payout: Payout, units: number): bigint =>
  payout.rule === 'per_unit' ? payout.rate * BigInt(units) : 0n

/** Whether so many units can be declared: 1 to the largest batch, and none where units are not paid. */
export const mayDeclare = (payout: Payout, units: number): boolean =>
  payout.rule === 'per_unit' ? units >= 1 && units <= payout.maxUnits : units === 0

/** What the accepted units of a batch bring. */
export const batchPay = (payout: Payout, standing: Standing): bigint =>
  payout.rule === 'per_unit' && standing.status === 'scored' ? payout.rate * BigInt(standing.units) : 0n

/**
 * What each oracle of an epoch's quorum earns: a fee only if the total rose, as far as the budget goes, in equal shares; what does
 * not divide stays in the budget.
 */
export const feeShare = (increase: bigint, budget: bigint, terms: FeeTerms): bigint =>
  increase > 0n ? least(budget, verdictFee(terms)) / BigInt(quorum(terms)) : 0n
