/** The look that an oracle takes at a new challenge before it accepts: papers, commitment, and a trial of the metric. */

import { Direction } from '@stellartrain/contracts-client'
import { ContentError, fetchCid } from '@stellartrain/ipfs-content'
import type { Watched } from '../follow/watched.ts'
import type { Grader } from '../grade/grader.ts'
import type { Paper } from '../paper/paper.ts'
import { requestOf, type Shelf } from '../paper/shelf.ts'
import { judgeTrial, type Refusal } from './judge.ts'
import { maxUnits, refuseRule } from './rules.ts'

export type Inspection = Readonly<{
  shelf: Shelf
  grader: Grader
  gateways: readonly string[]
  /** The least fee per submission, in the challenge's token. */
  feeMin: bigint
  signal: AbortSignal
}>

/**
 * Resolves to a refusal, or to undefined when the challenge can be accepted.
 * @throws ContentError, OracleError that are retryable: no answer yet, ask again.
 */
export async function inspect(challenge: Watched, inspection: Inspection): Promise<Refusal | undefined> {
  const { terms } = challenge
  const refused = refuseRule(terms)
  if (refused !== undefined) return refused
  if (terms.oracle_fee < inspection.feeMin)
    return {
      code: 'fee_too_low',
      message: `The oracle fee is below ${inspection.feeMin}, the least for which this oracle grades.`,
    }
  try {
    const paper = await inspection.shelf.take(requestOf(challenge))
    const kind = maxUnits(terms) === undefined ? 'competition' : 'labeling'
    if (paper.manifest.kind !== kind)
      return { code: 'kind_not_supported', message: `With this payout rule a challenge is of the kind ${kind}.` }
    const baseline = kind === 'labeling' ? undefined : await baselineOf(paper, inspection)
    const result = await inspection.grader.trial(paper, baseline)
    if (result === 'batches') return undefined
    if ('unusable' in result) return result.unusable
    return judgeTrial(result, {
      direction: terms.direction === Direction.Maximize ? 'maximize' : 'minimize',
      threshold: terms.threshold,
      step: terms.step,
      statedBaseline: paper.manifest.baseline.score,
      statedParts: paper.manifest.truth.parts,
    })
  } catch (error) {
    // What the maker published can be wrong for good; what cannot be had now may be there in a minute.
    if (error instanceof ContentError && !error.retryable) return { code: error.code, message: error.message }
    throw error
  }
}

async function baselineOf({ manifest }: Paper, { gateways, signal }: Inspection): Promise<Uint8Array | undefined> {
  const dataset = manifest.datasets.find(({ name }) => name === manifest.baseline.dataset)
  if (dataset === undefined) return undefined
  return fetchCid(dataset.cid, { gateways, maxBytes: manifest.submission.maxBytes, signal })
}
