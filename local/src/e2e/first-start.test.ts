/** A first start that is killed again and again, at another moment each time, is completed by the next one: nothing is lost or doubled. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { until } from '@stellartrain/contracts-client/testing/until'
import type { ChallengePage, LeaderboardPage } from '@stellartrain/indexer-api'
import { afterAll, expect, test } from 'vitest'

const START = fileURLToPath(new URL('../start.ts', import.meta.url))
// Where people keep things: a name with spaces and letters beyond ASCII, below a folder that nobody else may enter.
const home = join(mkdtempSync(join(tmpdir(), 'stellartrain-first-')), 'mein Ordner é')
const env = {
  ...process.env,
  STELLARTRAIN_HOME: home,
  LEDGER_INTERVAL: '0.3',
  ...{ DAPP_PORT: '0', API_PORT: '0', ORACLE_PORT: '0', IPFS_PORT: '0', RPC_PORT: '0', NO_COLOR: '1' },
}
let last: ChildProcess | undefined

afterAll(() => {
  last?.kill('SIGKILL')
  rmSync(join(home, '..'), { recursive: true, force: true })
})

/** Resolves when the start has said `words`, with all that it said. */
function startUntil(words: string): Promise<ChildProcess> {
  const child = spawn(process.execPath, [START], { env })
  last = child
  let said = ''
  return new Promise((done, fail) => {
    const listen = (chunk: Buffer) => {
      said += chunk
      if (said.includes(words)) done(child)
    }
    child.stdout.on('data', listen)
    child.stderr.on('data', listen)
    child.once('exit', (code) => fail(new Error(`ended with ${code}: ${said}`)))
  })
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise((done) => child.once('exit', done))
}

function listens(port: number): Promise<boolean> {
  return new Promise((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })
}

const read = <T>(name: string) => JSON.parse(readFileSync(join(home, name), 'utf8')) as T
const ports = () => Object.values(read<{ ports: Record<string, number> }>('state.json').ports)

/** Every service has gone, the database too. */
async function quiet(): Promise<void> {
  const silent = async () => !(await Promise.all(ports().map(listens))).includes(true)
  await until(silent, { what: 'every service to end' })
}

test('kill -9 at any moment of a first start; the next one completes it, and leaves nobody behind', async () => {
  const moments: [string, number][] = [
    ['local network', 400], // Postgres is being made
    ['✓ Postgres', 900], // accounts are being funded, the contract is being deployed
    ['✓ oracle', 700], // the challenge is being published
    ['✓ a challenge', 500], // the solvers submit
  ]
  for (const [words, later] of moments) {
    const child = await startUntil(words)
    await new Promise((done) => setTimeout(done, later))
    const gone = ended(child)
    child.kill('SIGKILL')
    await gone
  }
  const child = await startUntil('Ctrl-C')
  const { apiUrl } = read<{ apiUrl: string }>('config.json')
  const get = async <T>(path: string) => (await (await fetch(`${apiUrl}${path}`)).json()) as T
  // The seed follows the chain; the index may be a moment behind.
  const seeded = async () => {
    const page = await get<ChallengePage>('/v1/challenges')
    return page.data[0]?.concluded === 2 && page
  }
  const { data } = await until(seeded, { what: 'the first challenge and its two verdicts' })
  expect(data).toHaveLength(1)
  expect(data[0]).toMatchObject({ id: 1, phase: 'open', submissions: 2, solvers: 2, winners: 1 })
  const board = await get<LeaderboardPage>('/v1/challenges/1/leaderboard')
  expect(board.data.map((row) => row.score !== null)).toEqual([true, true])
  const gone = ended(child)
  child.kill('SIGINT')
  expect(await gone).toBe(0)
  await quiet()
})
