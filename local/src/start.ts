/** `npm start`: the whole system on this machine, until Ctrl-C. */
import pc from 'picocolors'
import { readFlags } from './arguments.ts'
import { seed } from './seed/seed.ts'
import { deployJudging } from './system/judging.ts'
import { readStartOptions } from './system/options.ts'
import { StartProblem } from './system/problem.ts'
import { terminalProgress } from './system/progress.ts'
import { type System, startSystem } from './system/system.ts'

const USAGE = `npm start [-- --judging]

Runs the whole system until Ctrl-C. Settings are environment variables: docs/configuration.md.
  --judging   with a jury and a gate, contracts that a challenge may name as its judge and its gate`

const flags = readFlags(USAGE, ['judging'])

const progress = terminalProgress(process.stdout)
const interrupted = new AbortController()
let system: System | undefined

/** Ctrl-C during the start waits for the start's own clean-up; a second one leaves at once, and the services see to themselves. */
function stop(): void {
  if (interrupted.signal.aborted) process.exit(1)
  process.stdout.write('\nStopping …\n')
  interrupted.abort()
  system?.stop().then(() => process.exit(0))
}

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, stop)

// npm's shell hands no signal on: who ends `npm start` by its process id ends the shell, and the system with it.
if (process.env.npm_lifecycle_event === 'start') {
  const shell = process.ppid
  const watch = setInterval(() => {
    if (process.ppid === shell) return
    clearInterval(watch)
    stop()
  }, 500)
  watch.unref()
}

try {
  console.log(pc.bold('StellarTrain'), pc.dim('on this machine, with a network of its own'))
  const options = readStartOptions(process.env, process.env.INIT_CWD ?? process.cwd())
  system = await startSystem(options, progress, interrupted.signal)
  await seed(system, progress)
  const started = system
  const judging = flags.has('judging')
    ? await progress.step('a jury and a gate', () => deployJudging(started))
    : undefined
  const rows: [string, string, string][] = [
    ['Pages', system.urls.dapp, 'open this one'],
    ['API', `${system.urls.api}/docs`, 'read-only, no key'],
    ['Oracle', `${system.urls.oracle}/status`, 'its queue: /v1/queue'],
    ['IPFS', system.urls.ipfs, '/ipfs/{cid}'],
    ['Network', system.urls.rpc, 'Stellar RPC; friendbot beside it'],
    ...(judging
      ? ([
          ['Jury', judging.jury, 'two of Ada, Grace and Demo solver rule'],
          ['Gate', judging.gate, 'Demo maker invites; a paid submission admits too'],
        ] satisfies [string, string, string][])
      : []),
  ]
  const width = Math.max(...rows.map(([, url]) => url.length))
  console.log()
  for (const [name, url, note] of rows) console.log(`  ${name.padEnd(9)}${pc.cyan(url.padEnd(width))}  ${pc.dim(note)}`)
  console.log(pc.dim(`\n  State and logs: ${system.home.path}`))
  console.log(pc.dim('  The loop, live: npm run demo (in another terminal). Stop: Ctrl-C.\n'))
} catch (error) {
  await system?.stop()
  if (interrupted.signal.aborted) process.exit(0)
  if (error instanceof StartProblem) console.error(`\n${pc.red(error.message)}`)
  else console.error(error)
  process.exit(1)
}
