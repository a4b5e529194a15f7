/** Loaded before the command by the benchmark: prints its CPU seconds and its peak memory in KiB, of the whole process, when it ends. */

import { readFileSync, writeSync } from 'node:fs'

process.on('exit', () => {
  const { user, system } = process.cpuUsage()
  let peak = process.resourceUsage().maxRSS
  try {
    // Linux counts into maxRSS what the parent had before the program was started; this figure is the program's own.
    peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? peak)
  } catch {}
  writeSync(2, `measured ${JSON.stringify({ cpu: (user + system) / 1e6, peak })}\n`)
})
