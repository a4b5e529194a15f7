/**
 * Recomputes a verdict and its payment from the contract's storage, its events and CID-checked public content alone;
 * no indexer is asked. A list of checks comes out, each with what was compared.
 */

import { Ranking, readOutcome, toDecimal, Verdict } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { truthCommitment } from '@stellartrain/ipfs-content/seal'
import { type Graded, GradeError, grade, type Part, prepareTruth, taskOf } from '@stellartrain/oracle-grade'
import type { StellarTrain } from './client.ts'
import type { SubmissionRef } from './history.ts'
import type { Check } from './verify/check.ts'
import { open } from './verify/check.ts'
import { type GradePrivately, gatherRanking } from './verify/entrants.ts'
import { type Evidence, gather, type OpenedTruth, type Override } from './verify/evidence.ts'
import * as judge from './verify/judge.ts'
import * as payment from './verify/payment.ts'
import { checkRanking } from './verify/ranking.ts'
import { checkUnits, judgeBatch } from './verify/units.ts'

export type { Check, CheckId, CheckState, WhyOpen } from './verify/check.ts'
export type { Override } from './verify/evidence.ts'

export type Verification = SubmissionRef & {
  number: number
  /** Every check that applies was made and passed. */
  verified: boolean
  /** At least one check failed: something is not as claimed. */
  refuted: boolean
  checks: Check[]
  /** Sent to the solver in the transaction that was checked, base units. */
  paid: bigint
  paymentTx: string | null
  /** One sentence for people. */
  summary: string
}

export type VerifyOptions = {
  signal?: AbortSignal | undefined
  /** Bytes to judge instead of the published ones, e.g. a tampered copy. */
  override?: Override
  /** Called with each check as it is made. */
  onCheck?: (check: Check) => void
}

/**
 * Verifies one submission, named by number or by solver and attempt.
 * @throws UserError `not_found`, ContractError, ChainFailure when the chain cannot be read; a failed check is a result.
 */
export async function verify(
  client: StellarTrain,
  ref: { challenge: number; number: number } | SubmissionRef,
  { signal, override = {}, onCheck = () => {} }: VerifyOptions = {},
): Promise<Verification> {
  const evidence = await gather(client, ref, override, { signal })
  const checks: Check[] = []
  const add = (...made: Check[]) => {
    for (const check of made) {
      checks.push(check)
      onCheck(check)
    }
  }
  add(judge.checkNetwork(evidence, client.config), judge.checkStorage(evidence), judge.checkManifest(evidence))
  const { tag } = evidence.challenge.terms.payout
  let ranked: { prize: bigint; awaited: boolean } | undefined
  if (tag === 'Bounty') {
    add(...(await checkRecomputed(evidence, 'all')))
    add(judge.checkThreshold(evidence), judge.checkQuorum(evidence), judge.checkOrder(evidence))
  } else if (tag === 'Ranked') {
    add(...(await checkRecomputed(evidence, 'public')))
    add(judge.checkQuorum(evidence), judge.checkOrder(evidence))
    const ranking = await gatherRanking(client, evidence, gradePrivately(evidence), { signal })
    add(...checkRanking(evidence, ranking))
    const awaited =
      evidence.shown.verdict === Verdict.Scored && !ranking.lapsed && evidence.state.ranking === Ranking.Open
    ranked = { prize: ranking.prize, awaited }
  } else if (tag === 'PerUnit') {
    const judged = await judgeBatch(client, evidence, signal)
    add(...(await checkRecomputed(evidence, 'all', judged)))
    add(judge.checkQuorum(evidence), judge.checkOrder(evidence), ...checkUnits(evidence, judged))
  } else {
    const note = `This version recomputes nothing for the payout rule ${tag}.`
    const unmade = ['truth', 'binding', 'content_hash', 'score', 'threshold', 'order'] as const
    add(...unmade.map((id) => open(id, 'rule_not_supported', note)), judge.checkQuorum(evidence))
  }
  const { check, paid, hash } = await checkPaid(client, evidence, ranked, signal)
  add(check)
  const refuted = checks.some((one) => one.state === 'failed')
  const verified = !refuted && checks.every((one) => one.state === 'passed' || one.why === 'not_applicable')
  return {
    ...evidence.ref,
    number: evidence.shown.number,
    verified,
    refuted,
    checks,
    paid,
    paymentTx: hash,
    summary: summaryOf(evidence, checks, { verified, refuted, paid }),
  }
}

/** Commitment, content hash and score, by the engine that the oracles run. */
/** `judged`: what a batch of labels comes to, instead of a graded file. */
async function checkRecomputed(
  evidence: Evidence,
  part: Part,
  judged?: Awaited<ReturnType<typeof judgeBatch>>,
): Promise<Check[]> {
  const { opened, manifest } = evidence
  if (manifest instanceof ContentError || 'missing' in opened) {
    const missing = 'missing' in opened ? opened.missing : ('content_unavailable' as const)
    const note = 'missing' in opened ? opened.note : 'Without the manifest nothing can be recomputed.'
    return [
      open('truth', missing, note),
      judge.checkBinding(evidence),
      open('content_hash', missing, note),
      open('score', missing, note),
    ]
  }
  const truth = judge.checkTruth(opened, manifest, await truthCommitment(opened.csv, opened.salt))
  const binding = judge.checkBinding(evidence)
  if ('missing' in opened.submission) {
    const { missing, note } = opened.submission
    return [truth, binding, open('content_hash', missing, note), open('score', missing, note)]
  }
  return [
    truth,
    binding,
    ...judge.checkContent(evidence, judged ?? regrade(opened, opened.submission.bytes, manifest, part)),
  ]
}

/** On the private rows, whichever file is asked for. */
function gradePrivately({ opened, manifest }: Evidence): GradePrivately {
  if (manifest instanceof ContentError || 'missing' in opened) return () => ({ problem: 'the truth is not open' })
  return (payload) => regrade(opened, payload, manifest, 'private')
}

function regrade(
  { csv: truthCsv, salt }: OpenedTruth,
  submission: Uint8Array,
  manifest: Exclude<Evidence['manifest'], ContentError>,
  part: Part,
): Graded | { problem: string } {
  try {
    const task = taskOf(manifest)
    const truth = prepareTruth(truthCsv, task.truthShape(truthCsv))
    const { metric, params, shape } = task
    const result = grade({ metric, params, truth, submission, shape, salt, part })
    return result.status === 'graded' ? result : { problem: `would be rejected: ${result.message}` }
  } catch (error) {
    if (error instanceof GradeError) return { problem: error.message }
    throw error
  }
}

async function checkPaid(
  client: StellarTrain,
  evidence: Evidence,
  ranked: { prize: bigint; awaited: boolean } | undefined,
  signal: AbortSignal | undefined,
) {
  const claims = payment.paymentClaims(evidence)
  if (!Array.isArray(claims)) return { check: claims, paid: 0n, hash: null }
  const transferred = await Promise.all(
    claims.map(async ({ hash }) => {
      const outcome = await readOutcome(client.chain, hash, { signal })
      if (outcome.status !== 'succeeded') return undefined
      return payment.transferredIn(outcome.events, {
        token: evidence.token.contract,
        contract: client.config.contract,
        solver: evidence.ref.solver,
      })
    }),
  )
  return {
    check: payment.checkPayment(evidence, claims, transferred, ranked),
    paid: transferred.reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n),
    hash: claims.at(-1)?.hash ?? null,
  }
}

function summaryOf(
  { shown, token, ref }: Evidence,
  checks: readonly Check[],
  { verified, refuted, paid }: { verified: boolean; refuted: boolean; paid: bigint },
): string {
  const name = `Submission ${shown.number} of challenge ${ref.challenge}`
  if (refuted) {
    const wrong = checks.filter((check) => check.state === 'failed').map((check) => check.title.toLowerCase())
    return `${name} is NOT as claimed. Failed: ${wrong.join('; ')}.`
  }
  const money = paid > 0n ? ` ${toDecimal(paid, token.decimals)} ${token.code} reached ${ref.solver}.` : ''
  if (verified) return `${name} is verified.${money}`
  const missing = checks.filter((check) => check.state === 'open' && check.why !== 'not_applicable').length
  return `${name}: nothing contradicts the claims; ${missing} of ${checks.length} checks cannot be made yet.${money}`
}
