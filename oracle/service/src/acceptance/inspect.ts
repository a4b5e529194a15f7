/** Inspects a new challenge before it is accepted: its files, the commitment, and a trial of the metric. */

import { type Chain, readToken } from '@stellartrain/contracts-client'
import { ContentError, fetchCid, MANIFEST_MAX_BYTES, parseManifest } from '@stellartrain/ipfs-content'
import { GradeError } from '@stellartrain/oracle-grade'
import type { Challenge } from '../chain/challenge.ts'
import { type InputsCache, requestOf } from '../challenge-files/cache.ts'
import { type GradingInputs, isWork } from '../challenge-files/grading-inputs.ts'
import type { Grader } from '../grading/grader.ts'
import { fixedRules, recountJudge, refuseRules } from '../recount/judge.ts'
import type { Refusal } from '../refusal.ts'
import { checkTrial } from './check-trial.ts'
import type { Receiving } from './receiving.ts'
import { type Programs, refusePrograms } from './served-metrics.ts'
import { refuseByHand, refuseRate, refuseRule } from './served-rules.ts'

export type Inspection = Programs &
  Readonly<{
    chain: Chain
    inputsCache: InputsCache
    grader: Grader
    gateways: readonly string[]
    /** The least fee per submission, in the challenge's token. */
    feeMin: bigint
    /** Whether its operator posts amounts. */
    earnings: boolean
    /** The time limit of one grading. */
    seconds: number
    receiving: Pick<Receiving, 'obstacle'>
    signal: AbortSignal
  }>

/**
 * Resolves to a refusal, or to undefined when the challenge can be accepted.
 * @throws ContentError, OracleError that are retryable: no answer yet, try again.
 */
export async function inspect(challenge: Challenge, inspection: Inspection): Promise<Refusal | undefined> {
  const { terms } = challenge
  const refused = refuseRule(challenge)
  if (refused !== undefined) return refused
  if (terms.oracleFee < inspection.feeMin)
    return {
      code: 'fee_too_low',
      message: `The oracle fee is below ${inspection.feeMin}, the least for which this oracle grades.`,
    }
  if (terms.oracleFee > 0n) {
    const obstacle = await inspection.receiving.obstacle(challenge.token)
    if (obstacle !== undefined) return obstacle
  }
  const earnings = challenge.payout.tag === 'Earnings'
  try {
    // No truth, nothing to grade: what is owed is the amounts, which its operator posts.
    if (earnings && !(await paysForWork(challenge, inspection))) return refuseByHand(inspection.earnings)
    const inputs = await inspection.inputsCache.get(requestOf(challenge))
    const { perItem } = inputs.manifest.labeling ?? {}
    if (earnings && perItem !== undefined) {
      const { chain, signal } = inspection
      const { decimals } = await readToken(chain, challenge.token, { signal })
      const unpaid = refuseRate(perItem, decimals)
      if (unpaid !== undefined) return unpaid
    }
    const unserved = refusePrograms(inputs.manifest, { ...inspection, ranked: inputs.ranked })
    if (unserved !== undefined) return unserved
    const kind = earnings || terms.payout.rule === 'per_unit' ? 'labeling' : 'competition'
    if (inputs.manifest.kind !== kind)
      return { code: 'kind_not_supported', message: `With this payout rule a challenge is of the kind ${kind}.` }
    const baseline = kind === 'labeling' ? undefined : await baselineOf(inputs, inspection)
    const result = await inspection.grader.trial(inputs, baseline)
    if (result === 'batches') return undefined
    const differs = await refuseJudge(challenge, inputs, inspection)
    if (differs !== undefined) return differs
    if ('unusable' in result) return result.unusable
    return checkTrial(result, {
      direction: terms.direction,
      threshold: terms.threshold,
      step: terms.step,
      statedBaseline: inputs.manifest.baseline.score,
      statedParts: inputs.manifest.truth?.parts,
    })
  } catch (error) {
    // What the maker published can be wrong for good; what is unavailable now may be there in a minute.
    const typed = error instanceof ContentError || error instanceof GradeError
    if (typed && !error.retryable) return { code: error.code, message: error.message }
    throw error
  }
}

/** Where the judge is the contract that grades, it has to score as the manifest says. */
async function refuseJudge(
  challenge: Challenge,
  inputs: GradingInputs,
  { chain, grader, signal }: Inspection,
): Promise<Refusal | undefined> {
  const judge = await recountJudge(chain, challenge, { signal })
  if (judge === undefined) return undefined
  const frozen = await fixedRules(chain, judge, challenge.id, { signal })
  return refuseRules(inputs.manifest, await grader.truthForm(inputs), frozen)
}

/** Whether earnings follow from batches of labels that are handed to the oracles. */
async function paysForWork(
  { manifestCid }: Challenge,
  { gateways, signal }: Pick<Inspection, 'gateways' | 'signal'>,
): Promise<boolean> {
  return isWork(parseManifest(await fetchCid(manifestCid, { gateways, maxBytes: MANIFEST_MAX_BYTES, signal })))
}

async function baselineOf(
  { manifest }: GradingInputs,
  { gateways, signal }: Inspection,
): Promise<Uint8Array | undefined> {
  const dataset = manifest.datasets.find(({ name }) => name === manifest.baseline.dataset)
  if (dataset === undefined) return undefined
  return fetchCid(dataset.cid, { gateways, maxBytes: manifest.submission.maxBytes, signal })
}
