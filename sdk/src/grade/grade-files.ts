/** Grades files that somebody has at hand as the oracles of a challenge do, in the words of their report. */
import { round } from '@stellartrain/contracts-client/rules'
import type { Manifest } from '@stellartrain/ipfs-content/manifest'
import { networkId } from '@stellartrain/ipfs-content/network'
import { checkTruthCommitment } from '@stellartrain/ipfs-content/seal'
import type { CreateHash, Precheck, Problem, TaskResult } from '@stellartrain/oracle-grade'
import type { ChallengeContext } from '../challenge/context.ts'
import { truthFormHash } from '../challenge/forms.ts'
import { readOpenings } from '../challenge/openings.ts'
import type { StellarTrain } from '../system/client.ts'
import type { AbortOptions } from '../system/options.ts'
import { UserError } from '../system/problems.ts'
import { gradingTask } from './task.ts'

/** A truth with its salt of 32 bytes. */
export type LocalTruth = { csv: Uint8Array; salt: Uint8Array }

/** The lines of a grade report that depend on the file alone; scores in units of 1e-7. */
export type LocalGrade = {
  verdict: 'scored' | 'rejected'
  /** As it is posted, rounded to the step of the challenge where that is known. */
  score: bigint | null
  /** Before it is rounded. */
  exactScore: bigint | null
  contentHash: string | null
  rows: number | null
  reason: { code: number; name: string } | null
  /** On the rows that decide a ranking; null where there are none, or the metric has no value on them. */
  privateScore: bigint | null
  metric: Manifest['metric']
  problems: readonly Problem[]
  problemCount: number
  kinds: Precheck['kinds']
}

/** Whether the challenge of a manifest is scored on the public rows of its truth, as far as the manifest tells. */
export const isRanked = ({ truth }: Pick<Manifest, 'truth'>): boolean => truth?.parts !== undefined

/** What of a manifest decides a grade; whether it names a truth says that there is something to grade. */
export type GradedBy = Pick<Manifest, 'submission' | 'metric' | 'labeling'> & { truth?: unknown }

export type LocalFiles = {
  truth: LocalTruth
  submission: Uint8Array
  ranked: boolean
  evaluator?: Uint8Array | undefined
  /** What the score is rounded to, in units of 1e-7, where that is known. */
  step?: bigint | undefined
}

/** @throws UserError `rule_not_supported` where batches of labels are paid; GradeError for a truth that does not fit */
export async function gradeFiles(
  manifest: GradedBy,
  { truth, submission, ranked, evaluator, step }: LocalFiles,
  createHash?: CreateHash,
): Promise<LocalGrade> {
  if (manifest.labeling || !manifest.truth) throw notGraded(manifest)
  const { gradeTask, precheck, prepareTruth } = await import('@stellartrain/oracle-grade')
  const task = await gradingTask(manifest, evaluator)
  const prepared = prepareTruth(truth.csv, task.truthShape(truth.csv))
  const result = gradeTask({
    ...{ task, truth: prepared, salt: truth.salt, ranked, submission },
    ...(createHash && { createHash }),
  })
  const kinds = result.status === 'rejected' ? precheck(submission, { ...task.shape, ids: prepared.index }).kinds : []
  return { ...lineOf(result, step), metric: manifest.metric, kinds }
}

function lineOf(result: TaskResult, step = 1n): Omit<LocalGrade, 'metric' | 'kinds'> {
  if (result.status === 'rejected') {
    const { code, reason: name, problems, problemCount } = result
    const none = { score: null, exactScore: null, contentHash: null, rows: null, privateScore: null }
    return { verdict: 'rejected', ...none, reason: { code, name }, problems, problemCount }
  }
  const { scoreUnits, direction, contentHash, rows, privateScore = null } = result
  return {
    verdict: 'scored',
    score: round(scoreUnits, { step, direction }),
    exactScore: scoreUnits,
    contentHash,
    rows,
    reason: null,
    privateScore,
    problems: [],
    problemCount: 0,
  }
}

const notGraded = ({ labeling }: Pick<Manifest, 'labeling'>): UserError =>
  new UserError(
    'rule_not_supported',
    labeling
      ? 'This challenge takes batches of labels, which are judged by who labeled them: use `stellartrain judge check` with the file that `disclose` wrote.'
      : 'Nothing is graded in this challenge: its oracles post what each labeler has earned.',
  )

/**
 * The truth that oracles or the maker opened.
 * @param options.otherwise what the caller can do before that
 * @throws UserError `not_found` before that
 */
export async function openedTruth(
  client: StellarTrain,
  { id, challenge, manifest }: Pick<ChallengeContext, 'id' | 'challenge' | 'manifest'>,
  { otherwise = OPENED_LATER, ...options }: AbortOptions & { otherwise?: string } = {},
): Promise<LocalTruth> {
  const who = [...challenge.terms.oracles, challenge.maker]
  const { usable } = await readOpenings(client, { id, challenge, manifest, who }, options)
  if (usable[0]) return usable[0]
  throw new UserError('not_found', `The truth of challenge ${id} is not open: ${otherwise}.`)
}

const OPENED_LATER = 'its oracles open it after the end'

/** @throws ContentError `commitment_mismatch` for a truth or salt that is not the one of the challenge */
export async function requireTruth(
  client: StellarTrain,
  { challenge, manifest }: Pick<ChallengeContext, 'challenge' | 'manifest'>,
  { csv, salt }: LocalTruth,
): Promise<void> {
  const { passphrase, contract } = client.config
  const place = { network: await networkId(passphrase), contract, maker: challenge.maker }
  const formHash = await truthFormHash(manifest, new Uint8Array(csv))
  await checkTruthCommitment(challenge.terms.truth, { ...place, salt: new Uint8Array(salt), formHash })
}
