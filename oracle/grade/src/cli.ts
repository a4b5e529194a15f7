/** The `grade` command: grades local files with the oracle's engine. Loads nothing of Stellar. */

import { createHash } from 'node:crypto'
import { closeSync, fstatSync, openSync, readFileSync, readSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fromHex, SALT_BYTES } from './canonical/canonical.ts'
import { type ColumnChoice, MANIFEST_TYPES, needsSubmission, submissionPlan, truthPlan } from './cliplan.ts'
import { didYouMean } from './closest.ts'
import { GradeError } from './errors.ts'
import { type GradeResult, grade } from './grade.ts'
import { getMetric } from './metrics/index.ts'
import { metricList } from './metrics/list.ts'
import type { Metric, MetricParams } from './metrics/metric.ts'
import { problemLine } from './problems.ts'
import { gradeSpilled } from './spill/grade.ts'
import { type Part, type PreparedTruth, prepareTruth } from './truth.ts'

/** Where the command reads and writes; replaced in tests. */
export interface GradeIo {
  stdout(text: string): void
  stderr(text: string): void
  /** Its bytes, until the next file is read. */
  readFile(path: string): Uint8Array
}

/** The file descriptor of what is piped in. */
const STDIN = 0

const nodeIo: GradeIo = {
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  readFile: (path) => (path === '-' ? readFileSync(STDIN) : readAgain(path)),
}

let room = new Uint8Array(0)

/** Reads a file to where the one before was: memory that was never used costs more than reading. */
function readAgain(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const stat = fstatSync(file)
    // Some file systems give files whose size they do not know as empty.
    if (!stat.isFile() || stat.size === 0 || stat.size > MOST_READ) return readFileSync(file)
    // What is not used costs nothing.
    if (room.length < stat.size) room = new Uint8Array(2 * stat.size)
    let used = 0
    for (let read = -1; read !== 0 && used < stat.size; used += read)
      read = readSync(file, room, used, stat.size - used, null)
    return room.subarray(0, used)
  } finally {
    closeSync(file)
  }
}

/** Bytes that are read at once. */
const MOST_READ = 2 ** 29

export const GRADE_USAGE = `Usage: grade --metric METRIC --truth TRUTH.csv --submission SUBMISSION.csv

Grades local files exactly as an oracle would. A file named - is what is piped in.

  --metric METRIC     its id; --metrics lists all of them
  --metrics           list the metrics by family, or those that have the --metric given in id, title or text; and exit
  --truth FILE        CSV with ids and true values
  --submission FILE   ids and predictions: CSV, JSON Lines, Parquet, or one of the first two packed by gzip or Zstandard.
                      In what is not plain CSV, columns have the truth's names, or those of --id and --prediction
  --params JSON       parameters of the metric, such as {"posLabel":"yes"}
  --type TYPE         of the predictions, as a challenge says it: ${MANIFEST_TYPES.join(', ')}
                      (default: string for classes; 1.0 is 1 as an integer, another class as a string)
  --id COLUMN         id column in both files (default: the first of each)
  --value COLUMN      value column (default: the second of each, or those that the metric reads, by their names); further
                      columns are then ignored. Without it the truth's columns weight and group count as in a challenge
  --prediction COLUMN value column of the submission, where it has another name
  --usage COLUMN      column of the truth that says public or private, with
  --part PART         public or private: score these rows only
  --salt HEX          32 bytes for the content hash (default: zeros)
  --labeler ADDRESS   binds the content hash to a labeler
  --max-bytes N       largest submission in bytes (default: 52428800)
  --spill DIR         grade files that are larger than memory, in parts that are kept in DIR meanwhile
  --memory MIB        with --spill: what reading a part may take (default: 512); value columns come on top, 8 bytes
                      for each number and 1 for each label
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
  type: { type: 'string' },
  usage: { type: 'string' },
  part: { type: 'string' },
  salt: { type: 'string' },
  labeler: { type: 'string' },
  'max-bytes': { type: 'string' },
  spill: { type: 'string' },
  memory: { type: 'string' },
  json: { type: 'boolean' },
  metrics: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
} as const

/**
 * Runs the command with the arguments behind its name; returns the exit code and never throws for bad input. With `--json` whatever happens is one
 * object on stdout, otherwise what is wrong is a sentence on stderr.
 * @param name what people call it
 */
export function runGrade(argv: readonly string[], io: GradeIo = nodeIo, name = 'grade'): number {
  try {
    return runParsed(parse(argv), io)
  } catch (error) {
    if (!(error instanceof UsageError || error instanceof GradeError)) throw error
    const { message } = error
    const wrongUse = error instanceof UsageError
    if (argv.includes('--json')) {
      const told = wrongUse
        ? { code: 'usage', message, retryable: false }
        : { code: error.code, message, problems: error.problems }
      io.stdout(`${JSON.stringify({ error: told })}\n`)
    } else io.stderr(`${message}\n${wrongUse ? `See ${name} --help.\n` : ''}`)
    return 2
  }
}

function runParsed(values: ReturnType<typeof parse>, io: GradeIo): number {
  if (values.help) {
    io.stdout(GRADE_USAGE)
    return 0
  }
  if (values.metrics) {
    io.stdout(metricList(values.metric))
    return 0
  }
  const result = gradeFiles(values, io)
  io.stdout(values.json ? `${jsonOf(result)}\n` : textOf(result))
  return result.status === 'graded' ? 0 : 1
}

function parse(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, strict: true }).values
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException
    const [, unknown = ''] = /'(-[^ '=]*)/.exec(message) ?? []
    if (code === 'ERR_PARSE_ARGS_UNEXPECTED_POSITIONAL')
      throw new UsageError(`${message.split('. ')[0]}: files are named by options.`)
    if (code !== 'ERR_PARSE_ARGS_UNKNOWN_OPTION') throw new UsageError(`${message.split(/\.?(?:\n|$)/)[0]}.`)
    const names = Object.keys(options).map((option) => `--${option}`)
    throw new UsageError(`There is no option ${unknown}.${didYouMean(unknown, names)}`)
  }
}

class UsageError extends Error {}

function gradeFiles(values: ReturnType<typeof parse>, io: GradeIo): GradeResult {
  if (!values.metric) throw new UsageError('--metric is missing. --metrics lists all of them.')
  if (values.part !== undefined && !['all', 'public', 'private'].includes(values.part)) {
    throw new UsageError('--part is all, public or private.')
  }
  if (values.truth === '-' && values.submission === '-') throw new UsageError('Only one file can be piped in.')
  if (values.memory !== undefined && values.spill === undefined) throw new UsageError('--memory is for --spill.')
  const { id, value, prediction, usage, type } = values
  if (type !== undefined && !MANIFEST_TYPES.some((one) => one === type))
    throw new UsageError(`--type is one of ${MANIFEST_TYPES.join(', ')}.`)
  const choice = { id, value, prediction, usage, type }
  const metric = getMetric(values.metric)
  const maxBytes = values['max-bytes'] === undefined ? {} : { maxBytes: wholeNumber('max-bytes', values['max-bytes']) }
  const common = {
    metric: metric.id,
    params: paramsOf(values.params),
    salt: values.salt === undefined ? new Uint8Array(SALT_BYTES) : fromHex(values.salt),
    part: (values.part ?? 'all') as Part,
    ...(values.labeler !== undefined && { labeler: values.labeler }),
    createHash: () => createHash('sha256'),
  }
  if (values.spill !== undefined) {
    const { truth: truthPath, submission: submissionPath } = values
    const [truth, submission] = [begin('truth', truthPath), begin('submission', submissionPath)]
    // The plan of a truth has the size of what it was made from, which is its beginning here.
    const { maxBytes: _, ...truthShape } = truthPlan(metric, truth, choice, submission)
    const shape = { ...submissionPlan(metric, truthShape, submission, choice), ...maxBytes }
    const memoryMib = values.memory === undefined ? SPILL_MEMORY_MIB : wholeNumber('memory', values.memory)
    const files = { truthPath: truthPath!, submissionPath: submissionPath!, truthShape, shape }
    return gradeSpilled({ ...common, ...files }, { folder: values.spill, memoryMib })
  }
  const read = (name: 'truth' | 'submission'): Uint8Array => {
    const path = values[name]
    if (!path) throw new UsageError(`--${name} is missing.`)
    try {
      return io.readFile(path)
    } catch (error) {
      throw new UsageError(`--${name}: ${(error as Error).message}`)
    }
  }
  const { truth, read: early } = readTruth(read, metric, choice)
  const submission = early ?? read('submission')
  const shape = { ...submissionPlan(metric, truth.shape, submission, choice), ...maxBytes }
  return grade({ ...common, truth, submission, shape })
}

const SPILL_MEMORY_MIB = 512
/** Enough for any header. */
const HEADER_BYTES = 8 * 1024 * 1024

/** The beginning of a file, for its header. */
function begin(name: string, path: string | undefined): Uint8Array {
  if (!path || path === '-') throw new UsageError(`--${name} is missing: with --spill it is a file.`)
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    const bytes = new Uint8Array(HEADER_BYTES)
    return bytes.subarray(0, readSync(file, bytes, 0, HEADER_BYTES, 0))
  } catch (error) {
    throw new UsageError(`--${name}: ${(error as Error).message}`)
  } finally {
    if (file !== undefined) closeSync(file)
  }
}

/**
 * A function of its own, so that the file's bytes are given back before the submission is read, but where that says which columns are the
 * values: then it is `read`.
 */
function readTruth(
  read: (name: 'truth' | 'submission') => Uint8Array,
  metric: Metric,
  choice: ColumnChoice,
): { truth: PreparedTruth; read: Uint8Array | undefined } {
  const bytes = read('truth')
  if (!needsSubmission(metric, bytes, choice))
    return { truth: prepareTruth(bytes, truthPlan(metric, bytes, choice)), read: undefined }
  // A copy: the submission is read to where the truth is.
  const kept = bytes.slice()
  const submission = read('submission')
  return { truth: prepareTruth(kept, truthPlan(metric, kept, choice, submission)), read: submission }
}

function paramsOf(text: string | undefined): MetricParams {
  if (text === undefined) return {}
  try {
    return JSON.parse(text) as MetricParams
  } catch {
    throw new UsageError('--params is not JSON.')
  }
}

function wholeNumber(name: string, text: string): number {
  if (!/^\d{1,15}$/.test(text)) throw new UsageError(`--${name} must be a whole number, not "${text}".`)
  return Number(text)
}

/** Units may be beyond 2^53, which a JSON number is not read back from: they are a text, as in every other answer. */
function jsonOf(result: GradeResult): string {
  if (result.status === 'rejected') {
    const { metric, code, reason, message, problems, problemCount } = result
    return JSON.stringify({ metric, rejected: { code, reason, message, problemCount, problems } })
  }
  const { metric, version, score, scoreUnits, rows, contentHash } = result
  return JSON.stringify({ metric, version, score, scoreUnits: scoreUnits.toString(), rows, contentHash })
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
