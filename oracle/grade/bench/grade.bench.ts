/**
 * Grades a million rows with shuffled ids, decimal and text ones, beside pandas + scikit-learn, polars and DuckDB on the same files in the
 * same run, in turns: CPU seconds and peak memory of the whole process. Then what the engine does beside grading, in one process.
 *
 *     npx node oracle/grade/bench/grade.bench.ts [--json] [--rows N] [--rounds N]
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { DataSet } from './data.ts'
import type { EngineTimes } from './engine.main.ts'
import { findReference } from './reference.ts'
import { best, file, printFigure, type Run, run, runGradeCommand } from './run.ts'

const PROGRAMS = [
  { script: 'reference.py', packages: ['pandas', 'scikit-learn'] },
  { script: 'reference_polars.py', packages: ['polars'] },
  { script: 'reference_duckdb.py', packages: ['duckdb'] },
]

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rows: { type: 'string', default: '1000000' },
    rounds: { type: 'string', default: '3' },
  },
})
const { json } = values

const runOurs = ({ metric, truth, submission }: DataSet): Run =>
  runGradeCommand(['--metric', metric, '--truth', truth, '--submission', submission])

function runReference(python: string, script: string, { metric, truth, submission }: DataSet): Run {
  const told = JSON.parse(run(python, [file(script), metric, truth, submission]).stdout) as Run
  return { ...told, peak: told.peak / 1024 }
}

function compare(set: DataSet): void {
  const references = PROGRAMS.flatMap(({ script, packages }) => {
    const found = findReference('bench-requirements.txt', packages)
    return found ? [{ ...found, script, runs: [] as Run[] }] : []
  })
  const ours: Run[] = []
  // The first round is not measured: files in the page cache, compiled modules on disk.
  for (let round = 0; round <= Number(values.rounds); round++) {
    if (round === 1) for (const runs of [ours, ...references.map((one) => one.runs)]) runs.length = 0
    ours.push(runOurs(set))
    for (const { python, script, runs } of references) runs.push(runReference(python, script, set))
  }
  for (const { name, runs } of references)
    if (Math.abs(runs[0]!.score - ours[0]!.score) > 1e-9) throw new Error(`${set.name}: ${name} has another score.`)
  for (const [of, what, unit] of [
    ['cpu', 'CPU', 's'],
    ['peak', 'peak memory', 'MiB'],
  ] as const) {
    const line = { bench: 'grade', what: `${set.name}, ${what}`, unit }
    if (references.length === 0) printFigure(line, best(ours, of), undefined, json)
    for (const { name, runs } of references) printFigure(line, best(ours, of), { name, value: best(runs, of) }, json)
  }
}

const folder = mkdtempSync(join(tmpdir(), 'grade-bench-'))
try {
  const sets = JSON.parse(run(process.execPath, [file('data.main.ts'), folder, values.rows]).stdout) as DataSet[]
  for (const set of sets) compare(set)
  for (const ids of ['decimal', 'text']) {
    const times = JSON.parse(run(process.execPath, [file('engine.main.ts'), ids, values.rows]).stdout) as EngineTimes
    const line = (what: string) => ({ bench: 'grade', what: `${ids} ids, ${what}`, unit: 's' })
    printFigure(line('validation'), times.check, { name: 'a scan for commas and line ends', value: times.scan }, json)
    printFigure(line('trial of a challenge'), times.trial, { name: 'a grade', value: times.grade }, json)
    printFigure(line('trial of a ranking'), times.rankedTrial, { name: 'its grade', value: times.ranked }, json)
    printFigure(line('1,000 files of 10,000 rows'), times.thousand, undefined, json)
  }
} finally {
  rmSync(folder, { recursive: true })
}
