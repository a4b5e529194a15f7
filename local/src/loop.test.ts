/** What a newcomer does: start, look, run the demo, stop, start again. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Keypair } from '@stellar/stellar-sdk'
import { cidToString, view } from '@stellartrain/contracts-client'
import { gateAt } from '@stellartrain/contracts-client/gate'
import { juryAt } from '@stellartrain/contracts-client/jury'
import { until } from '@stellartrain/contracts-client/testing/until'
import type { ChallengePage, LeaderboardPage } from '@stellartrain/indexer-api'
import { fetchCid, parseReport } from '@stellartrain/ipfs-content'
import { createClient } from '@stellartrain/sdk/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { readHistory } from '../../sdk/src/challenge/history.ts'
import { main } from '../../sdk/src/cli/main.ts'
import { walkLoop } from './demo/loop.ts'
import { quietTeller } from './demo/teller.ts'
import { seed } from './seed/seed.ts'
import { deployJudging } from './system/judging.ts'
import { waitForOracle } from './system/oracle-ready.ts'
import { silent } from './system/progress.ts'
import { type System, startSystem } from './system/system.ts'

const home = mkdtempSync(join(tmpdir(), 'stellartrain-e2e-'))
const options = {
  home,
  host: '127.0.0.1',
  ports: { dapp: 0, api: 0, oracle: 0, ipfs: 0, rpc: 0, postgres: 0 },
  interval: 0.5,
}
let system: System

beforeAll(async () => {
  system = await startSystem(options, silent)
  await seed(system, silent)
})

afterAll(async () => {
  await system?.stop()
  rmSync(home, { recursive: true, force: true })
})

async function api<T>(path: string): Promise<T> {
  const response = await fetch(`${system.urls.api}${path}`)
  expect(response.status, path).toBe(200)
  return (await response.json()) as T
}

function alive(pid: number | undefined): boolean {
  try {
    process.kill(pid!, 0)
    return true
  } catch {
    return false
  }
}

test('the first start shows a challenge on real data in which two solvers have competed', async () => {
  // The seed follows the chain; the index may be a moment behind.
  const seeded = async () => {
    const page = await api<ChallengePage>('/v1/challenges')
    return page.data[0]?.concluded === 2 && page
  }
  const { data } = await until(seeded, { what: 'the first challenge and its two verdicts' })
  expect(data).toHaveLength(1)
  expect(data[0]).toMatchObject({ id: 1, phase: 'open', submissions: 2, solvers: 2, winners: 1 })
  const board = await api<LeaderboardPage>('/v1/challenges/1/leaderboard')
  const [first, second] = board.data
  expect(first!.score!.value).toBeGreaterThan(0.85)
  expect(second!.score!.value).toBeLessThan(0.85)
  const page = await fetch(`${system.urls.dapp}/challenges/1`)
  expect(page.headers.get('content-type')).toContain('text/html')
  const config = (await (await fetch(`${system.urls.dapp}/config.json`)).json()) as { contract: string }
  expect(config.contract).toBe(system.config.contract)
})

test('a solver beats the baseline, is paid, and the verification fails on a tampered copy', async () => {
  const sdk = createClient(system.config)
  const checks: [boolean, string][] = []
  const result = await walkLoop(sdk, await waitForOracle(system.urls.oracle), {
    ...quietTeller,
    check: (ok, title) => checks.push([ok, title]),
  })
  expect(result).toMatchObject({ metric: 'roc_auc', paid: '25', asset: 'XLM', verified: true, tamperedRejected: true })
  expect(Number(result.score)).toBeGreaterThan(Number(result.baseline))
  expect(Number(result.score)).toBeGreaterThanOrEqual(Number(result.threshold))
  const gain = Number(result.solverBalanceAfter) - Number(result.solverBalanceBefore)
  expect(gain).toBeGreaterThan(24) // the prize, less the fee of one transaction
  expect(checks.filter(([ok]) => !ok)).toEqual([])
})

test('grade with the opened truth says what the report of the oracle says', async () => {
  const sdk = createClient(system.config)
  const { data } = await api<ChallengePage>('/v1/challenges')
  // The one of the loop is the newest.
  const challenge = Math.max(...data.map(({ id }) => id))
  const folder = mkdtempSync(join(home, 'graded-'))
  const run = async (...args: string[]) => {
    const said: string[] = []
    await main([...args, '--config', join(home, 'config.json'), '--json'], {
      ...{ stdout: (text) => void said.push(text), stderr: () => {} },
      ...{ env: {}, cwd: folder, signal: new AbortController().signal },
    })
    return JSON.parse(said.join(''))
  }
  await run('download', String(challenge), '--all', '--out', 'data')
  const { events } = await readHistory(sdk, challenge)
  const scored = events.find((event) => event.type === 'scored')
  if (scored?.type !== 'scored') throw new Error('nothing was scored')
  const reading = { gateways: [system.urls.ipfs], maxBytes: 300_000 }
  // It goes out beside the vote that names it.
  const report = parseReport(
    await until(() => fetchCid(cidToString(scored.report), reading), { what: 'the report to be on the gateway' }),
  )
  const [line] = report.submissions
  const file = `data/submissions/${line!.number}.csv`
  const { score, contentHash, rows, verdict, reason } = line!
  expect(await run('grade', '--challenge', String(challenge), '--submission', file)).toMatchObject({
    ...{ score, contentHash, rows, verdict, reason, metric: report.metric },
  })
})

test('a jury and a gate can be deployed beside it, once', async () => {
  const { chain } = createClient(system.config)
  const judging = await deployJudging(system)
  expect(await deployJudging(system)).toEqual(judging)
  const { jurors, stellartrain } = await view(chain, juryAt(judging.jury).config())
  expect([stellartrain, jurors.length]).toEqual([system.config.contract, 3])
  const [maker] = system.home.secrets.accounts.map(({ secret }) => Keypair.fromSecret(secret).publicKey())
  expect(await view(chain, gateAt(judging.gate).config())).toMatchObject({ owner: maker })
})

test('stopping leaves no process, and the next start resumes the same state', async () => {
  const before = await api<ChallengePage>('/v1/challenges')
  const { contract } = system.config
  const pids = system.services.map((service) => service.pid())
  expect(pids.every(alive)).toBe(true)
  await system.stop()
  expect(pids.filter(alive)).toEqual([])
  system = await startSystem(options, silent)
  expect(system.config.contract).toBe(contract)
  // The index listens before its database has answered, and says so with a 503.
  await until(async () => (await fetch(`${system.urls.api}/v1/challenges`)).ok, { what: 'the index to answer' })
  const after = await api<ChallengePage>('/v1/challenges')
  expect(after.data.map((one) => [one.id, one.phase, one.paid])).toEqual(
    before.data.map((one) => [one.id, one.phase, one.paid]),
  )
})
