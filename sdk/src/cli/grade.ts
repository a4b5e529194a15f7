/** `stellartrain grade`: the engine's own command under our name; loads nothing of Stellar. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { GRADE_USAGE, runGrade } from '@stellartrain/oracle-grade/cli'
import type { Command } from './io.ts'

export const grade: Command = {
  summary: 'grade local files as an oracle would',
  help: GRADE_USAGE.replace('Usage: grade', 'Usage: stellartrain grade'),
  run: async (args, io) =>
    runGrade(args, { stdout: io.stdout, stderr: io.stderr, readFile: (path) => readFileSync(resolve(io.cwd, path)) }),
}
