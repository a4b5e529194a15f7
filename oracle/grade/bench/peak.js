/** Loaded before the command by the benchmark: prints the process's peak memory in KiB when it ends. */

import { readFileSync, writeSync } from 'node:fs'

process.on('exit', () => {
  let peak = process.resourceUsage().maxRSS
  try {
    // Linux counts into maxRSS what the parent had before the program was started; this figure is the program's own.
    peak = Number(/VmHWM:\s+(\d+)/.exec(readFileSync('/proc/self/status', 'utf8'))?.[1] ?? peak)
  } catch {}
  writeSync(2, `peak ${peak}\n`)
})
