/** Everything that can be asked of the contract, as calls for view(). */
import type { Chain } from './chain.ts'
import { entry } from './entry.ts'
import type { Submission, SubmissionId } from './generated/types.js'
import type { ReadOptions } from './ledger.ts'
import { view } from './simulate.ts'

const noArgs =
  <T>(call: (args: Record<never, never>) => T) =>
  () =>
    call({})

export const views = {
  config: noArgs(entry('config')),
  /** How many challenges there are; they are numbered from 1. */
  challenges: noArgs(entry('challenges')),
  challenge: entry('challenge'),
  state: entry('state'),
  /** One of `Phase` at the latest ledger's close time. */
  phase: entry('phase'),
  /** The challenge key's private half, sealed to every oracle; null before the first oracle accepted. */
  shares: entry('shares'),
  /** Winners of a bounty, first those whose prize is due, then those who wait; the running table of a ranking, or the ranking. */
  board: entry('board'),
  submission: entry('submission'),
  /** At most 40 at once. */
  submissions: entry('submissions'),
  /** What became of a submission, even if no call has written it yet. */
  outcome: entry('outcome'),
  earnings: entry('earnings'),
  epoch: entry('epoch'),
  /** What a labeler was sent so far. */
  claimed: entry('claimed'),
  attempts: entry('attempts'),
  oracle: entry('oracle'),
  oracleKey: entry('oracle_key'),
  /** What this address opened as the truth, if it did. */
  revealed: entry('revealed'),
  maker: entry('maker'),
  /** What release_payment would send now. */
  owed: entry('owed'),
} as const

const SUBMISSIONS_PER_CALL = 40

/** Reads any number of submissions, in batches that the contract takes. */
export async function readSubmissions(
  chain: Chain,
  challenge: number,
  ids: readonly SubmissionId[],
  options: ReadOptions = {},
): Promise<Submission[]> {
  const found: Submission[] = []
  for (let start = 0; start < ids.length; start += SUBMISSIONS_PER_CALL) {
    const batch = ids.slice(start, start + SUBMISSIONS_PER_CALL)
    found.push(...(await view(chain, views.submissions({ challenge, ids: batch }), options)))
  }
  return found
}
