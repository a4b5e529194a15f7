/** Runs the `grade` command by itself. */

import { runGrade } from './cli.ts'

process.exitCode = runGrade(process.argv.slice(2))
