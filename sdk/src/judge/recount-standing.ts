/** How far a recount is: its rules, its times, what is open of the truth and of a work, and what the rest costs. Reads the chain alone. */
import { view } from '@stellartrain/contracts-client'
import {
  type RecountFrozen,
  type RecountTruth,
  type RecountWork,
  recountAt,
} from '@stellartrain/contracts-client/recount'
import { type OpeningCost, recountCost } from '@stellartrain/contracts-client/recount-cost'
import { type ChallengeFacts, readContext } from '../challenge/context.ts'
import type { SubmissionRef } from '../challenge/history.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { judgeOf } from './recount.ts'

export type RecountStanding = {
  judge: string
  /** Null until the maker has fixed how it scores: then nothing can be recounted. */
  rules: RecountFrozen['rules'] | null
  /** Unix seconds: truth and works are opened from the first, works until the second, all ends with the third. */
  from: number
  openUntil: number
  until: number
  now: number
  truth: { open: boolean; chunks: number }
  /** Of the work that was asked for. */
  work: { chunks: number; scored: boolean; ruled: boolean; score: bigint | null }
  /** Of the whole work, whatever is open of it; at most, for labels can be shorter than the longest one. */
  cost: OpeningCost
}

/**
 * @throws UserError `not_the_judge` where the judge is another one; ContractError, ChainFailure, ContentError
 */
export async function readRecount(
  client: StellarTrain,
  { challenge, solver, attempt }: SubmissionRef,
  { signal }: AbortOptions = {},
): Promise<RecountStanding> {
  const context = await readContext(client, challenge, { signal })
  const judge = await judgeOf(client, context, { signal })
  const at = recountAt(judge)
  const [rules, truth, work] = await Promise.all([
    view(client.chain, at.rules({ challenge }), { signal }),
    view(client.chain, at.truth({ challenge }), { signal }),
    view(client.chain, at.work({ challenge, solver, attempt }), { signal }),
  ])
  return standing(context, { judge, rules, truth, work }, context.manifest.submission.rows)
}

type Read = {
  judge: string
  rules: RecountFrozen | null | undefined
  truth: RecountTruth | null | undefined
  work: RecountWork | null | undefined
}

function standing(
  { terms, clock }: ChallengeFacts,
  { judge, rules, truth, work }: Read,
  rows: number,
): RecountStanding {
  const until = terms.judge?.by ?? terms.gradeBy
  return {
    judge,
    rules: rules?.rules ?? null,
    from: terms.gradeBy,
    openUntil: Number(rules?.open_until ?? until),
    until,
    now: clock.closedAt,
    truth: { open: truth?.complete ?? false, chunks: truth?.next ?? 0 },
    work: {
      chunks: work?.next ?? 0,
      scored: work?.scored ?? false,
      ruled: work?.ruled ?? false,
      score: work?.scored ? work.score : null,
    },
    cost: rules ? recountCost(rules.rules, rows).work : { transactions: 0, stroops: 0n },
  }
}
