/** Whether the ledger itself can be the judge of what the form says, and what that costs whom. Pure. */
import { type RecountCost, recountCost } from '@stellartrain/contracts-client/recount-cost'
import { RECOUNT } from '@stellartrain/contracts-client/recount-rules'
import type { Trials } from './engine.ts'
import type { Form } from './form.ts'
import { paysLabels } from './kinds.ts'

export { RECOUNT }

/** Why not, as a clause that ends a sentence. */
export type LedgerJudge = { cost: RecountCost } | { why: string }

export const judgedByLedger = ({ judge }: Pick<Form, 'judge'>): boolean => judge === RECOUNT

/**
 * Undefined while it is not known, because no metric was tried.
 * @param contract the system's judge that grades; null where it has none
 */
export function ledgerJudge(
  { kind }: Pick<Form, 'kind'>,
  trials: Pick<Trials, 'recount' | 'source'> | undefined,
  contract: string | null,
): LedgerJudge | undefined {
  if (paysLabels(kind)) return { why: 'it scores bounties and rankings alone.' }
  if (contract === null) return { why: 'this site has no contract that grades.' }
  if (!trials) return undefined
  const { recount, source } = trials
  if ('why' in recount) return recount
  return { cost: recountCost(recount.rules, source.submission.rows, kind === 'ranked') }
}

/** The address that the terms would hold; empty where nobody judges, or where the system has no contract that grades. */
export const judgeAddress = (form: Pick<Form, 'judge'>, contract: string | null): string =>
  judgedByLedger(form) ? (contract ?? '') : form.judge.trim()

export const judgeName = (form: Pick<Form, 'judge'>, shown: (address: string) => string = String): string => {
  if (judgedByLedger(form)) return 'the ledger, which scores again'
  return form.judge.trim() ? shown(form.judge.trim()) : 'no one'
}
