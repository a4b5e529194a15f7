/** The judge that grades, named by a plan: which contract it is, with which rules it will score again, and what that costs whom. */
import type { Terms } from '@stellartrain/contracts-client'
import type { RecountRules } from '@stellartrain/contracts-client/recount'
import { type RecountCost, recountCost } from '@stellartrain/contracts-client/recount-cost'
import { RECOUNT, recountRules } from '@stellartrain/contracts-client/recount-rules'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { truthForm } from '../challenge/forms.ts'
import { recountCautions } from '../challenge/recount-words.ts'
import { readGrading } from '../judge/recount.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import type { ChallengePlan } from './plan.ts'

/** What a challenge's judge will score by; its maker fixes them right after the challenge was created. */
export type PlannedRecount = { judge: string; rules: RecountRules; cost: RecountCost }

/** The plan with the address of the judge that it names. @throws UserError `bad_config` where the system has none */
export function withJudge({ config }: StellarTrain, plan: ChallengePlan): ChallengePlan {
  if (plan.judge?.address !== RECOUNT) return plan
  if (config.recount) return { ...plan, judge: { ...plan.judge, address: config.recount } }
  throw new UserError(
    'bad_config',
    'No judge that grades is set here: set RECOUNT_CONTRACT_ADDRESS, or deploy one with `stellartrain recount deploy`.',
  )
}

/**
 * How the plan's judge will score; null where it is not the contract that grades.
 * @throws UserError `not_recountable` where it cannot score such work; ChainFailure, GradeError
 */
export async function planRecount(
  { chain }: StellarTrain,
  { judge, payout, unique_content: unique }: Terms,
  { manifest, truth }: { manifest: Pick<Manifest, 'submission' | 'metric' | 'opens'>; truth: Uint8Array },
  { signal }: AbortOptions,
): Promise<{ planned: PlannedRecount; warnings: string[] } | null> {
  const address = judge?.address ?? ''
  const served = await readGrading({ chain }, address, { signal })
  if (served === null) return null
  const refuse = (why: string) =>
    new UserError('not_recountable', `The ledger cannot score this challenge again: ${why}`)
  if (served !== chain.network.contract) throw refuse(`the judge ${address} serves the contract ${served} alone.`)
  if (payout.tag !== 'Bounty' && payout.tag !== 'Ranked') throw refuse('it scores bounties and rankings alone.')
  const found = recountRules(manifest, await truthForm(manifest, truth))
  if ('why' in found) throw refuse(found.why)
  const cost = recountCost(found.rules, manifest.submission.rows, payout.tag === 'Ranked')
  const warnings = recountCautions({ opensTruth: manifest.opens.truth, unique })
  return { planned: { judge: address, rules: found.rules, cost }, warnings }
}
