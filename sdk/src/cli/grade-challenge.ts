/** `stellartrain grade --challenge N`, `--plan F` and `--manifest F`: local files by the terms of a challenge. */
import { createHash } from 'node:crypto'
import { resolve } from 'node:path'
import { toHex } from '@stellartrain/contracts-client'
import { round } from '@stellartrain/contracts-client/rules'
import { scoreFromDecimal, scoreToDecimal } from '@stellartrain/contracts-client/units'
import { type Manifest, parseManifest } from '@stellartrain/ipfs-content/manifest'
import { evaluatorDataset, fetchEvaluator } from '../grade/evaluator.ts'
import {
  gradeFiles,
  isRanked,
  type LocalGrade,
  type LocalTruth,
  openedTruth,
  requireTruth,
} from '../grade/grade-files.ts'
import { sha256Hex } from '../system/digest.ts'
import { challengeNumber, parse } from './args.ts'
import { NETWORK_OPTIONS } from './config.ts'
import { connect } from './connect.ts'
import { EXIT, type Io, printJson, UsageError } from './io.ts'
import { problemLines } from './problem-lines.ts'
import { readInput } from './read-write.ts'
import { readSalt, SALT_OPTIONS } from './truth-keys.ts'

const OPTIONS = {
  ...NETWORK_OPTIONS,
  ...SALT_OPTIONS,
  challenge: { type: 'string' },
  plan: { type: 'string' },
  manifest: { type: 'string' },
  step: { type: 'string' },
  truth: { type: 'string' },
  evaluator: { type: 'string' },
  submission: { type: 'string' },
} as const

type Values = ReturnType<typeof parse<typeof OPTIONS>>['values']

export async function gradeChallenge(args: string[], io: Io): Promise<number> {
  const { values } = parse(args, OPTIONS, 0)
  const sources = (['challenge', 'plan', 'manifest'] as const).filter((name) => values[name] !== undefined)
  if (sources.length > 1) throw new UsageError(`Give ${sources.map((name) => `--${name}`).join(' or ')}, not both.`)
  if (values.step !== undefined && values.manifest === undefined)
    throw new UsageError('--step is for --manifest: a challenge or plan says what its scores are rounded to.')
  if (values.submission === undefined) throw new UsageError('--submission is missing.')
  if (values.submission === '-' && values.truth === '-') throw new UsageError('Only one file can be piped in.')
  const submission = readInput(values.submission, io)
  const graded = await BY[sources[0]!](values, submission, io)
  if (values.json) printJson(io, graded)
  else {
    io.stdout((await lines(graded)).map((line) => `${line}\n`).join(''))
    if (values.manifest !== undefined && values.step === undefined && graded.score !== null)
      io.stderr(
        'An oracle posts the score rounded to the step of the challenge, which a manifest does not have: give --step.\n',
      )
  }
  return graded.verdict === 'scored' ? EXIT.ok : EXIT.refused
}

const sha256 = () => createHash('sha256')

/** The challenge as `create` would make it of a plan; what is not given stands in the plan. */
async function byPlan(values: Values, submission: Uint8Array, io: Io): Promise<LocalGrade> {
  const { readPlan } = await import('./plan-file.ts')
  const { datasetBytes, metricOf } = await import('../create/manifest.ts')
  const { stepOf } = await import('../create/terms.ts')
  const { evaluatorModule } = await import('@stellartrain/oracle-grade')
  // Neither a date of a plan nor its oracles decide a score.
  const plan = readPlan(resolve(io.cwd, values.plan!), {}, new Date(0), 'may be missing')
  const metric = await metricOf(plan)
  const source = { submission: plan.submission, metric, labeling: plan.labeling, truth: plan.truth }
  const csv = values.truth === undefined ? plan.truth : readInput(values.truth, io)
  const files = {
    truth: { csv, salt: saltOf(values, '', io) },
    submission,
    ranked: plan.payout?.rule === 'ranked',
    evaluator: datasetBytes(plan, evaluatorModule(metric)),
    step: stepOf(plan),
  }
  return withoutSalt(await gradeFiles(source, files, sha256), values)
}

const isSalted = (values: Values): boolean => values.salt !== undefined || values.kept !== undefined

const saltOf = (values: Values, commitment: string, io: Io): Uint8Array =>
  isSalted(values) ? readSalt(values, commitment, io) : new Uint8Array(32)

/** Without its salt the score is right, and the content hash is nobody's. */
const withoutSalt = (graded: LocalGrade, values: Values): LocalGrade =>
  isSalted(values) ? graded : { ...graded, contentHash: null }

async function byManifest(values: Values, submission: Uint8Array, io: Io): Promise<LocalGrade> {
  const manifest = parseManifest(readInput(values.manifest!, io))
  if (values.truth === undefined) throw new UsageError('--truth is missing.')
  const csv = readInput(values.truth, io)
  const salt = saltOf(values, manifest.truth?.commitment ?? '', io)
  const evaluator = await evaluatorFile(manifest, values.evaluator, io)
  const step = values.step === undefined ? undefined : stepIn(values.step)
  const files = { truth: { csv, salt }, submission, ranked: isRanked(manifest), evaluator, step }
  return withoutSalt(await gradeFiles(manifest, files, sha256), values)
}

/** @throws UsageError */
function stepIn(text: string): bigint {
  try {
    const step = scoreFromDecimal(text)
    if (step >= 1n) return step
  } catch {}
  throw new UsageError(`--step is what scores are rounded to, such as 0.0001, not "${text}".`)
}

async function byChallenge(values: Values, submission: Uint8Array, io: Io): Promise<LocalGrade> {
  const id = challengeNumber(values.challenge)
  const { client, options } = await connect(values, io)
  const { readContext } = await import('../challenge/context.ts')
  const context = await readContext(client, id, options)
  const { manifest, challenge, terms } = context
  let truth: LocalTruth
  if (values.truth === undefined)
    truth = await openedTruth(client, context, { ...options, otherwise: 'give --truth FILE and its salt' })
  else {
    truth = { csv: readInput(values.truth, io), salt: readSalt(values, toHex(challenge.terms.truth), io) }
    await requireTruth(client, context, truth)
  }
  const evaluator = await fetchEvaluator(client, manifest, options)
  const files = { truth, submission, ranked: terms.payout.rule === 'ranked', evaluator }
  const graded = await gradeFiles(manifest, files, sha256)
  return { ...graded, score: graded.score === null ? null : round(graded.score, terms) }
}

const BY = { challenge: byChallenge, plan: byPlan, manifest: byManifest }

/** The evaluator that a manifest names, from the disk: the file whose bytes have its hash. */
async function evaluatorFile(manifest: Manifest, path: string | undefined, io: Io): Promise<Uint8Array | undefined> {
  const dataset = await evaluatorDataset(manifest)
  if (!dataset) return undefined
  if (path === undefined)
    throw new UsageError(`The evaluator ${dataset.name} scores this challenge: give it with --evaluator FILE.`)
  const bytes = new Uint8Array(readInput(path, io))
  if ((await sha256Hex(bytes)) === dataset.sha256) return bytes
  throw new UsageError(`${path} is not the evaluator ${dataset.name} of the manifest: its SHA-256 differs.`)
}

async function lines(graded: LocalGrade): Promise<string[]> {
  const { score, exactScore, contentHash, rows, reason, privateScore, metric, kinds, problems } = graded
  // A file with nothing wrong in it can still have no score.
  const told = kinds.length > 0 ? kinds : problems.map((problem) => ({ ...problem, count: 1 }))
  if (reason) return [`Rejected with reason ${reason.code}, ${reason.name}:`, ...(await problemLines(told))]
  return [
    `metric       ${metric.id} (version ${metric.version})`,
    `score        ${scoreToDecimal(score!)}${score === exactScore ? '' : ` (${scoreToDecimal(exactScore!)} before it is rounded to the step)`}`,
    ...(privateScore === null ? [] : [`private      ${scoreToDecimal(privateScore)}`]),
    `scoreUnits   ${score}`,
    `rows         ${rows}`,
    contentHash === null ? 'contentHash  needs the salt' : `contentHash  ${contentHash}`,
  ]
}
