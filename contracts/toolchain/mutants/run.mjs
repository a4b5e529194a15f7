/**
 * Runs the tests of one build once for each mutant in it, a few at a time and stopping at the first failure. Usage:
 * run.mjs TESTS TABLE RESULTS FOLDER [JOBS]
 *
 * `TESTS` is the test binary, `TABLE` what mutants-in-one printed, `RESULTS` gets a line for each mutant: number, result, file, name,
 * the test that noticed it, seconds. What is in it already is not run again, so an interrupted run goes on. Exit code 1 if any survives.
 */
import { spawn } from 'node:child_process'
import { appendFileSync, existsSync, readFileSync } from 'node:fs'

const [tests, table, results, cwd, jobs = '2'] = process.argv.slice(2)
/** Costs and random arguments explain nothing. */
const SKIP = /^test::(limits|fuzz)::/
const FIRST = 4
const MOST = 40

const lines = (path) => (existsSync(path) ? readFileSync(path, 'utf8').split('\n').filter(Boolean) : [])

/** Runs these tests with a mutant chosen (0: none). */
function run(mutant, names, withinMs) {
  return new Promise((resolve) => {
    const began = Date.now()
    const child = spawn(tests, ['--exact', '--test-threads', '1', ...names], {
      cwd,
      env: { ...process.env, MUTANT: String(mutant) },
      stdio: ['ignore', 'pipe', 'ignore'],
    })
    let said = ''
    child.stdout.on('data', (chunk) => {
      said += chunk
    })
    const timer = setTimeout(() => child.kill('SIGKILL'), withinMs)
    child.on('close', (code) => {
      clearTimeout(timer)
      const ms = Date.now() - began
      const failed = [...said.matchAll(/^test (\S+) \.\.\. FAILED/gm)].map(([, name]) => name)
      resolve({ ms, ok: code === 0, late: ms >= withinMs, failed, said })
    })
  })
}

const { said } = await new Promise((resolve) => {
  const child = spawn(tests, ['--list'], { cwd, stdio: ['ignore', 'pipe', 'ignore'] })
  let text = ''
  child.stdout.on('data', (chunk) => {
    text += chunk
  })
  child.on('close', () => resolve({ said: text }))
})
const names = [...said.matchAll(/^(\S+): test$/gm)].map(([, name]) => name).filter((name) => !SKIP.test(name))

/** Milliseconds of each test without a mutant. */
const cost = new Map()
for (const name of names) {
  const { ms, ok } = await run(0, [name], 600_000)
  if (!ok) throw new Error(`${name} fails without a mutant`)
  cost.set(name, ms)
}
console.log(`${names.length} tests take ${Math.round([...cost.values()].reduce((a, b) => a + b, 0) / 1000)} s`)

const done = new Set(lines(results).map((line) => line.split('\t')[0]))
const rows = lines(table)
  .map((line) => line.split('\t'))
  .filter(([number]) => !done.has(number))
/** How many mutants of a file each test noticed: those come first, cheap ones next. */
const noticed = new Map()

async function judge([number, state, file, name]) {
  const began = Date.now()
  const write = (result, by = '') => {
    const seconds = ((Date.now() - began) / 1000).toFixed(1)
    appendFileSync(results, `${[number, result, file, name, by, seconds].join('\t')}\n`)
    if (result === 'missed') console.log(`missed: ${name}`)
  }
  if (state !== 'in') return write(state)
  const mine = noticed.get(file) ?? new Map()
  noticed.set(file, mine)
  const worth = (test) => (mine.get(test) ?? 0) / (cost.get(test) + 50)
  const order = names.toSorted((a, b) => worth(b) - worth(a) || cost.get(a) - cost.get(b))
  for (let at = 0, size = FIRST; at < order.length; at += size, size = Math.min(MOST, size * 2)) {
    const group = order.slice(at, at + size)
    const { ok, late, failed } = await run(
      number,
      group,
      20_000 + 10 * group.reduce((sum, one) => sum + cost.get(one), 0),
    )
    if (ok) continue
    for (const test of failed) mine.set(test, (mine.get(test) ?? 0) + 1)
    return write(late ? 'timeout' : 'caught', failed[0])
  }
  write('missed')
}

await Promise.all(
  Array.from({ length: Number(jobs) }, async () => {
    for (let row = rows.shift(); row; row = rows.shift()) await judge(row)
  }),
)

const count = new Map()
for (const line of lines(results)) {
  const [, result, file] = line.split('\t')
  const of = count.get(file) ?? { caught: 0, missed: 0, timeout: 0, unviable: 0, lost: 0 }
  of[result] += 1
  count.set(file, of)
}
console.table(Object.fromEntries(count))
process.exitCode = [...count.values()].some(({ missed }) => missed > 0) ? 1 : 0
