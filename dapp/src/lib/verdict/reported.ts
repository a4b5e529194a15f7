/** What only the oracles' reports say of a rejection, which the index does not read. Loaded by the page of such a submission alone. */
import { type Reported, reported } from '@stellartrain/sdk/reported'
import { getSubmission } from '../read/api.ts'
import type { Submission } from '../read/types.ts'
import { config } from '../site/config.ts'

type Rejected = Pick<Submission, 'challenge' | 'number' | 'solver' | 'reason'>

export const readReports = (
  { challenge, number, solver, reason }: Rejected,
  reports: readonly string[],
): Promise<Reported> =>
  reported(
    { gateways: [config().ipfsUrl], fetch: (input, init) => globalThis.fetch(input, init) },
    { number, solver, reason: reason?.name ?? undefined, reports },
    async (lower) => (await getSubmission(String(challenge), String(lower))).solver,
  )
