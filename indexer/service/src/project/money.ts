/** What moves between the parts of a purse, as the contract books it. */
import { batchPay, billOf, type Ending, prizesOf, reservation, verdictFee } from '@stellartrain/contracts-client/rules'
import { placesDiffer } from './lists.ts'
import type { ChallengeFacts, ChallengeRow, SubmissionFacts } from './model.ts'
import type { World } from './world.ts'

/** A submission is concluded: its oracles' fees, what comes back to the solver, what is free again of its reservation. */
export function bookConclusion({ purse, seats, terms }: ChallengeRow, it: SubmissionFacts, ending: Ending): void {
  const fee = verdictFee(terms)
  if (it.carried) purse.carried -= fee
  else {
    purse.heldFees -= fee
    purse.budget += fee
  }
  const bill = billOf(terms, it)
  purse.budget -= bill.budget
  purse.deposits -= terms.deposit
  for (const oracle of quorumOf(ending)) seats[oracle]!.feesEarned += terms.oracleFee
  const pay = batchPay(terms.payout, it.status)
  const reserved = reservation(terms.payout, it.units)
  purse.reserved -= reserved
  purse.escrow += reserved - pay
  purse.owed += bill.backCarry + bill.backDeposit + pay
}

/** The places of the oracles whose equal votes made the verdict. */
export const quorumOf = (ending: Ending): readonly number[] =>
  typeof ending === 'object' && ending.by !== 'judge' ? ending.by : []

/** The challenge's facts change; prizes that became due by it leave the escrow. */
export function takeFacts(world: World, challenge: ChallengeRow, facts: ChallengeFacts): void {
  if (placesDiffer(challenge.terms, challenge.facts, facts)) world.changedPlaces.add(challenge)
  const moved = setAside(challenge.terms, facts) - setAside(challenge.terms, challenge.facts)
  challenge.purse.escrow -= moved
  challenge.purse.prizes += moved
  challenge.facts = facts
}

/** All prizes that were ever set aside for places. */
function setAside(terms: ChallengeRow['terms'], { board, rankings }: ChallengeFacts): bigint {
  if (terms.payout.rule === 'bounty') return terms.payout.reward * BigInt(board.due)
  if (!rankings.placed) return 0n
  return prizesOf(terms)
    .slice(0, rankings.places.length)
    .reduce((sum, prize) => sum + prize, 0n)
}

/** What comes back to the solver, and the pay of a batch; nothing once it was sent. */
export function heldFor({ terms }: ChallengeRow, it: SubmissionFacts): { back: bigint; pay: bigint } {
  if (!it.held) return { back: 0n, pay: 0n }
  const { backCarry, backDeposit } = billOf(terms, it)
  return { back: backCarry + backDeposit, pay: batchPay(terms.payout, it.status) }
}
