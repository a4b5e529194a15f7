/** The programs of examples/ and of the packages' READMEs, run as a reader would run them, against one running system. */
import { execFile, spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { createClient } from '@stellartrain/sdk/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { waitForAcceptance } from '../challenges/acceptance.ts'
import { published } from '../packages/workspaces.ts'
import { silent } from '../system/progress.ts'
import { type System, startSystem } from '../system/system.ts'

const root = new URL('../../..', import.meta.url).pathname
const home = mkdtempSync(join(tmpdir(), 'stellartrain-examples-'))
const python = spawnSync('python3', ['--version']).status === 0
let system: System

beforeAll(async () => {
  const ports = { dapp: 0, api: 0, oracle: 0, ipfs: 0, rpc: 0, postgres: 0 }
  system = await startSystem({ home, host: '127.0.0.1', ports, interval: 0.5 }, silent)
})
afterAll(async () => {
  await system?.stop()
  rmSync(home, { recursive: true, force: true })
})

/** Runs one example by its file's name; what it prints. */
async function run(file: string, ...args: string[]): Promise<string> {
  const program = { ts: process.execPath, py: 'python3', sh: 'sh' }[file.split('.')[1]!]!
  const env = { ...process.env, STELLARTRAIN_HOME: home, STELLARTRAIN_AS: 'Demo solver' }
  const { stdout } = await promisify(execFile)(program, [`examples/${file}`, ...args], { cwd: root, env })
  return stdout
}

test('a bounty is created; a submission is graded; the CLI in a loop wins; the payment is verified', async () => {
  expect(await run('create-bounty.ts')).toContain('challenge 1, transaction ')
  await waitForAcceptance(createClient(system.config), 1)

  const submitted = await run('submit.ts', '1', 'local/data/penguins/baseline.csv')
  expect(submitted).toContain('1/1: Nothing won: 0.6138 is below the threshold 0.8.')

  // Its truth is opened after the end: neither verified nor refuted yet, and no program may take that for verified.
  await expect(run('verify.ts', '1', '1')).rejects.toMatchObject({ code: 4 })

  let winner = 2
  if (python) {
    const won = await run('cli_loop.py', '1')
    expect(won).toContain('won 10.0 XLM')
    winner = Number(/1\/(\d+): [^\n]*\nwon/.exec(won)?.[1])
    expect(await run('read_api.py')).toContain('paid 10.0 XLM')
  } else {
    expect(await run('submit.ts', '1', 'local/data/penguins/truth.csv')).toContain('1/2: scored, earned 100000000')
  }
  await expect.poll(() => run('read-api.ts'), { interval: 500 }).toMatch(/paid 100000000/)

  const verified = () => run('verify.ts', '1', String(winner))
  await expect.poll(verified, { interval: 1_000 }).toContain('is verified. 10 XLM reached')
})

test.each(['bounty', 'ranked', 'labels', 'evaluator', 'evaluator-python'])(
  'the plan %s could be funded as it is',
  async (plan) => {
    const { address } = (await (await fetch(`${system.urls.oracle}/status`)).json()) as { address: string }
    const args = ['create', `examples/plans/${plan}.json`, '--oracle', address, '--as', 'Demo maker', '--check']
    const env = { ...process.env, STELLARTRAIN_HOME: home }
    const cli = [`${root}sdk/bin/stellartrain.js`, ...args]
    const { stdout } = await promisify(execFile)(process.execPath, cli, { cwd: root, env, timeout: 240_000 })
    expect(stdout).toContain('locked now')
    expect(stdout).not.toContain('The baseline already reaches the threshold')
    expect(stdout).not.toMatch(/read the truth and win|less than the reward|probes nothing/)
  },
)

test('a batch of labels is fetched, labeled and paid', async () => {
  const { address } = (await (await fetch(`${system.urls.oracle}/status`)).json()) as { address: string }
  const args = ['create', 'examples/plans/labels.json', '--oracle', address, '--as', 'Demo maker', '--yes', '--json']
  const env = { ...process.env, STELLARTRAIN_HOME: home }
  const cli = [`${root}sdk/bin/stellartrain.js`, ...args]
  const { stdout } = await promisify(execFile)(process.execPath, cli, { cwd: root, env, timeout: 240_000 })
  const { challenge } = JSON.parse(stdout) as { challenge: number }
  await waitForAcceptance(createClient(system.config), challenge)
  expect(await run('label.ts', String(challenge))).toMatch(/^10 items: [\s\S]*\d+\/1: .*\b5 XLM/)
})

/** What a README's program prints: of one that serves its first line, after which it is ended. */
const PRINTS: Readonly<Record<string, RegExp>> = {
  'contracts/client': /^G\w{55} 2\d{3}-/,
  devnet: /^SUCCESS$/,
  'ipfs/content': /^bafkrei\w+\nid,label$/m,
  'oracle/grade': /^0\.5 [0-9a-f]{64}$/,
  // Of the open challenges, where a test before has left one open.
  'indexer/api': /^(\d+ \S|$)/,
  service: /"event":"listening"/,
  sdk: /submission 1 of challenge 1/i,
  'indexer/service': /^http:\/\/127\.0\.0\.1:\d+$/,
  'ipfs/node': /^http:\/\/127\.0\.0\.1:\d+$/,
}
// The oracle's needs an account and a key of its own.
const RUN = published.filter(({ folder }) => folder !== 'oracle/service')

test.each(RUN)("the first program of $folder's README runs as it is pasted", async ({ folder }) => {
  const readme = readFileSync(join(root, folder, 'README.md'), 'utf8')
  const pasted = /^```ts\n([\s\S]*?)^```$/m.exec(readme)?.[1] ?? ''
  const { dapp, api, rpc } = system.urls
  const program = pasted
    .replaceAll('http://localhost:3000', dapp)
    .replaceAll('http://localhost:4000', api)
    .replaceAll('http://127.0.0.1:8000/rpc', rpc)
    .replace(/port: \d+/, 'port: 0')
    .replace("'./ipfs'", JSON.stringify(join(home, 'pasted')))
  const args = ['--conditions=stellartrain-source', '--input-type=module-typescript', '-e', program]
  const child = spawn(process.execPath, args, { cwd: join(root, folder), env: { ...process.env, PORT: '0' } })
  let [out, err] = ['', '']
  child.stdout.on('data', (text) => {
    out += text
    if (folder === 'service') child.kill('SIGTERM')
  })
  child.stderr.on('data', (text) => {
    err += text
  })
  const [code] = await once(child, 'close')
  expect({ code, err }).toEqual({ code: 0, err: '' })
  expect(out.trim()).toMatch(PRINTS[folder]!)
})

test('every example is in their README, and run here', () => {
  const files = readdirSync(`${root}examples`).filter((file) => /\.(ts|py|sh)$/.test(file))
  const readme = readFileSync(`${root}examples/README.md`, 'utf8')
  const here = readFileSync(import.meta.filename, 'utf8')
  expect(files.filter((file) => !readme.includes(`(${file})`))).toEqual([])
  // A test of its own is run by the whole.
  expect(files.filter((file) => !file.endsWith('.test.ts') && !here.includes(`'${file}'`))).toEqual([])
})

test('the API by curl, and its events as a stream', async () => {
  expect(await run('read-api.sh')).toMatch(/rank,place,\S*solver[\s\S]*asked again: (200|304)/)
  expect(await run('follow-events.ts', '2', '0000000000000000000-0000000000')).toMatch(
    /: oracle_registered\n.*: challenge_created in challenge 1/,
  )
})

test('a webhook is sent signed messages, its ping first', async () => {
  expect(await run('webhook.ts', '2', '0000000000000000000-0000000000')).toMatch(/^ping \S+\noracle_registered \S+\n$/)
})

test('a file is graded offline', async () => {
  expect(await run('grade.ts')).toMatch(/^f1_macro 0\.61386\d+ on 101 rows$/m)
})

test('the README shows the example that runs here', () => {
  const shown = /```ts\n([\s\S]*?)```/.exec(readFileSync(`${root}README.md`, 'utf8'))?.[1] ?? ''
  const source = readFileSync(`${root}examples/submit.ts`, 'utf8')
  expect(shown.trim()).not.toBe('')
  expect(source).toContain(shown.trim())
})
