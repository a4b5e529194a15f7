/**
 * The same events through Ponder and through the indexer, each from a JSON-RPC over HTTP into the same Postgres, in turns:
 * `npm run ponder [-- --challenges 40 --rounds 2]`. Installs Ponder into this folder first. Prints one JSON line, with how many rows both
 * wrote and the hash of what they say; fails where they differ. The time runs from the first question for events to the last row. Ponder
 * is given less to do: no rules, fewer columns, no empty ledgers.
 */
import { spawn, spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { until } from '@stellartrain/contracts-client/testing/until'
import { createTestDatabase } from '@stellartrain/indexer-postgres'
import { createIndexerDatabase } from '../../src/testing/database.ts'
import { randomHistory } from '../../src/testing/history.ts'
import { createChance } from '../../src/testing/random.ts'
import { startReplay } from '../../src/testing/replay-server.ts'
import { withClient } from '../../src/testing/tables.ts'
import type { Content } from './rows.ts'

const HERE = import.meta.dirname
const { values } = parseArgs({
  options: {
    challenges: { type: 'string', default: '40' },
    submissions: { type: 'string', default: '300' },
    rounds: { type: 'string', default: '2' },
  },
})
const [challenges, submissions, rounds] = [values.challenges, values.submissions, values.rounds].map(Number) as [
  number,
  number,
  number,
]

if (!existsSync(join(HERE, 'node_modules/ponder'))) {
  console.error('Installing Ponder (once) …')
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--ignore-scripts'], {
    cwd: HERE,
    stdio: 'inherit',
  })
  if (status !== 0) throw new Error('npm install failed')
}
const { startMadeChain } = await import('./chain.ts')
const { compare, readOurs, readTheirs } = await import('./rows.ts')

const history = randomHistory({ challenges, submissions, winners: 50, seed: 1 })
const count = history.raw.length
const best = { ours: 0, ponder: 0 }
/** The rows that both write. */
const content: { ours?: Content; ponder?: Content } = {}
const children = new Set<ReturnType<typeof spawn>>()
// However this ends.
process.on('exit', () => {
  for (const child of children) child.kill('SIGKILL')
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(1))
/** Seconds of the processes themselves, from their start; what others do on the machine does not change them. */
const cpu: { ours: number | null; ponder: number | null } = { ours: null, ponder: null }
for (let round = 0; round < rounds; round++) {
  best.ponder = Math.max(best.ponder, count / (await ponder()))
  best.ours = Math.max(best.ours, count / (await ours()))
  compare(content.ours!, content.ponder!)
}
const ratio = Math.round((best.ours / best.ponder) * 100) / 100
process.stdout.write(
  `${JSON.stringify({
    ...{ bench: 'ponder', what: `${count} events from a JSON-RPC into Postgres`, unit: 'events/s' },
    ...{
      ours: Math.round(best.ours),
      reference: Math.round(best.ponder),
      referenceName: `Ponder ${version()}`,
      ratio,
      rows: Object.fromEntries(Object.entries(content.ours!).map(([table, { rows, hash }]) => [table, { rows, hash }])),
      cpuSeconds: cpu,
    },
  })}\n`,
)
process.exit(0)

function version(): string {
  return JSON.parse(readFileSync(join(HERE, 'node_modules/ponder/package.json'), 'utf8')).version
}

/** Of a process on Linux. */
function cpuOf(pid: number): number | null {
  if (!existsSync(`/proc/${pid}/stat`)) return null
  const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    .replace(/^.*\) /s, '')
    .split(' ')
  return (Number(fields[11]) + Number(fields[12])) / 100
}

async function ours(): Promise<number> {
  const replay = await startReplay(history, createChance(1))
  const { url, asked, close } = await timed(replay.url)
  const database = await createIndexerDatabase()
  const env = { ...process.env, DB_URL: database.url, RPC_URL: url, CONTRACT_ADDRESS: history.contract }
  const child = spawn(process.execPath, ['--conditions=stellartrain-source', join(HERE, 'ours.ts')], {
    env,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  children.add(child)
  try {
    const end = await withClient(database.url, async (client) => {
      const there = async () =>
        Number((await client.query('select count(*) as n from events')).rows[0].n) === count && performance.now()
      const at = await until(there, { what: 'all events', timeout: 900_000 })
      cpu.ours = cpuOf(child.pid!)
      content.ours = await readOurs(client)
      return at
    })
    return (end - asked()!) / 1_000
  } finally {
    await ended(child)
    await database.drop()
    await Promise.all([close(), replay.close()])
  }
}

async function ponder(): Promise<number> {
  const made = await startMadeChain(history)
  const database = await createTestDatabase()
  rmSync(join(HERE, '.ponder'), { recursive: true, force: true })
  const env = {
    ...process.env,
    DATABASE_URL: database.url,
    MADE_RPC_URL: made.url,
    MADE_LAST: String(made.last),
    PONDER_TELEMETRY_DISABLED: '1',
  }
  delete (env as Record<string, string | undefined>).NODE_OPTIONS
  const args = [
    join(HERE, 'node_modules/.bin/ponder'),
    'start',
    '--schema',
    'told',
    '--port',
    '0',
    '--log-level',
    process.env.PONDER_LOG ?? 'error',
  ]
  const child = spawn(process.execPath, args, { cwd: HERE, env, stdio: ['ignore', 'inherit', 'inherit'] })
  children.add(child)
  try {
    const end = await withClient(database.url, async (client) => {
      const there = async () => {
        if (child.exitCode !== null) throw Object.assign(new Error('Ponder ended'), { fatal: true })
        const { rows: found } = await client.query("select to_regclass('told.events') as events")
        if (found[0].events === null) return false
        return (
          Number((await client.query('select count(*) as n from told.events')).rows[0].n) === count && performance.now()
        )
      }
      const at = await until(there, { what: 'all events', timeout: 900_000 })
      cpu.ponder = cpuOf(child.pid!)
      content.ponder = await readTheirs(client)
      return at
    })
    return (end - made.asked()!) / 1_000
  } finally {
    await ended(child)
    await database.drop()
    await made.close()
  }
}

async function ended(child: ReturnType<typeof spawn>): Promise<void> {
  if (child.exitCode !== null) return
  const gone = new Promise((done) => child.on('exit', done))
  child.kill('SIGTERM')
  const timer = setTimeout(() => child.kill('SIGKILL'), 5_000)
  await gone
  clearTimeout(timer)
  children.delete(child)
}

/** A relay that notes when it was asked for events first. */
async function timed(target: string) {
  let first: number | null = null
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = []
    for await (const piece of request) pieces.push(piece as Buffer)
    const body = Buffer.concat(pieces)
    if (first === null && body.includes('"getEvents"')) first = performance.now()
    const answer = await fetch(target, { method: 'POST', body, headers: { 'content-type': 'application/json' } })
    response.setHeader('content-type', 'application/json')
    response.end(Buffer.from(await answer.arrayBuffer()))
  })
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked: () => first,
    close: () =>
      new Promise<void>((done) => {
        server.closeAllConnections()
        server.close(() => done())
      }),
  }
}
