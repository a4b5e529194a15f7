/** `npm run demo [-- --json]`: create → submit → grade → paid → verified, live. Exit code 0 only if it was paid and verified. */
import { createClient } from '@stellartrain/sdk/client'
import pc from 'picocolors'
import { readFlags } from './arguments.ts'
import { type Connected, connectOrStart } from './demo/connect.ts'
import { type Teller, walkLoop } from './demo/loop.ts'
import { waitForOracle } from './system/oracle-ready.ts'
import { StartProblem } from './system/problem.ts'
import { terminalProgress } from './system/progress.ts'

const USAGE = `npm run demo [-- --json]

Walks the whole loop on the running system, or on one of its own: create, submit, grade, pay, verify.
  --json   print the result as one JSON object, progress on stderr`

const json = readFlags(USAGE, ['json']).has('json')
const out = json ? process.stderr : process.stdout
const say = (line: string) => out.write(`${line}\n`)

const teller: Teller = {
  chapter: (title) => say(`\n${pc.bold(title)}`),
  fact: (label, value) => say(`  ${pc.dim(label.padEnd(12))}${value}`),
  check: (ok, title, compared) => say(`  ${ok ? pc.green('✓') : pc.red('✗')} ${title} ${pc.dim(compared)}`),
}

let connected: Connected | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void Promise.resolve(connected?.stop()).finally(() => process.exit(1)))
}

try {
  connected = await connectOrStart(process.env, process.env.INIT_CWD ?? process.cwd(), terminalProgress(out))
  const system = createClient(connected.config)
  const result = await walkLoop(system, await waitForOracle(connected.config.oracleUrls?.[0] ?? ''), teller)
  const page = `${connected.dappUrl}/challenges/${result.challengeId}`
  say(
    `\n${connected.own ? pc.dim('(This system ends with the demo; npm start keeps one.)') : `See it: ${pc.cyan(page)}`}`,
  )
  if (json) console.log(JSON.stringify(result))
  process.exitCode = result.verified && result.tamperedRejected && Number(result.paid) > 0 ? 0 : 1
} catch (error) {
  say(`\n${pc.red(error instanceof Error ? error.message : String(error))}`)
  if (!(error instanceof StartProblem) && error instanceof Error && error.stack) say(pc.dim(error.stack))
  process.exitCode = 1
} finally {
  await connected?.stop()
}
