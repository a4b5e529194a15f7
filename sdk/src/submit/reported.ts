/** What a vote does not say of a rejection and the reports of those who rejected it do: which number was copied, and an evaluator's words. */
import { cidToString } from '@stellartrain/contracts-client/cid'
import type { ContractEvent } from '@stellartrain/contracts-client/events'
import { type GradeReport, parseReport, REPORT_MAX_BYTES } from '@stellartrain/ipfs-content/report'
import type { StoryFacts } from '../story/index.ts'
import { COPY, isReported, REFUSED } from '../story/verdict.ts'
import type { StellarTrain } from '../system/client.ts'
import { fetchContent } from '../system/content.ts'
import type { AbortOptions } from '../system/options.ts'

/** A report is waited for no longer than this: a story without what it says is a story all the same. */
const WITHIN_MS = 3_000

/** A rejected submission, the name of the reason, and the reports of those who rejected it. */
export type Rejection = { number: number; solver: string; reason: string | undefined; reports: readonly string[] }

/** What reports say is the word of their oracles alone. */
export type Reported = Pick<StoryFacts, 'copyOf' | 'says'>

const NOTHING: Reported = { copyOf: null, says: null }

/** `events`: of the challenge. */
export async function readReported(
  client: Pick<StellarTrain, 'gateways' | 'fetch'>,
  { reason, submission }: Pick<StoryFacts, 'reason' | 'submission'>,
  events: readonly ContractEvent[],
  options: AbortOptions = {},
): Promise<Reported> {
  if (!isReported(reason?.name)) return NOTHING
  const { number, solver } = submission
  const reports = events.flatMap((event) =>
    event.type === 'scored' && event.rows.some((row) => row.number === number && row.says.status === 'rejected')
      ? [cidToString(event.report)]
      : [],
  )
  const solvers = new Map(events.flatMap((event) => (event.type === 'submitted' ? [[event.number, event.solver]] : [])))
  const rejection = { number, solver, reason: reason?.name, reports }
  return reported(client, rejection, async (lower) => solvers.get(lower), options)
}

/** The same for who has the submissions from elsewhere. `solverOf`: whose a lower number is; undefined if there is none. */
export async function reported(
  client: Pick<StellarTrain, 'gateways' | 'fetch'>,
  rejection: Rejection,
  solverOf: (lower: number) => Promise<string | undefined>,
  options: AbortOptions = {},
): Promise<Reported> {
  const reasons = reasonsIn(client, rejection, options)
  switch (rejection.reason) {
    case COPY:
      return { ...NOTHING, copyOf: await copyIn(reasons, rejection, solverOf) }
    case REFUSED:
      return { ...NOTHING, says: await wordsIn(reasons) }
    default:
      return NOTHING
  }
}

type Reason = NonNullable<GradeReport['submissions'][number]['reason']>

/** The first number that can be right: the ledger shows that it is lower and of somebody else, not what it holds. */
async function copyIn(
  reasons: AsyncIterable<Reason>,
  { number, solver }: Rejection,
  solverOf: (lower: number) => Promise<string | undefined>,
): Promise<number | null> {
  for await (const { copied } of reasons) {
    if (copied === undefined || copied >= number) continue
    const of = await solverOf(copied).catch(() => undefined)
    if (of !== undefined && of !== solver) return copied
  }
  return null
}

/** Every oracle runs the same evaluator: words that differ are somebody's own, and nobody's are shown then. */
async function wordsIn(reasons: AsyncIterable<Reason>): Promise<string | null> {
  const words = new Set<string | undefined>()
  for await (const { says } of reasons) words.add(says)
  const [only] = words
  return words.size === 1 ? (only ?? null) : null
}

/** What the reports that can be read now say of it. */
async function* reasonsIn(
  client: Pick<StellarTrain, 'gateways' | 'fetch'>,
  { number, reason, reports }: Rejection,
  { signal }: AbortOptions,
): AsyncGenerator<Reason> {
  for (const cid of new Set(reports)) {
    const late = AbortSignal.timeout(WITHIN_MS)
    const bounded = signal ? AbortSignal.any([signal, late]) : late
    try {
      const report = parseReport(await fetchContent(client, cid, REPORT_MAX_BYTES, { signal: bounded }))
      const found = report.submissions.find((one) => one.number === number)?.reason
      if (found?.name === reason) yield found!
    } catch (error) {
      // Reports are no part of what a story needs.
      if (signal?.aborted) throw error
    }
  }
}
