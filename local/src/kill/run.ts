/** One run: a system of its own, a challenge, solvers who submit, services that are killed, and the audit at the end. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Keypair } from '@stellar/stellar-sdk'
import { sleep } from '@stellartrain/contracts-client'
import { createClient } from '@stellartrain/sdk/client'
import type { Submitted } from '@stellartrain/sdk/submit'
import { waitForOracle } from '../system/oracle-ready.ts'
import { silent } from '../system/progress.ts'
import { startSystem } from '../system/system.ts'
import { type Audit, audit, waitUntilFinal } from './audit.ts'
import { type Killed, killMany } from './killer.ts'
import { seeded } from './random.ts'
import { fileOf, hasWon, openStory, submitStubbornly } from './story.ts'

export type RunOptions = { seed: number; kills: number; solvers: number; attempts: number; interval: number }

export type RunResult = Audit & { killed: Killed[]; home: string }

/** Winning files have few labels turned around, losing ones many; every solver makes both. */
const TURNED = [30, 8, 4, 40]

export async function runKills(options: RunOptions, say: (line: string) => void): Promise<RunResult> {
  const home = mkdtempSync(join(tmpdir(), 'stellartrain-kill-'))
  const ports = { dapp: 0, api: 0, oracle: 0, ipfs: 0, rpc: 0, postgres: 0 }
  const system = await startSystem(
    { home, host: '127.0.0.1', ports, interval: options.interval },
    { ...silent, note: say },
  )
  let failed = true
  try {
    const sdk = createClient(system.config)
    const oracle = await waitForOracle(system.urls.oracle)
    const story = await openStory(system, sdk, oracle, options.solvers)
    say(
      `challenge ${story.challenge} is open; ${options.solvers} solvers, ${options.attempts} attempts each, ${options.kills} kills`,
    )

    const random = seeded(options.seed)
    const files = story.solvers.map(() =>
      Array.from({ length: options.attempts }, (_, attempt) => fileOf(random, TURNED[attempt % TURNED.length]!)),
    )
    const made: { solver: Keypair; submitted: Submitted }[] = []
    const submitting = Promise.all(
      story.solvers.map(async (solver, i) => {
        await sleep(i * 700)
        for (const csv of files[i]!) {
          try {
            const submitted = await submitStubbornly(sdk, story, solver, csv)
            made.push({ solver, submitted })
            say(`         submission ${submitted.number} is in ledger ${submitted.ledger}`)
          } catch (error) {
            if (!hasWon(error)) throw error
            return
          }
        }
      }),
    )
    const killing = killMany(system, random, {
      count: options.kills,
      pause: [400, 1800],
      onKill: ({ after, victim }) => say(`${(after / 1000).toFixed(1).padStart(6)} s  kill -9 ${victim}`),
    })
    const [killed] = await Promise.all([killing, submitting])
    await waitUntilFinal(sdk, story, 120_000)
    const result = { ...(await audit(sdk, story, made)), killed, home }
    failed = result.problems.length > 0
    return result
  } finally {
    await system.stop()
    if (!failed) rmSync(home, { recursive: true, force: true })
    else say(`The home is kept for a look: ${home}`)
  }
}
