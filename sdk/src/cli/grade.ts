/** `stellartrain grade`: the engine's own command under our name; loads nothing of Stellar. */

import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { GRADE_USAGE, runGrade } from '@stellartrain/oracle-grade/cli'
import { type Command, printJson } from './io.ts'

export const grade: Command = {
  help: GRADE_USAGE.replace('Usage: grade', 'Usage: stellartrain grade'),
  async run(args, io) {
    let printed = false
    const said: string[] = []
    const code = runGrade(args, {
      stdout(text) {
        printed = true
        io.stdout(text)
      },
      stderr(text) {
        said.push(text)
        io.stderr(text)
      },
      readFile: (path) => readFileSync(resolve(io.cwd, path)),
    })
    if (args.includes('--json') && !printed) {
      const [message = ''] = said.join('').split('\n')
      printJson(io, { error: { code: 'usage', message, retryable: false } })
    }
    return code
  },
}
