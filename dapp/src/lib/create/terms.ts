/** The form as the terms that the contract would hold, so that what is said of them is said by the same words as everywhere. Pure. */
import type { Terms } from '@stellartrain/contracts-client/rules'
import { scoreFromDecimal } from '@stellartrain/contracts-client/units'
import { type UniqueContent, uniqueContentOf } from '@stellartrain/sdk/unique-content'
import type { Trials } from './engine.ts'
import type { Form } from './form.ts'
import { judgeAddress } from './recount.ts'
import { plannedSubmission } from './submission.ts'
import { prizesOf, type Sums, type Times } from './sums.ts'

/** Whether identical files count as a copy, and why: by the kind of values unless the form says it. */
export const uniqueOf = (form: Pick<Form, 'kind' | 'unique'>, trials: Pick<Trials, 'source'>): UniqueContent =>
  uniqueContentOf({
    submission: plannedSubmission(trials),
    ...(form.kind === 'ranked' ? { payout: { rule: 'ranked', prizes: [] } } : {}),
    ...(form.unique ? { uniqueContent: form.unique === 'yes' } : {}),
  })

type TermsParts = {
  sums: Sums
  times: Times
  decimals: number
  trials: Trials
  now: number
  /** The system's contract that grades. */
  recount?: string | null
}

/** Null while a score cannot be read. `opens` is now: a challenge opens once its oracles have accepted. */
export function formTerms(
  form: Form,
  { sums, times, decimals, trials, now, recount = null }: TermsParts,
): Terms | null {
  try {
    return {
      payout:
        form.kind === 'ranked'
          ? { rule: 'ranked', prizes: prizesOf(form, decimals) ?? [] }
          : { rule: 'bounty', reward: sums.reward, winners: Number(form.winners) },
      oracles: form.oracles,
      oracleFee: sums.fee,
      deposit: sums.deposit,
      threshold: scoreFromDecimal(form.threshold.trim()),
      direction: trials.direction,
      step: scoreFromDecimal(form.step.trim()),
      opens: Math.floor(now / 1_000),
      acceptBy: times.acceptBy,
      deadline: times.deadline,
      patience: times.patience,
      gradeBy: times.gradeBy,
      judge: times.judgeBy === null ? null : { address: judgeAddress(form, recount), by: times.judgeBy },
      attempts: Number(form.attempts),
      attemptsPerDay: Number(form.attemptsPerDay),
      uniqueContent: uniqueOf(form, trials).unique,
      opensTruth: form.opensTruth,
    }
  } catch {
    return null
  }
}
