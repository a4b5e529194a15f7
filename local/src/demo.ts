/** `npm run demo [-- --quorum | --labels [--earnings] | --recount | --many] [--json]`: create → submit → grade → paid → verified, live. Exit code 0 only if it was paid and verified. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { StellarTrain } from '@stellartrain/sdk'
import { createClient } from '@stellartrain/sdk/client'
import pc from 'picocolors'
import { readFlags } from './arguments.ts'
import { type Connected, connectOrStart } from './demo/connect.ts'
import { walkLoop } from './demo/loop.ts'
import { terminalTeller } from './demo/teller.ts'
import { walkEarnings } from './labels-demo/earnings.ts'
import { broken } from './labels-demo/measure.ts'
import { walkLabels } from './labels-demo/walk.ts'
import { holds, walkMany } from './many/walk.ts'
import { walkQuorum } from './quorum/story.ts'
import { conductTable } from './quorum/table.ts'
import { walkRecount } from './recount/story.ts'
import { waitForOracle } from './system/oracle-ready.ts'
import { StartProblem } from './system/problem.ts'
import { terminalProgress } from './system/progress.ts'

const USAGE = `npm run demo [-- --quorum | --labels [--earnings] | --recount | --many] [--json]

Walks the whole loop on the running system, or on one of its own: create, submit, grade, pay, verify.
  --quorum   with three oracles, of which one lies and one is killed
  --labels   thirty labelers, careful and otherwise, label 300 pictures and are paid by the batch
  --earnings with --labels: a thousand labelers without an account, paid by earnings; DEMO_LABELERS=60 for fewer
  --recount  with three oracles, of which two fall silent: the ledger computes the scores and pays
  --many     twenty-six small challenges of different kinds, evaluators (WebAssembly, Python) and models (WebAssembly, ONNX) among them
  --json     print the result as one JSON object, everything else on stderr

STELLARTRAIN_URL=http://localhost:3000 walks it on the system whose pages are there, such as one in containers.`

const flags = readFlags(USAGE, ['json', 'quorum', 'labels', 'earnings', 'recount', 'many'])
const json = flags.has('json')
const out = json ? process.stderr : process.stdout
const say = (line: string) => out.write(`${line}\n`)

const teller = terminalTeller(out, process.stderr)

let connected: Connected | undefined
for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => void Promise.resolve(connected?.stop()).finally(() => process.exit(1)))
}

try {
  connected = await connectOrStart(process.env, process.env.INIT_CWD ?? process.cwd(), terminalProgress(out))
  const system = createClient(connected.config)
  const oracle = await waitForOracle(connected.config.oracleUrls?.[0] ?? '')
  const { result, ok } = await walkOf(flags)(system, oracle)
  const page = `${connected.dappUrl}/challenges/${result.challengeId}`
  say(
    `\n${connected.own ? pc.dim('(This system ends with the demo; npm start keeps one.)') : `See it: ${pc.cyan(page)}`}`,
  )
  if (json) console.log(JSON.stringify(result))
  process.exitCode = ok ? 0 : 1
} catch (error) {
  say(`\n${pc.red(error instanceof Error ? error.message : String(error))}`)
  if (!(error instanceof StartProblem) && error instanceof Error && error.stack) say(pc.dim(error.stack))
  process.exitCode = 1
} finally {
  await connected?.stop()
}

function walkOf(given: ReadonlySet<string>) {
  if (given.has('labels')) return labels
  if (given.has('recount')) return recount
  if (given.has('many')) return many
  return given.has('quorum') ? quorum : loop
}

async function labels(system: StellarTrain, oracle: string) {
  const walk = flags.has('earnings') ? walkEarnings : walkLabels
  const count = process.env.DEMO_LABELERS === undefined ? {} : { labelers: Number(process.env.DEMO_LABELERS) }
  const result = await walk(system, oracle, teller, { ...count, warp: connected?.warp })
  const failed = broken(result, { few: flags.has('earnings') })
  for (const what of failed) say(`  ${pc.red('✗')} ${what}`)
  return { result, ok: failed.length === 0 }
}

async function many(system: StellarTrain, oracle: string) {
  const result = await walkMany(system, oracle, teller)
  const failed = result.challenges.filter((one) => !holds(one))
  say(`\n  ${result.challenges.length - failed.length} of ${result.challenges.length} were graded, paid and verified.`)
  return { result, ok: failed.length === 0 }
}

async function loop(system: StellarTrain, oracle: string) {
  const result = await walkLoop(system, oracle, teller)
  return { result, ok: result.verified && result.tamperedRejected && Number(result.paid) > 0 }
}

async function recount(system: StellarTrain, oracle: string) {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-oracles-'))
  const result = await walkRecount(system, oracle, { folder, tell: teller, warp: connected?.warp })
  rmSync(folder, { recursive: true, force: true }) // what failed keeps its logs
  const { paid, submissionId, asset, refused, verified, tamperedRejected } = result
  say(`\n  Submission ${submissionId} has ${paid[submissionId]} ${asset}, and no oracle’s word was needed.`)
  const others = Object.entries(paid).filter(([number]) => Number(number) !== submissionId)
  const right = Number(paid[submissionId]) > 0 && others.every(([, amount]) => Number(amount) === 0)
  const all = [refused.forgedTruth === 'TruthMismatch', refused.changedPrediction === 'WorkMismatch']
  const refusedAll = [...all, refused.copiedCommitment === 'WorkMismatch'].every(Boolean)
  return { result, ok: right && verified && tamperedRejected && refusedAll }
}

async function quorum(system: StellarTrain, oracle: string) {
  const folder = mkdtempSync(join(tmpdir(), 'stellartrain-oracles-'))
  const result = await walkQuorum(system, oracle, folder, teller)
  rmSync(folder, { recursive: true, force: true }) // what failed keeps its logs
  say('')
  for (const line of conductTable(result.oracles)) say(`  ${line}`)
  const { paid, asset, accomplicePaid, secondsToPayment } = result
  say(
    `\n  The solver has ${paid} ${asset}, ${secondsToPayment} s after submitting; the liar’s wallet ${accomplicePaid}.`,
  )
  return { result, ok: result.verified && Number(paid) > 0 && Number(accomplicePaid) === 0 }
}
