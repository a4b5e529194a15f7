/**
 * Recomputes a verdict and its payment from the contract's storage, its events and CID-checked public content alone;
 * no indexer is asked. A list of checks comes out, each with what was compared.
 */

import { readOutcome, toDecimal, Verdict } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import { truthCommitment } from '@stellartrain/ipfs-content/seal'
import type { Part } from '@stellartrain/oracle-grade'
import type { StellarTrain } from './client.ts'
import type { SubmissionRef } from './history.ts'
import type { AbortOptions } from './options.ts'
import { type Check, isSettled, open } from './verify/check.ts'
import { checkDue } from './verify/due.ts'
import { gatherRanking } from './verify/entrants.ts'
import { type Evidence, gather } from './verify/evidence.ts'
import * as judge from './verify/judge.ts'
import { noManifest } from './verify/opened.ts'
import type { Override } from './verify/override.ts'
import * as payment from './verify/payment.ts'
import { checkRanking } from './verify/ranking.ts'
import { type Regrade, regradeWith } from './verify/regrade.ts'
import { checkUnits, judgeBatch } from './verify/units.ts'

export type { Check, CheckId, CheckState, Outlook, WhyOpen } from './verify/check.ts'
export type { Override } from './verify/override.ts'

export type Verification = SubmissionRef & {
  number: number
  /** Every check that applies was made, on all of its evidence, and passed. */
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

export type VerifyOptions = AbortOptions & {
  /** Bytes to judge instead of the published ones, e.g. a tampered copy. */
  override?: Override
  /** Files of other entrants to fetch and grade at most, where a ranking needs them; 500 unless given. */
  maxFiles?: number
  /** Called with each check as it is made. */
  onCheck?: (check: Check) => void
}

const MAX_FILES = 500

/**
 * Verifies one submission, named by number or by solver and attempt. A check that could not see all of its evidence is
 * `open` and names what is missing; it never passes on a part.
 * @throws UserError `not_found`, ContractError, ChainFailure when the chain cannot be read; a failed check is a result.
 */
export async function verify(
  client: StellarTrain,
  ref: { challenge: number; number: number } | SubmissionRef,
  { signal, override = {}, maxFiles = MAX_FILES, onCheck = () => {} }: VerifyOptions = {},
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
  const regrade = regradeWith(evidence)
  const grade =
    (part: Part): Judge =>
    async (payload) =>
      regrade(payload, part)
  if (tag === 'Bounty') {
    add(...(await checkRecomputed(evidence, grade('all'))))
    add(judge.checkThreshold(evidence), judge.checkQuorum(evidence), judge.checkOrder(evidence))
  } else if (tag === 'Ranked') {
    add(...(await checkRecomputed(evidence, grade('public'))))
    add(judge.checkQuorum(evidence), judge.checkOrder(evidence))
    const ranking = await gatherRanking(client, evidence, regrade, { signal, maxFiles })
    add(...checkRanking(evidence, ranking))
  } else if (tag === 'PerUnit') {
    const judged = await judgeBatch(client, evidence, { signal })
    const batch: Judge = async (payload) => {
      const other = judging(evidence, payload)
      return other === evidence ? judged : judgeBatch(client, other, { signal })
    }
    add(...(await checkRecomputed(evidence, batch)))
    add(judge.checkQuorum(evidence), judge.checkOrder(evidence), checkUnits(evidence, judged))
  } else {
    const note = `This version recomputes nothing for the payout rule ${tag}.`
    const unmade = ['truth', 'binding', 'content_hash', 'score', 'threshold', 'order'] as const
    add(...unmade.map((id) => open(id, 'rule_not_supported', note)), judge.checkQuorum(evidence))
  }
  add(checkDue(evidence))
  const { check, paid, hash } = await checkPaid(client, evidence, { signal })
  add(check)
  const refuted = checks.some((one) => one.state === 'failed')
  const verified = checks.every(isSettled)
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

type Judged = ReturnType<Regrade> | Awaited<ReturnType<typeof judgeBatch>>

/** What the oracles should have made of a payload. */
type Judge = (payload: Uint8Array) => Promise<Judged>

/** The same evidence with another payload to judge. */
function judging(evidence: Evidence, bytes: Uint8Array): Evidence {
  const { opened } = evidence
  if ('missing' in opened || 'missing' in opened.submission || opened.submission.bytes === bytes) return evidence
  return { ...evidence, opened: { ...opened, submission: { ...opened.submission, bytes } } }
}

/** Whether what was judged is what the sealed file holds: the same bytes, or the same content. */
async function holdsSame({ opened }: Evidence, judge: Judge): Promise<boolean> {
  if ('missing' in opened || 'missing' in opened.submission) return false
  const { bytes, sealed } = opened.submission
  if ('missing' in sealed) return false
  if (sealed.bytes.length === bytes.length && sealed.bytes.every((byte, at) => byte === bytes[at])) return true
  const [ours, theirs] = await Promise.all([judge(bytes), judge(sealed.bytes)])
  return 'contentHash' in ours && 'contentHash' in theirs && ours.contentHash === theirs.contentHash
}

/** Commitment, content hash and score, by the engine that the oracles run. */
async function checkRecomputed(evidence: Evidence, judgeOne: Judge): Promise<Check[]> {
  const { opened, manifest, shown, status } = evidence
  if (status === 'void' || status === 'unsettled' || status === 'ungraded') {
    const note = 'It has no verdict that could be recomputed.'
    return (['truth', 'binding', 'content_hash', 'score'] as const).map((id) => open(id, 'not_applicable', note))
  }
  const ids = shown.verdict === Verdict.Rejected ? (['rejection'] as const) : (['content_hash', 'score'] as const)
  const binding = judge.checkBinding(evidence, await holdsSame(evidence, judgeOne))
  const gap = manifest instanceof ContentError ? noManifest(manifest) : 'missing' in opened ? opened : undefined
  const unmade = ({ missing, note, outlook }: NonNullable<typeof gap>) =>
    ids.map((id) => open(id, missing, note, outlook))
  if (manifest instanceof ContentError || 'missing' in opened)
    return gap ? [open('truth', gap.missing, gap.note, gap.outlook), binding, ...unmade(gap)] : []
  const truth = judge.checkTruth(opened, manifest, await truthCommitment(opened.csv, opened.salt))
  const { submission } = opened
  const graded = 'missing' in submission ? { problem: submission.note } : await judgeOne(submission.bytes)
  if ('missing' in graded) return [truth, binding, ...unmade(graded)]
  if (shown.verdict === Verdict.Rejected) return [truth, binding, judge.checkRejection(evidence, graded)]
  if ('missing' in submission && judge.hasContent(evidence)) return [truth, binding, ...unmade(submission)]
  return [truth, binding, ...judge.checkContent(evidence, graded)]
}

async function checkPaid(client: StellarTrain, evidence: Evidence, { signal }: AbortOptions) {
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
    check: payment.checkPayment(evidence, claims, transferred),
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
  const unmade = checks.filter((check) => !isSettled(check))
  const never = unmade.filter(({ outlook }) => outlook === 'never').length
  const counts = [
    ...(never > 0 ? [`${never} cannot be made`] : []),
    ...(unmade.length > never ? [`${unmade.length - never} not yet`] : []),
  ]
  return `${name} is not verified. Nothing contradicts the claims, but ${unmade.length} of ${checks.length} checks ${unmade.length === 1 ? 'is' : 'are'} open: ${counts.join(', ')}.${money}`
}
