/** `stellartrain grade --challenge N` and `--manifest F`: local files by the terms of a challenge. */
import { createHash } from 'node:crypto'
import { toHex } from '@stellartrain/contracts-client'
import { round } from '@stellartrain/contracts-client/rules'
import { scoreToDecimal } from '@stellartrain/contracts-client/units'
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
  manifest: { type: 'string' },
  truth: { type: 'string' },
  evaluator: { type: 'string' },
  submission: { type: 'string' },
} as const

type Values = ReturnType<typeof parse<typeof OPTIONS>>['values']

export async function gradeChallenge(args: string[], io: Io): Promise<number> {
  const { values } = parse(args, OPTIONS, 0)
  if (values.challenge !== undefined && values.manifest !== undefined)
    throw new UsageError('Give --challenge or --manifest, not both.')
  if (values.submission === undefined) throw new UsageError('--submission is missing.')
  if (values.submission === '-' && values.truth === '-') throw new UsageError('Only one file can be piped in.')
  const submission = readInput(values.submission, io)
  const graded = await (values.challenge === undefined ? byManifest : byChallenge)(values, submission, io)
  if (values.json) printJson(io, graded)
  else io.stdout((await lines(graded)).map((line) => `${line}\n`).join(''))
  return graded.verdict === 'scored' ? EXIT.ok : EXIT.refused
}

const sha256 = () => createHash('sha256')

async function byManifest(values: Values, submission: Uint8Array, io: Io): Promise<LocalGrade> {
  const manifest = parseManifest(readInput(values.manifest!, io))
  if (values.truth === undefined) throw new UsageError('--truth is missing.')
  const csv = readInput(values.truth, io)
  // Without its salt the score is right, and the content hash is nobody's.
  const given = values.salt !== undefined || values.kept !== undefined
  const salt = given ? readSalt(values, manifest.truth?.commitment ?? '', io) : new Uint8Array(32)
  const evaluator = await evaluatorFile(manifest, values.evaluator, io)
  const files = { truth: { csv, salt }, submission, ranked: isRanked(manifest), evaluator }
  const graded = await gradeFiles(manifest, files, sha256)
  return given ? graded : { ...graded, contentHash: null }
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
