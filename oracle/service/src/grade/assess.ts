/** One submission from its CID to the vote on it: fetch, open, grade, round. */

import { Direction, type Terms } from '@stellartrain/contracts-client'
import type { Place } from '@stellartrain/ipfs-content'
import { roundToStep } from '@stellartrain/oracle-grade'
import { openEntry } from '../fetch/open.ts'
import type { Watched } from '../follow/watched.ts'
import { requestOf, type Shelf } from '../paper/shelf.ts'
import type { Item } from '../queue/tray.ts'
import type { Privates } from '../rank/privates.ts'
import { type Ballot, rejected, scored } from '../vote/ballot.ts'
import type { Grader } from './grader.ts'
import type { Outcome } from './jobs.ts'

export type AssessDeps = Readonly<{
  place: Place
  gateways: readonly string[]
  shelf: Shelf
  grader: Grader
  privates: Privates
  identities(): Promise<readonly string[]>
  signal: AbortSignal
}>

/**
 * What to vote on a submission: a score or a rejection. Neither depends on this machine.
 * @throws ContentError, OracleError when it could not be found out now: try again.
 */
export async function assess(item: Item, challenge: Watched, deps: AssessDeps): Promise<Ballot> {
  const { place, gateways, shelf, grader, privates, signal } = deps
  const [paper, identities] = await Promise.all([shelf.take(requestOf(challenge)), deps.identities()])
  const { maxBytes } = paper.manifest.submission
  const opened = await openEntry(item.entry, { place, gateways, maxBytes, identities, signal })
  if ('reason' in opened) return rejected(opened.reason)
  item.stage = 'grading'
  const outcome = await grader.grade(item.entry, paper, opened.csv)
  if (!('rejected' in outcome) && outcome.privateScore !== undefined)
    privates.note(challenge.id, item.entry.number, { score: outcome.privateScore, contentHash: outcome.contentHash })
  return ballotOf(outcome, challenge.terms)
}

/** The score leaves this process rounded: finer digits in a public vote would tell a prober more than the challenge allows. */
export function ballotOf(outcome: Outcome, { step, direction }: Pick<Terms, 'step' | 'direction'>): Ballot {
  if ('rejected' in outcome) return rejected(outcome.rejected)
  const score = roundToStep(outcome.score, step, direction === Direction.Maximize ? 'maximize' : 'minimize')
  return scored(score, new Uint8Array(Buffer.from(outcome.contentHash, 'hex')), outcome.rows, outcome.units)
}
