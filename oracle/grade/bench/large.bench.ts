/**
 * Grades files that are larger than memory in parts on disk: CPU seconds and peak memory, up to ten million rows beside the same in memory,
 * whose score and hash must be the same. Of 100 million rows (3 GB of files, as much again for the parts):
 *
 *     npx node oracle/grade/bench/large.bench.ts --rows 100000000 [--json] [--memory MIB] [--folder DIR]
 */

import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { file, printFigure, run, runGradeCommand } from './run.ts'

/** What a file may have that is graded in memory. */
const IN_MEMORY = 10_000_000

const { values } = parseArgs({
  options: {
    json: { type: 'boolean', default: false },
    rows: { type: 'string', default: '5000000' },
    memory: { type: 'string', default: '256' },
    folder: { type: 'string', default: tmpdir() },
  },
})
const rows = Number(values.rows)
const folder = mkdtempSync(join(values.folder, 'large-bench-'))
try {
  run(process.execPath, [file('large.main.ts'), folder, values.rows])
  const files = ['--truth', join(folder, 'truth.csv'), '--submission', join(folder, 'submission.csv')]
  const args = ['--metric', 'f1_macro', '--max-bytes', '999999999999', ...files]
  const inParts = runGradeCommand([...args, '--spill', folder, '--memory', values.memory])
  const inMemory = rows <= IN_MEMORY ? runGradeCommand(args) : undefined
  if (inMemory && (inMemory.score !== inParts.score || inMemory.contentHash !== inParts.contentHash))
    throw new Error('In parts, score or hash are others.')
  for (const [of, what, unit] of [
    ['cpu', 'CPU', 's'],
    ['peak', 'peak memory', 'MiB'],
  ] as const) {
    const line = {
      bench: 'large',
      what: `${rows.toLocaleString('en')} rows in parts of ${values.memory} MiB, ${what}`,
      unit,
    }
    printFigure(line, inParts[of], inMemory && { name: 'in memory', value: inMemory[of] }, values.json)
  }
} finally {
  rmSync(folder, { recursive: true })
}
