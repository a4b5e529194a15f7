/** Which number a rejected copy copied: a vote does not say it, the reports of those who rejected it do. */
import { cidToString } from '@stellartrain/contracts-client/cid'
import type { ContractEvent } from '@stellartrain/contracts-client/events'
import { parseReport, REPORT_MAX_BYTES } from '@stellartrain/ipfs-content/report'
import type { StellarTrain } from './client.ts'
import { fetchContent } from './content.ts'
import type { AbortOptions } from './options.ts'
import type { StoryFacts } from './story/index.ts'
import { COPY } from './story/verdict.ts'

/** A report is waited for no longer than this: a story without the number is a story all the same. */
const WITHIN_MS = 3_000

/** A rejected copy, and the reports of those who rejected it. */
export type Copy = { number: number; solver: string; reports: readonly string[] }

/**
 * The lower number of another solver that a report names; null where no report that can be read does. `events`: of the challenge.
 * What a report says is its oracle's word alone: the ledger shows that the number is lower and of somebody else, not what it holds.
 */
export async function readCopied(
  client: Pick<StellarTrain, 'gateways' | 'fetch'>,
  { reason, submission }: Pick<StoryFacts, 'reason' | 'submission'>,
  events: readonly ContractEvent[],
  options: AbortOptions = {},
): Promise<number | null> {
  if (reason?.name !== COPY) return null
  const { number, solver } = submission
  const reports = events.flatMap((event) =>
    event.type === 'scored' && event.rows.some((row) => row.number === number && row.says.status === 'rejected')
      ? [cidToString(event.report)]
      : [],
  )
  const solvers = new Map(events.flatMap((event) => (event.type === 'submitted' ? [[event.number, event.solver]] : [])))
  return reportedCopy(client, { number, solver, reports }, async (lower) => solvers.get(lower), options)
}

/** The same for who has the submissions from elsewhere. `solverOf`: whose a lower number is; undefined if there is none. */
export async function reportedCopy(
  client: Pick<StellarTrain, 'gateways' | 'fetch'>,
  { number, solver, reports }: Copy,
  solverOf: (lower: number) => Promise<string | undefined>,
  { signal }: AbortOptions = {},
): Promise<number | null> {
  for (const cid of new Set(reports)) {
    const late = AbortSignal.timeout(WITHIN_MS)
    const bounded = signal ? AbortSignal.any([signal, late]) : late
    try {
      const report = parseReport(await fetchContent(client, cid, REPORT_MAX_BYTES, { signal: bounded }))
      const found = report.submissions.find((one) => one.number === number)?.reason?.copied
      if (found === undefined || found >= number) continue
      const of = await solverOf(found)
      if (of !== undefined && of !== solver) return found
    } catch (error) {
      // Reports are no part of what a story needs.
      if (signal?.aborted) throw error
    }
  }
  return null
}
