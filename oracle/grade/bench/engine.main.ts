/** What the engine does in a process that has loaded it: `engine.main.ts decimal|text ROWS` prints CPU seconds, the best of three rounds. */

import { createHash } from 'node:crypto'
import { gradeTask, precheck, prepareTruth, taskOf, trial } from '../src/index.ts'

export interface EngineTimes {
  /** A loop over a file's bytes that counts commas and line ends. */
  scan: number
  /** The check of a file without its truth. */
  check: number
  grade: number
  trial: number
  /** Public and private rows. */
  ranked: number
  rankedTrial: number
  /** A thousand gradings of 10,000 rows. */
  thousand: number
}

const LABELS = ['cat', 'dog', 'horse', 'rabbit', 'bird']
const salt = new Uint8Array(32)
const [ids, rows] = process.argv.slice(2)

function cpu(work: () => void, rounds = 3): number {
  let least = Number.POSITIVE_INFINITY
  for (let round = 0; round < rounds; round++) {
    const start = process.cpuUsage()
    work()
    const { user, system } = process.cpuUsage(start)
    least = Math.min(least, (user + system) / 1e6)
  }
  return least
}

function challenge(count: number) {
  const task = taskOf({
    submission: {
      idColumn: 'id',
      columns: [{ name: 'label', type: 'string' }],
      rows: count,
      maxBytes: 50 * 1024 * 1024,
    },
    metric: { id: 'f1_macro', params: {}, version: 1 },
  })
  const id = (i: number) => (ids === 'text' ? `row-${(i * 2654435761) % 4294967296}` : String(i))
  const bytes = (header: string, line: (i: number) => string) =>
    new TextEncoder().encode(`${[header, ...Array.from({ length: count }, (_, i) => line(i))].join('\n')}\n`)
  const label = (i: number) => LABELS[((i * 31) % 7) % 5]!
  const truthOf = (truth: Uint8Array) => prepareTruth(truth, task.truthShape(truth))
  return {
    task,
    plain: truthOf(bytes('id,label', (i) => `${id(i)},${label(i)}`)),
    usage: truthOf(bytes('id,label,usage', (i) => `${id(i)},${label(i)},${i % 3 ? 'private' : 'public'}`)),
    // A prime, so that every id comes once.
    submission: bytes('id,label', (i) => `${id((i * 15485863) % count)},${label(i)}`),
  }
}

function count(bytes: Uint8Array): number {
  let found = 0
  for (let i = 0; i < bytes.length; i++) if (bytes[i] === 44 || bytes[i] === 10) found++
  return found
}

const { task, plain, usage, submission } = challenge(Number(rows))
const small = challenge(10_000)
const common = { task, submission, salt, createHash: () => createHash('sha256') }
const grades = (truth: typeof plain, ranked: boolean) => () => {
  if (gradeTask({ ...common, truth, ranked }).status !== 'graded') throw new Error('The file is rejected.')
}
const times: EngineTimes = {
  scan: cpu(() => void count(submission)),
  check: cpu(() => void precheck(submission, task.shape)),
  grade: cpu(grades(plain, false)),
  trial: cpu(() => void trial(task, plain, salt)),
  ranked: cpu(grades(usage, true)),
  rankedTrial: cpu(() => void trial(task, usage, salt, true)),
  thousand: cpu(() => {
    const { task, plain: truth, submission } = small
    for (let i = 0; i < 1000; i++) gradeTask({ ...common, task, truth, submission, ranked: false })
  }, 1),
}
process.stdout.write(JSON.stringify(times))
