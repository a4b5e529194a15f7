/** Three oracles as processes, one lying and one killed: the solver is paid, the liar's wallet is not, and the records show who did what. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createClient } from '@stellartrain/sdk/client'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { quietTeller } from '../demo/teller.ts'
import { walkQuorum } from '../quorum/story.ts'
import { waitForOracle } from '../system/oracle-ready.ts'
import { silent } from '../system/progress.ts'
import { type System, startSystem } from '../system/system.ts'

const home = mkdtempSync(join(tmpdir(), 'stellartrain-quorum-'))
const ports = { dapp: 0, api: 0, oracle: 0, ipfs: 0, rpc: 0, postgres: 0 }
let system: System
beforeAll(async () => {
  system = await startSystem({ home, host: '127.0.0.1', ports, interval: 0.5 }, silent)
})
afterAll(async () => {
  await system?.stop()
  rmSync(home, { recursive: true, force: true })
})

test('one oracle lies, one is killed and comes back: two honest votes pay the solver', async () => {
  const checks: [boolean, string][] = []
  const tell = {
    ...quietTeller,
    check: (ok: boolean, title: string) => void checks.push([ok, title]),
  }
  const oracle = await waitForOracle(system.urls.oracle)
  const result = await walkQuorum(createClient(system.config), oracle, join(home, 'oracles'), tell)
  expect(result).toMatchObject({ paid: '25', accomplicePaid: '0', asset: 'XLM', verified: true })
  expect(checks.filter(([ok]) => !ok)).toEqual([])
  const none = { unavailable: 0, missing: 0 }
  expect(result.oracles).toMatchObject([
    { part: 'honest', votes: 2, agreed: 2, disagreed: 0, fees: '0.2', ...none },
    { part: 'killed', votes: 2, agreed: 2, disagreed: 0, fees: '0.2', ...none },
    { part: 'lying', votes: 2, agreed: 0, disagreed: 2, fees: '0', ...none },
  ])
})
