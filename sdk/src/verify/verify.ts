/**
 * Recomputes a verdict and its payment from the contract's storage, its events and CID-checked public content alone;
 * no indexer is asked. A list of checks comes out, each with what was compared.
 */

import { type Rpc, readOutcome, toDecimal, toHex, Verdict } from '@stellartrain/contracts-client'
import { ContentError } from '@stellartrain/ipfs-content/errors'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import { commitSubmission, commitTruth } from '@stellartrain/ipfs-content/seal'
import { GradeError, type Part } from '@stellartrain/oracle-grade'
import { submissionFormHash, truthFormHash } from '../challenge/forms.ts'
import type { SubmissionRef } from '../challenge/history.ts'
import type { StellarTrain } from '../system/client.ts'
import { partOf } from '../system/counted.ts'
import type { AbortOptions } from '../system/options.ts'
import { checkAgreement } from './agreement.ts'
import { type Check, isSettled, type Outlook, open } from './check.ts'
import * as claims from './claims.ts'
import { checkDue } from './due.ts'
import { gatherRanking } from './entrants.ts'
import { type Evidence, gather } from './evidence.ts'
import { noManifest } from './opened.ts'
import type { Override } from './override.ts'
import * as payment from './payment.ts'
import { checkRanking } from './ranking.ts'
import { checkJudge, checkJudgesRanking, isJudged, recompute } from './recount-check.ts'
import { gatherRecount, type RecountEvidence } from './recounted.ts'
import { type Regrade, regradeWith } from './regrade.ts'
import { replay } from './replay.ts'
import * as rules from './rules.ts'
import { checkLease, checkUnits, isLeased, judgeBatch } from './units.ts'

export type { Check, CheckId, CheckState, Outlook, WhyOpen } from './check.ts'
export type { Override } from './override.ts'

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
  /** Of other operators: they must say the same. Default: the client's own is believed. */
  others?: readonly Rpc[]
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
  { signal, override = {}, maxFiles = MAX_FILES, others = [], onCheck = () => {} }: VerifyOptions = {},
): Promise<Verification> {
  const evidence = await gather(client, ref, override, { signal })
  const checks: Check[] = []
  const add = (...made: Check[]) => {
    for (const check of made) {
      checks.push(check)
      onCheck(check)
    }
  }
  add(claims.checkNetwork(evidence, client.config), claims.checkStorage(evidence), claims.checkManifest(evidence))
  const { rule } = evidence.facts.terms.payout
  const { history, facts } = evidence
  const played = history.complete ? replay(facts.terms, history.events) : undefined
  const regrade = regradeWith(evidence)
  if (rule === 'per_unit') {
    const judged = await judgeBatch(client, evidence, { signal })
    const batch: Judge = async (payload) => {
      const other = judging(evidence, payload)
      return other === evidence ? judged : judgeBatch(client, other, { signal })
    }
    add(...(await checkRecomputed(client, evidence, batch)))
    add(rules.checkDecision(evidence, played), checkUnits(evidence, judged))
    if (isLeased(evidence)) add(await checkLease(evidence, client.config))
  } else {
    const part: Part = rule === 'ranked' ? 'public' : 'all'
    const grade: Judge = async (payload) => regrade(payload, part)
    const recount = await gatherRecount(client, evidence, { signal })
    const shown = recount && (await recomputeShown(client, evidence, recount, override))
    add(...(shown?.checks ?? (await checkRecomputed(client, evidence, grade))))
    if (recount && isJudged(evidence)) add(checkJudge(evidence, recount, checks))
    add(rules.checkDecision(evidence, played))
    if (facts.terms.uniqueContent)
      add(rules.checkCopies(evidence, shown?.contentHash ?? (await ownContent(evidence, grade))))
    if (rule === 'bounty') add(rules.checkQueue(evidence, played))
    add(rules.checkBoard(evidence, played))
    if (rule === 'ranked') {
      const ranking = await gatherRanking(client, evidence, regrade, { signal, maxFiles })
      add(
        ...(recount && ranking.placed === 'judge'
          ? checkJudgesRanking(evidence, recount)
          : checkRanking(evidence, ranking)),
      )
    }
  }
  add(checkDue(evidence))
  const { check, paid, hash } = await checkPaid(client, evidence, { signal })
  add(check)
  if (others.length > 0) add(await checkAgreement(client, evidence, others, { signal }))
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
async function checkRecomputed(client: StellarTrain, evidence: Evidence, judgeOne: Judge): Promise<Check[]> {
  const { opened, manifest, shown, status } = evidence
  if (status === 'void' || status === 'unsettled' || status === 'unavailable') {
    const note = 'It has no verdict that could be recomputed.'
    return (['truth', 'binding', 'commitment', 'content_hash', 'score'] as const).map((id) =>
      open(id, 'not_applicable', note),
    )
  }
  const ids = shown.verdict === Verdict.Rejected ? (['rejection'] as const) : (['content_hash', 'score'] as const)
  const binding = claims.checkBinding(evidence, await holdsSame(evidence, judgeOne))
  const gap = manifest instanceof ContentError ? noManifest(manifest) : 'missing' in opened ? opened : undefined
  const unmade = ({ missing, note, outlook }: NonNullable<typeof gap>) =>
    ids.map((id) => open(id, missing, note, outlook))
  if (manifest instanceof ContentError || 'missing' in opened)
    return gap
      ? [
          open('truth', gap.missing, gap.note, gap.outlook),
          binding,
          claims.checkSubmissionCommitment(evidence, undefined),
          ...unmade(gap),
        ]
      : []
  const place = await placeOf(client)
  const { maker } = evidence.challenge
  const truth = claims.checkTruth(opened, evidence, await truthText(manifest, { ...opened, ...place, maker }))
  const commitment = claims.checkSubmissionCommitment(evidence, await commitmentOf(evidence, manifest, place))
  const { submission } = opened
  const graded = 'missing' in submission ? { problem: submission.note } : await judgeOne(submission.bytes)
  if ('missing' in graded) return [truth, binding, commitment, ...unmade(graded)]
  if (shown.verdict === Verdict.Rejected) return [truth, binding, commitment, claims.checkRejection(evidence, graded)]
  if ('missing' in submission && claims.hasContent(evidence)) return [truth, binding, commitment, ...unmade(submission)]
  return [truth, binding, commitment, ...claims.checkContent(evidence, graded)]
}

/** Of a verdict of the judge that grades, from what it was shown; undefined where that cannot be read back. */
async function recomputeShown(client: StellarTrain, evidence: Evidence, recount: RecountEvidence, override: Override) {
  if (!isJudged(evidence)) return undefined
  return recompute(evidence, recount, await placeOf(client), override)
}

const placeOf = async ({ config }: StellarTrain): Promise<Place> => ({
  network: await networkId(config.passphrase),
  contract: config.contract,
})

type Place = { network: string; contract: string }

/** The commitment that this truth and salt have, hex; a truth that cannot be read has none. */
async function truthText(
  manifest: Manifest,
  { csv, salt, ...place }: Place & { maker: string; csv: Uint8Array; salt: Uint8Array },
): Promise<string> {
  try {
    return toHex(await commitTruth({ ...place, salt, formHash: await truthFormHash(manifest, csv) }))
  } catch (error) {
    if (error instanceof GradeError) return `none: ${error.message}`
    throw error
  }
}

/** Of what the sealed file holds, hex. */
async function commitmentOf(
  { opened, ref, facts }: Evidence,
  manifest: Manifest,
  place: Place,
): Promise<string | undefined> {
  if ('missing' in opened || 'missing' in opened.submission || 'missing' in opened.submission.sealed) return undefined
  const { bytes, nonce } = opened.submission.sealed
  const batchOf = facts.terms.payout.rule === 'per_unit' ? ref.solver : undefined
  const formHash = await submissionFormHash(manifest, bytes, batchOf)
  const { challenge, solver } = ref
  return formHash && toHex(await commitSubmission({ ...place, challenge, solver, nonce, formHash }))
}

/** The recomputed content hash of what the sealed file holds. */
async function ownContent({ opened }: Evidence, judgeOne: Judge): Promise<string | undefined> {
  if ('missing' in opened || 'missing' in opened.submission || 'missing' in opened.submission.sealed) return undefined
  const judged = await judgeOne(opened.submission.sealed.bytes)
  return 'contentHash' in judged ? judged.contentHash : undefined
}

async function checkPaid(client: StellarTrain, evidence: Evidence, { signal }: AbortOptions) {
  const made = payment.paymentClaims(evidence)
  if (!Array.isArray(made)) return { check: made, paid: 0n, hash: null }
  const transferred = await Promise.all(
    made.map(async ({ hash }) => {
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
    check: payment.checkPayment(evidence, made, transferred),
    paid: transferred.reduce<bigint>((sum, amount) => sum + (amount ?? 0n), 0n),
    hash: made.at(-1)?.hash ?? null,
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
  const ofWhich = (outlook: Outlook, what: string) => {
    const count = unmade.filter((check) => check.outlook === outlook).length
    return count === 0 ? [] : [{ count, what }]
  }
  const kinds = [
    ...ofWhich('later', 'cannot be made yet'),
    ...ofWhich('retry', 'could not be made for lack of evidence now'),
    ...ofWhich('never', 'can never be made'),
  ]
  const [only, ...others] = kinds
  const open =
    only && others.length === 0
      ? only.what
      : `are open: ${kinds.map(({ count, what }) => `${count} ${what}`).join(', ')}`
  const headline = unmade.some(({ outlook }) => outlook === 'never')
    ? `${name} cannot be verified in full. Nothing contradicts it, but`
    : `Nothing contradicts ${name[0]!.toLowerCase()}${name.slice(1)} so far;`
  return `${headline} ${partOf(unmade.length, checks.length, 'check')} ${open}.${money}`
}
