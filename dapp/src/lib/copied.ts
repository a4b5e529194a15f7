/** Which submission a rejected copy copied: an oracle's report says it, the index does not. Loaded only by the page of a copy. */
import { reportedCopy } from '@stellartrain/sdk/copied'
import { getSubmission } from './api.ts'
import { config } from './config.ts'
import type { Submission } from './types.ts'

type Copy = Pick<Submission, 'challenge' | 'number' | 'solver'>

/** The lower number of another solver that one of these reports names; null where none that can be read does. */
export const readCopyOf = ({ challenge, number, solver }: Copy, reports: readonly string[]): Promise<number | null> =>
  reportedCopy(
    { gateways: [config().ipfsUrl], fetch: (input, init) => globalThis.fetch(input, init) },
    { number, solver, reports },
    async (lower) => (await getSubmission(String(challenge), String(lower))).solver,
  )
