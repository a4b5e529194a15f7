/**
 * Grades a million rows with shuffled ids, beside pandas + scikit-learn on the same files in the same run, in turns. Each figure is the
 * best of its rounds, on both sides: what else the machine does can only make it worse.
 *
 *     npx node oracle/grade/bench/grade.bench.ts [--json] [--rows N] [--rounds N]
 */

import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { DataSet } from './data.ts'
import { findReference, type Reference } from './reference.ts'

interface Run {
  /** Of the whole process. */
  seconds: number
  score: number
  /** After everything is loaded. */
  inProcess: number
  /** MiB; of the whole process. */
  peak: number
}

const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

function run(command: string, args: string[]): SpawnSyncReturns<string> & { seconds: number } {
  const start = performance.now()
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 20 })
  const seconds = (performance.now() - start) / 1000
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${result.error ?? result.stderr}`)
  return { ...result, seconds }
}

/** Three processes: memory is not measured in the one whose time counts. */
function runOurs({ metric, truth, submission }: DataSet): Run {
  const command = [file('../bin/grade.js'), '--json', '--metric', metric, '--truth', truth, '--submission', submission]
  const whole = run(process.execPath, command)
  const { stderr } = run(process.execPath, ['--import', new URL('peak.js', import.meta.url).href, ...command])
  const inside = run(process.execPath, [file('inprocess.main.ts'), metric, truth, submission])
  return {
    seconds: whole.seconds,
    score: (JSON.parse(whole.stdout) as { score: number }).score,
    inProcess: (JSON.parse(inside.stdout) as { seconds: number }).seconds,
    peak: Number(/peak (\d+)/.exec(stderr)![1]) / 1024,
  }
}

function runReference({ python }: Reference, { metric, truth, submission }: DataSet): Run {
  const { seconds, stdout } = run(python, [file('reference.py'), metric, truth, submission])
  const inside = JSON.parse(stdout) as { score: number; seconds: number; peak: number }
  return { seconds, score: inside.score, inProcess: inside.seconds, peak: inside.peak / 1024 }
}

function report(set: DataSet, ours: Run[], theirs: Run[], name: string | null, json: boolean): void {
  const figures = [
    ['whole process, time', 's', (r: Run) => r.seconds],
    ['in process, time', 's', (r: Run) => r.inProcess],
    ['whole process, peak memory', 'MiB', (r: Run) => r.peak],
  ] as const
  for (const [what, unit, of] of figures) {
    const mine = Number(Math.min(...ours.map(of)).toPrecision(4))
    const reference = theirs.length > 0 ? Number(Math.min(...theirs.map(of)).toPrecision(4)) : null
    const ratio = reference === null ? null : Number((reference / mine).toPrecision(3))
    const line = {
      bench: 'grade',
      what: `${set.name}, ${what}`,
      ours: mine,
      reference,
      referenceName: name,
      unit,
      ratio,
    }
    const text = `${line.what.padEnd(52)} ${mine} ${unit}, ${name ?? 'no reference'} ${reference ?? ''}, ratio ${ratio ?? '-'}`
    process.stdout.write(`${json ? JSON.stringify(line) : text}\n`)
  }
}

const { values } = parseArgs({
  options: {
    json: { type: 'boolean' },
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '5' },
  },
})
const folder = mkdtempSync(join(tmpdir(), 'grade-bench-'))
try {
  const reference = findReference()
  const made = run(process.execPath, [file('data.main.ts'), folder, values.rows])
  for (const set of JSON.parse(made.stdout) as DataSet[]) {
    // One round unmeasured: files in the page cache, compiled modules on disk.
    runOurs(set)
    if (reference) runReference(reference, set)
    const ours: Run[] = []
    const theirs: Run[] = []
    for (let round = 0; round < Number(values.rounds); round++) {
      ours.push(runOurs(set))
      if (reference) theirs.push(runReference(reference, set))
    }
    if (theirs[0] && Math.abs(theirs[0].score - ours[0]!.score) > 1e-9)
      throw new Error(`${set.name}: the scores differ.`)
    report(set, ours, theirs, reference?.name ?? null, values.json ?? false)
  }
} finally {
  rmSync(folder, { recursive: true })
}
