/** Whether a solver's work can go to the judge that grades, and when. Pure; times in milliseconds, by the network's clock. */
import type { Challenge, SubmissionDetail } from '../read/types.ts'

type Of = Pick<Challenge, 'judge' | 'gradeBy' | 'recount' | 'ranking' | 'payout'>
type It = Pick<SubmissionDetail, 'status' | 'decision' | 'recount'>

/** `before`: the oracles still grade. `over`: it could have been opened, and was not. Null where it has no bearing. */
export type AppealTime = 'before' | 'now' | 'over' | null

export function appealTime({ judge, gradeBy, recount, ranking, payout }: Of, it: It, now: number): AppealTime {
  if (!judge || !recount) return null
  const byOracles = it.decision?.by === 'oracles' || (it.decision === null && it.status !== 'pending')
  const unranked = payout.rule === 'ranked' && ranking !== 'oracles' && it.status === 'scored'
  if (byOracles && !unranked && it.status !== 'unsettled') return null
  if (now < Date.parse(gradeBy)) return 'before'
  if (now < Date.parse(judge.judgeBy)) return 'now'
  return it.recount?.result ? null : 'over'
}

/** Transactions that are left, and what they cost, in stroops. */
export function leftOf({
  cost,
  work,
}: {
  cost: { transactions: number; stroops: bigint }
  work: { chunks: number; scored: boolean }
}): { transactions: number; stroops: bigint } {
  const transactions = work.scored ? 0 : Math.max(0, cost.transactions - work.chunks)
  const stroops = cost.transactions === 0 ? 0n : (cost.stroops * BigInt(transactions)) / BigInt(cost.transactions)
  return { transactions, stroops }
}
