/** What a step is checked against, and what is found: a sentence for each field. */
import type { Form } from './form.ts'
import type { LabelsForm } from './labels/form.ts'
import type { LedgerJudge } from './recount.ts'

export type Problems = Partial<Record<keyof Form | keyof LabelsForm | 'files' | 'source' | 'evaluator', string>>

export type CheckContext = {
  now: number
  decimals: number
  /** What the contract asks for at least, seconds. */
  minPatience: number
  minWindow: number
  /** The connected account, which would be the maker. */
  maker?: string | undefined
  /** Items to label, and what they and the rest would lock; undefined while they are not read. */
  labels?: { items: number; total: bigint | undefined } | undefined
  /** Chosen oracles that would refuse the challenge, by their address, and what they do not serve. */
  refusing?: { what: string; oracles: readonly string[] } | undefined
  /** Whether the ledger can be the judge; undefined where that is not known yet. */
  ledgerJudge?: LedgerJudge | undefined
  /** What the connected wallet holds of the asset; undefined where that is not known. */
  balance?: { units: bigint; words: (units: bigint) => string } | undefined
}
