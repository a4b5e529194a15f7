/** The `grade` command of the built package: prints its CPU seconds and its peak memory in KiB, of the whole process, when it ends. */

import { readFileSync, writeSync } from 'node:fs'
import { enableCompileCache } from 'node:module'

process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  let peak = process.resourceUsage().maxRSS
  try {
    // Linux counts into maxRSS what the parent had before the program was started; this figure is the program's own.
    peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? peak)
  } catch {}
  writeSync(2, `measured ${JSON.stringify({ cpu: (user + system) / 1e6, peak })}\n`)
})

// As the `stellartrain` command does.
enableCompileCache()
const { runGrade } = await import('../dist/cli.js')
process.exitCode = runGrade(process.argv.slice(2))
