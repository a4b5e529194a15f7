/** What the fields of the form add up to: dates and money. Pure. */
import { type Payout, quorum, votesEnd } from '@stellartrain/contracts-client/rules'
import { parseUnits } from '../words/format.ts'
import type { Form } from './form.ts'
import { decimal, whole } from './numbers.ts'

export type Times = {
  acceptBy: number
  deadline: number
  votesEnd: number
  gradeBy: number
  /** Null without a judge. */
  judgeBy: number | null
  patience: number
}

/** Unix seconds; null while a field is not a number. */
export function timesOf(form: Form, now: number): Times | null {
  const deadline = Math.floor(Date.parse(form.deadline) / 1000)
  const accept = decimal(form.acceptHours)
  const minutes = decimal(form.patienceMinutes)
  const grade = decimal(form.gradeDays)
  // Where earnings are paid nothing is left for a judge.
  const named = form.kind !== 'earnings' && form.judge.trim() !== ''
  const judge = named ? decimal(form.judgeDays) : 0
  if (!Number.isFinite(deadline) || accept === null || minutes === null || grade === null || judge === null) return null
  const patience = Math.round(minutes * 60)
  const gradeBy = deadline + Math.round(grade * 86_400)
  const payout: Payout =
    form.kind === 'ranked' ? { rule: 'ranked', prizes: [] } : { rule: 'bounty', reward: 0n, winners: 1 }
  return {
    acceptBy: Math.floor(now / 1000 + accept * 3600),
    deadline,
    votesEnd: votesEnd({ payout, gradeBy, patience }),
    gradeBy,
    judgeBy: named ? gradeBy + Math.round(judge * 86_400) : null,
    patience,
  }
}

/** Their majority. Until an odd number is chosen, that of the next one. */
export const quorumOf = (form: Pick<Form, 'oracles'>): number => Math.max(1, Math.ceil(quorum(form)))

/** Of a ranking; null where one is no amount, or they do not fall. */
export function prizesOf(form: Form, decimals: number): bigint[] | null {
  const prizes = form.prizes.split(',').map((text) => parseUnits(text.trim(), decimals))
  const known = prizes.filter((prize) => prize !== null)
  const falls = known.every((prize, at) => prize > 0n && (at === 0 || prize <= known[at - 1]!))
  return known.length === prizes.length && falls ? known : null
}

export type Sums = {
  /** To the first, or to each winner of a bounty. */
  reward: bigint
  prize: bigint
  fee: bigint
  feeBudget: bigint
  /** Of `feeBudget`, what is set aside for the ranking at once. */
  rankingFees: bigint
  deposit: bigint
  total: bigint
}

/** Base units of the asset; null while an amount is missing. */
export function sumsOf(form: Form, decimals: number): Sums | null {
  const reward = parseUnits(form.reward, decimals)
  const fee = parseUnits(form.oracleFee, decimals)
  const deposit = parseUnits(form.deposit, decimals)
  const winners = whole(form.winners)
  const graded = whole(form.graded)
  const ranked = form.kind === 'ranked'
  const prizes = ranked ? prizesOf(form, decimals) : null
  if (fee === null || deposit === null || graded === null) return null
  if (ranked ? prizes === null : reward === null || winners === null) return null
  const verdict = fee * BigInt(quorumOf(form))
  const rankingFees = ranked ? verdict : 0n
  const prize = prizes ? prizes.reduce((sum, one) => sum + one, 0n) : reward! * BigInt(winners!)
  const feeBudget = verdict * BigInt(graded) + rankingFees
  return {
    ...{ reward: prizes?.[0] ?? reward!, prize, fee, feeBudget, rankingFees, deposit },
    total: prize + feeBudget,
  }
}
