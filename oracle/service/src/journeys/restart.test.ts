/** Killed at any point, the oracle goes on where the chain says it was: nothing posted twice, nothing lost, everybody paid once. */
import { once } from 'node:events'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk'
import { Verdict } from '@stellartrain/contracts-client'
import { FLAG } from '@stellartrain/contracts-client/rules'
import { until } from '@stellartrain/contracts-client/testing/until'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { predictions } from './data.ts'
import { type OracleProcess, runToEnd, startProcess } from './process.ts'
import { type Fate, startRpcProxy } from './rpc-proxy.ts'
import { startWorld, type World } from './world.ts'

let world: World
const started: OracleProcess[] = []

let home: string

beforeAll(async () => {
  world = await startWorld()
  home = await mkdtemp(join(tmpdir(), 'oracle-home-'))
})
afterEach(() => Promise.all(started.splice(0).map((one) => one.kill())))
afterAll(async () => {
  await world?.close()
  await rm(home, { recursive: true, force: true })
})

async function start(operator: Keypair, rpcUrl = world.devnet.rpcUrl): Promise<OracleProcess> {
  const running = await startProcess({
    RPC_URL: rpcUrl,
    NETWORK_PASSPHRASE: world.devnet.passphrase,
    CONTRACT_ADDRESS: world.contract,
    ORACLE_SECRET_KEY: operator.secret(),
    IPFS_URL: world.ipfs.url,
    ORACLE_PUBLIC_URL: 'http://oracle.example',
    PORT: '0',
    ORACLE_HOME: home,
    WORKERS: '1',
  })
  started.push(running)
  await until(async () => (await fetch(`${running.url}/ready`)).ok, { what: 'the oracle to be ready' })
  return running
}

async function votesOf(id: number): Promise<number[]> {
  const events = await world.events()
  return events.flatMap((event) =>
    event.type === 'scored' && event.challenge === id ? event.rows.map(({ number }) => number) : [],
  )
}

test.each([
  ['after the report is stored and before the votes are sent', 'hang'],
  ['after the votes are sent and before it knows of it', 'lose'],
] as const)('killed %s', async (_, fate) => {
  const operator = await world.person()
  const struck = Promise.withResolvers<void>()
  let line: 'whole' | 'armed' | 'cut' = 'whole'
  const proxy = await startRpcProxy(world.devnet.rpcUrl, (method): Fate => {
    // No answer comes any more: the process ends in the middle of its call.
    if (line === 'cut') return 'hang'
    if (line === 'whole' || method !== 'sendTransaction') return 'pass'
    line = 'cut'
    struck.resolve()
    return fate
  })
  const victim = await start(operator, proxy.url)
  const id = await world.challenge({ oracles: [operator.publicKey()] })
  await world.accepted(id)
  line = 'armed'
  const solver = await world.person()
  await world.enter(id, solver, await world.seal(id, solver, predictions(1)))
  await struck.promise
  if (fate === 'lose') await world.concluded(id, 1)
  await victim.kill()
  if (fate === 'hang') expect((await world.state(id)).concluded).toBe(0)
  await start(operator)
  await world.concluded(id, 1)
  expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Scored, flags: FLAG.prizePaid })
  expect(await votesOf(id)).toEqual([1])
  await proxy.close()
})

test('killed again and again while submissions come in', async () => {
  const operator = await world.person()
  let running = await start(operator)
  const id = await world.challenge({
    oracles: [operator.publicKey()],
    payout: { tag: 'Bounty', values: [{ reward: 1_000n, winners: 50 }] },
  })
  await world.accepted(id)
  const people = await Promise.all(Array.from({ length: 6 }, () => world.person()))
  for (const [index, solver] of people.entries()) {
    await world.enter(id, solver, await world.seal(id, solver, predictions(1, index)))
    if (index % 2 === 0) continue
    // Each time a little later after the submission: while it is seen, fetched, graded, posted.
    await new Promise((resolve) => setTimeout(resolve, 60 * index))
    await running.kill()
    running = await start(operator)
  }
  await world.concluded(id, 6)
  expect((await votesOf(id)).toSorted()).toEqual([1, 2, 3, 4, 5, 6])
  for (const solver of people)
    expect(await world.submission(id, solver)).toMatchObject({ verdict: Verdict.Scored, flags: FLAG.prizePaid })
})

test('asked to stop it ends cleanly, having written no secret', async () => {
  const operator = await world.person()
  const running = await start(operator)
  running.child.kill('SIGTERM')
  const [code] = (await once(running.child, 'exit')) as [number | null]
  expect(code).toBe(0)
  expect(running.output()).toContain('"event":"listening"')
  expect(running.output()).not.toContain(operator.secret())
})

test.runIf(process.platform === 'linux')(
  'its environment, which other programs can read, does not show the key',
  async () => {
    const operator = await world.person()
    const running = await start(operator)
    const shown = await readFile(`/proc/${running.child.pid}/environ`, 'latin1')
    expect(shown).toContain('RPC_URL=')
    expect(shown).not.toContain(operator.secret())
    const [, file = ''] = /ORACLE_SECRET_KEY_FILE=([^\0]+)/.exec(shown) ?? []
    expect(file).not.toBe('')
    await expect(readFile(file)).rejects.toMatchObject({ code: 'ENOENT' })
  },
)

test('a wrong environment ends it with all problems named', async () => {
  const { code, output } = await runToEnd({ RPC_URL: 'nowhere', PORT: 'x' })
  expect(code).toBe(2)
  for (const name of ['RPC_URL', 'PORT', 'NETWORK_PASSPHRASE', 'CONTRACT_ADDRESS', 'ORACLE_SECRET_KEY', 'IPFS_URL'])
    expect(output).toContain(`${name} `)
})
