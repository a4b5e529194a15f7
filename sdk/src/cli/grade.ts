/** `stellartrain grade`: the engine's own command under our name, which loads nothing of Stellar, or by the terms of a challenge. */

import { runGrade } from '@stellartrain/oracle-grade/cli'
import type { Command } from './io.ts'
import { readInput } from './read-write.ts'

export const grade: Command = {
  async run(args, io) {
    if (args.some((arg) => /^--(challenge|plan|manifest)(=|$)/.test(arg)))
      return (await import('./grade-challenge.ts')).gradeChallenge(args, io)
    const files = { stdout: io.stdout, stderr: io.stderr, readFile: (path: string) => readInput(path, io) }
    return runGrade(args, files, 'stellartrain grade')
  },
}
