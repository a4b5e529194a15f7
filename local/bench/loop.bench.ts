/** From a submission to its payment, in ledgers and seconds, beside the interval between two ledgers of the same run. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { readClock, readOutcome, sleep } from '@stellartrain/contracts-client'
import { createClient } from '@stellartrain/sdk/client'
import { walkLoop } from '../src/demo/loop.ts'
import { quietTeller } from '../src/demo/teller.ts'
import { figure } from '../src/figure.ts'
import { waitForOracle } from '../src/system/oracle-ready.ts'
import { silent } from '../src/system/progress.ts'
import { startSystem } from '../src/system/system.ts'

const WALKS = 5
const median = (values: number[]) => [...values].sort((a, b) => a - b)[values.length >> 1]!

const home = mkdtempSync(join(tmpdir(), 'stellartrain-bench-loop-'))
const ports = { dapp: 0, api: 0, oracle: 0, ipfs: 0, rpc: 0, postgres: 0 }
const system = await startSystem({ home, host: '127.0.0.1', ports, interval: 1 }, silent)
try {
  const sdk = createClient(system.config)
  const oracle = await waitForOracle(system.urls.oracle)
  const first = await readClock(sdk.chain)
  const since = performance.now()
  const ledgers: number[] = []
  const seconds: number[] = []
  for (let walk = 0; walk < WALKS; walk++) {
    const result = await walkLoop(sdk, oracle, quietTeller)
    const [submitted, paid] = await Promise.all(
      [result.submitTx, result.scoreTx].map((hash) => readOutcome(sdk.chain, hash)),
    )
    if (submitted?.status !== 'succeeded' || paid?.status !== 'succeeded') throw new Error('a transaction is missing')
    ledgers.push(result.ledgersToPayment)
    seconds.push(paid.closedAt - submitted.closedAt)
    await sleep(100)
  }
  const last = await readClock(sdk.chain)
  const interval = (performance.now() - since) / 1000 / (last.ledger - first.ledger)
  const less = (value: number) => ({ name: 'one ledger', value, better: 'less' as const })
  figure({ bench: 'loop', what: 'submitted to paid, median', ours: median(ledgers), unit: 'ledgers' }, less(1))
  figure({ bench: 'loop', what: 'submitted to paid, worst', ours: Math.max(...ledgers), unit: 'ledgers' }, less(1))
  figure(
    { bench: 'loop', what: 'submitted to paid, median, by the ledger’s clock', ours: median(seconds), unit: 's' },
    less(interval),
  )
} finally {
  await system.stop()
  rmSync(home, { recursive: true, force: true })
}
