/** One submission from its CID to the vote on it: fetch, open, grade, round. */

import { Direction, type Terms } from '@stellartrain/contracts-client'
import type { Place } from '@stellartrain/ipfs-content'
import { roundToStep } from '@stellartrain/oracle-grade'
import type { Challenge } from '../chain/challenge.ts'
import { type InputsCache, requestOf } from '../challenge-files/cache.ts'
import { openEntry } from '../challenge-files/open-submission.ts'
import type { Grader } from './grader.ts'
import type { Outcome } from './jobs.ts'
import type { PrivateScores } from './private-scores.ts'
import type { QueueItem } from './queue.ts'
import { type OwnVerdict, rejected, scored } from './verdict.ts'

export type AssessDeps = Readonly<{
  place: Place
  gateways: readonly string[]
  inputsCache: InputsCache
  grader: Grader
  privateScores: PrivateScores
  identities(): Promise<readonly string[]>
  signal: AbortSignal
}>

/**
 * What to vote on a submission: a score or a rejection. Neither depends on this machine.
 * @throws ContentError, OracleError when it could not be determined now: try again.
 */
export async function assess(item: QueueItem, challenge: Challenge, deps: AssessDeps): Promise<OwnVerdict> {
  const { place, gateways, inputsCache, grader, privateScores, signal } = deps
  const [inputs, identities] = await Promise.all([inputsCache.get(requestOf(challenge)), deps.identities()])
  const { maxBytes } = inputs.manifest.submission
  const opened = await openEntry(item.entry, { place, gateways, maxBytes, identities, signal })
  if ('reason' in opened) return rejected(opened.reason)
  item.stage = 'grading'
  const outcome = await grader.grade(item.entry, inputs, opened.csv)
  if (!('rejected' in outcome) && outcome.privateScore !== undefined)
    privateScores.note(challenge.id, item.entry.number, {
      score: outcome.privateScore,
      contentHash: outcome.contentHash,
    })
  return verdictOf(outcome, challenge.terms)
}

/** The score leaves this process rounded: finer digits in a public vote would give a prober more than the challenge allows. */
export function verdictOf(outcome: Outcome, { step, direction }: Pick<Terms, 'step' | 'direction'>): OwnVerdict {
  if ('rejected' in outcome) return rejected(outcome.rejected)
  const score = roundToStep(outcome.score, step, direction === Direction.Maximize ? 'maximize' : 'minimize')
  return scored(score, new Uint8Array(Buffer.from(outcome.contentHash, 'hex')), outcome.rows, outcome.units)
}
