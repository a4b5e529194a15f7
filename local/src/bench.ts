/** `npm run bench [-- NAME] [--json]`: runs the benchmarks, each beside its reference in the same run, one JSON line a figure. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import pc from 'picocolors'
import type { Figure } from './figure.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

/** Each benchmark stands beside what it measures. */
const BENCHES: Record<string, string> = {
  start: 'local/bench/start.bench.ts',
  loop: 'local/bench/loop.bench.ts',
  index: 'indexer/service/bench/index.bench.ts',
  api: 'indexer/service/bench/api.bench.ts',
  grade: 'oracle/grade/bench/grade.bench.ts',
  large: 'oracle/grade/bench/large.bench.ts',
  consensus: 'oracle/grade/bench/consensus.bench.ts',
  ipfs: 'ipfs/node/bench/ipfs.bench.ts',
  costs: 'local/bench/costs.bench.ts',
  labels: 'local/bench/labels.bench.ts',
  recount: 'local/bench/recount.bench.ts',
  devnet: 'devnet/bench/devnet.bench.ts',
}

const USAGE = `npm run bench [-- NAME ...] [--json]

Runs all benchmarks, or those named: ${Object.keys(BENCHES).join(', ')}.
  --json   print each figure as one JSON object`

if (process.argv.slice(2).some((arg) => arg === '--help' || arg === '-h')) {
  console.log(USAGE)
  process.exit(0)
}
const strange = process.argv.slice(2).find((arg) => arg.startsWith('-') && arg !== '--json')
if (strange !== undefined) {
  console.error(`${strange} is not an argument of this command.\n${USAGE}`)
  process.exit(2)
}
const json = process.argv.includes('--json')
const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('-'))
const unknown = wanted.filter((name) => !(name in BENCHES))
if (unknown.length > 0) {
  console.error(`No benchmark ${unknown.join(', ')}. There are: ${Object.keys(BENCHES).join(', ')}.`)
  process.exit(2)
}

function run(name: string): Promise<boolean> {
  return new Promise((done) => {
    const file = BENCHES[name] ?? ''
    if (!existsSync(`${ROOT}/${file}`)) {
      console.error(`${file} is missing`)
      return done(false)
    }
    const child = spawn(process.execPath, [file, '--json'], { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'] })
    createInterface({ input: child.stdout }).on('line', (line) => {
      if (!line.startsWith('{')) return
      if (json) return console.log(line)
      show(JSON.parse(line) as Figure)
    })
    child.on('close', (code) => done(code === 0))
  })
}

function show(figure: Figure): void {
  const number = (value: number | null) =>
    value === null ? '–' : value.toLocaleString('en', { maximumSignificantDigits: 4 })
  const ratio = figure.ratio === null ? '' : pc.bold(`${number(figure.ratio)}×`)
  const reference =
    figure.reference === null ? '' : pc.dim(`${figure.referenceName} ${number(figure.reference)} ${figure.unit}`)
  console.log(
    `${figure.bench.padEnd(8)}${figure.what.padEnd(58)}${`${number(figure.ours)} ${figure.unit}`.padEnd(24)}${ratio.padEnd(12)} ${reference}`,
  )
}

let ok = true
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHES)) ok = (await run(name)) && ok
process.exitCode = ok ? 0 : 1
