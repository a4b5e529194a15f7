/** The `grade` command: grades local files with the oracle's engine. Loads nothing of Stellar. */

import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fromHex, SALT_BYTES } from './canonical.ts'
import { type ColumnChoice, submissionPlan, truthPlan } from './cliplan.ts'
import { GradeError } from './errors.ts'
import { type GradeResult, grade } from './grade.ts'
import { getMetric } from './metrics/index.ts'
import { metricList } from './metrics/list.ts'
import type { Metric, MetricParams } from './metrics/metric.ts'
import { problemLine } from './problems.ts'
import { type Part, type PreparedTruth, prepareTruth } from './truth.ts'

/** Where the command reads and writes; replaced in tests. */
export interface GradeIo {
  stdout(text: string): void
  stderr(text: string): void
  readFile(path: string): Uint8Array
}

/** The file descriptor of what is piped in. */
const STDIN = 0

const nodeIo: GradeIo = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  readFile: (path) => readFileSync(path === '-' ? STDIN : path),
}

export const GRADE_USAGE = `Usage: grade --metric METRIC --truth TRUTH.csv --submission SUBMISSION.csv

Grades local files exactly as an oracle would. A file named - is what is piped in.

  --metric METRIC     its id; --metrics lists all of them
  --metrics           list the metrics by family, or those that have the --metric given in id, title or text; and exit
  --truth FILE        CSV with ids and true values
  --submission FILE   CSV with ids and predictions
  --params JSON       parameters of the metric, such as {"posLabel":"yes"}
  --id COLUMN         id column in both files (default: the first of each)
  --value COLUMN      value column (default: the second of each); further columns are then ignored
  --prediction COLUMN value column of the submission, where it has another name
  --usage COLUMN      column of the truth that says public or private, with
  --part PART         public or private: score these rows only
  --salt HEX          32 bytes for the content hash (default: zeros)
  --labeler ADDRESS   binds the content hash to a labeler
  --max-bytes N       largest submission in bytes (default: 52428800)
  --json              print one JSON object

Exit code 0: graded. 1: the submission is rejected. 2: usage error, or a problem with the truth.
`

const options = {
  metric: { type: 'string' },
  truth: { type: 'string' },
  submission: { type: 'string' },
  params: { type: 'string' },
  id: { type: 'string' },
  value: { type: 'string' },
  prediction: { type: 'string' },
  usage: { type: 'string' },
  part: { type: 'string' },
  salt: { type: 'string' },
  labeler: { type: 'string' },
  'max-bytes': { type: 'string' },
  json: { type: 'boolean' },
  metrics: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/** Runs the command with the arguments behind its name; returns the exit code and never throws for bad input. */
export function runGrade(argv: readonly string[], io: GradeIo = nodeIo): number {
  let values: ReturnType<typeof parse>
  try {
    values = parse(argv)
  } catch (error) {
    return usageError(io, (error as Error).message)
  }
  if (values.help) {
    io.stdout(GRADE_USAGE)
    return 0
  }
  if (values.metrics) {
    io.stdout(metricList(values.metric))
    return 0
  }
  try {
    const result = gradeFiles(values, io)
    io.stdout(values.json ? `${jsonOf(result)}\n` : textOf(result))
    return result.status === 'graded' ? 0 : 1
  } catch (error) {
    if (error instanceof UsageError) return usageError(io, error.message)
    if (!(error instanceof GradeError)) throw error
    if (values.json) {
      const { code, message, problems } = error
      io.stdout(`${JSON.stringify({ error: { code, message, problems } })}\n`)
    }
    io.stderr(`${error.message}\n`)
    return 2
  }
}

const parse = (argv: readonly string[]) => parseArgs({ args: [...argv], options, strict: true }).values

class UsageError extends Error {}

function usageError(io: GradeIo, message: string): number {
  io.stderr(`${message}\n\n${GRADE_USAGE}`)
  return 2
}

function gradeFiles(values: ReturnType<typeof parse>, io: GradeIo): GradeResult {
  const read = (name: 'truth' | 'submission'): Uint8Array => {
    const path = values[name]
    if (!path) throw new UsageError(`--${name} is missing.`)
    try {
      return io.readFile(path)
    } catch (error) {
      throw new UsageError(`--${name}: ${(error as Error).message}`)
    }
  }
  if (!values.metric) throw new UsageError('--metric is missing.')
  if (values.part !== undefined && !['all', 'public', 'private'].includes(values.part)) {
    throw new UsageError('--part is all, public or private.')
  }
  if (values.truth === '-' && values.submission === '-') throw new UsageError('Only one file can be piped in.')
  const choice = { id: values.id, value: values.value, prediction: values.prediction, usage: values.usage }
  const metric = getMetric(values.metric)
  const params = paramsOf(values.params)
  const truth = readTruth(read('truth'), metric, choice)
  const submission = read('submission')
  const maxBytes = values['max-bytes'] === undefined ? {} : { maxBytes: wholeNumber(values['max-bytes']) }
  return grade({
    metric: metric.id,
    params,
    truth,
    submission,
    shape: { ...submissionPlan(metric, truth.shape, submission, choice), ...maxBytes },
    salt: values.salt === undefined ? new Uint8Array(SALT_BYTES) : fromHex(values.salt),
    part: (values.part ?? 'all') as Part,
    ...(values.labeler !== undefined && { labeler: values.labeler }),
    createHash: () => createHash('sha256'),
  })
}

/** A function of its own, so that the file's bytes are given back before the submission is read. */
const readTruth = (bytes: Uint8Array, metric: Metric, choice: ColumnChoice): PreparedTruth =>
  prepareTruth(bytes, truthPlan(metric, bytes, choice))

function paramsOf(text: string | undefined): MetricParams {
  if (text === undefined) return {}
  try {
    return JSON.parse(text) as MetricParams
  } catch {
    throw new UsageError('--params is not JSON.')
  }
}

function wholeNumber(text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError('--max-bytes is a whole number.')
  return Number(text)
}

/** Units are below 2^63 and stand as a plain JSON number. */
function jsonOf(result: GradeResult): string {
  if (result.status === 'rejected') {
    const { metric, code, reason, message, problems, problemCount } = result
    return JSON.stringify({ metric, rejected: { code, reason, message, problemCount, problems } })
  }
  const { metric, version, score, scoreUnits, rows, contentHash } = result
  const text = JSON.stringify({ metric, version, score, scoreUnits: 'UNITS', rows, contentHash })
  return text.replace('"UNITS"', scoreUnits.toString())
}

function textOf(result: GradeResult): string {
  if (result.status === 'rejected') {
    const more = result.problemCount - result.problems.length
    const lines = result.problems.flatMap((problem, at) => {
      const { reason, hint } = problem
      const told = result.problems.findIndex((other) => other.hint === hint) < at
      return [`  ${problemLine(problem)} (${reason})\n`, ...(hint && !told ? [`    Hint: ${hint}\n`] : [])]
    })
    return `Rejected with reason ${result.code}, ${result.reason}:\n${lines.join('')}${more > 0 ? `  and ${more} more\n` : ''}`
  }
  const { metric, version, score, scoreUnits, rows, contentHash } = result
  return [
    `metric       ${metric} (version ${version})`,
    `score        ${score}`,
    `scoreUnits   ${scoreUnits}`,
    `rows         ${rows}`,
    `contentHash  ${contentHash}`,
    '',
  ].join('\n')
}
