/**
 * One run: a system of its own, a challenge graded by one, three or five oracles, solvers who submit, processes that are killed, and
 * the audit at the end. Of several oracles one lies, and one is gone for a while in which work arrives.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { sleep } from '@stellartrain/contracts-client'
import { createClient } from '@stellartrain/sdk/client'
import { waitForOracle } from '../system/oracle-ready.ts'
import { silent } from '../system/progress.ts'
import { startSystem } from '../system/system.ts'
import { type Audit, audit, type Made, waitUntilFinal } from './audit.ts'
import { type Count, type Crew, startCrew } from './crew.ts'
import { close, passOver, waitForVotes } from './ending.ts'
import { type Killed, killMany, victimsOf } from './killer.ts'
import { seeded } from './random.ts'
import { fileOf, hasWon, openStory, submitStubbornly } from './story.ts'

export type RunOptions = {
  seed: number
  kills: number
  solvers: number
  attempts: number
  interval: number
  oracles: Count
}

export type RunResult = Audit & { killed: Killed[]; home: string }

/** Winning files have few labels turned around, losing ones many; every solver makes both. */
const TURNED = [30, 8, 4, 40]

export async function runKills(options: RunOptions, say: (line: string) => void): Promise<RunResult> {
  const home = mkdtempSync(join(tmpdir(), 'stellartrain-kill-'))
  const ports = { dapp: 0, api: 0, oracle: 0, ipfs: 0, rpc: 0, postgres: 0 }
  const system = await startSystem(
    { home, host: '127.0.0.1', ports, interval: options.interval, controls: true },
    { ...silent, note: say },
  )
  let failed = true
  let crew: Crew | undefined
  try {
    const sdk = createClient(system.config)
    const random = seeded(options.seed)
    const own = await waitForOracle(system.urls.oracle)
    crew = await startCrew(sdk, { own, count: options.oracles, folder: join(home, 'oracles') }, random)
    const here = crew
    const { oracles } = here
    const story = await openStory(
      system,
      sdk,
      oracles.map(({ address }) => address),
      options.solvers,
    )
    say(
      `challenge ${story.challenge} is open; oracles: ${oracles.map(({ part }) => part).join(', ')}; ${options.solvers} solvers, ${options.attempts} attempts each, ${options.kills} kills`,
    )

    const files = story.solvers.map(() =>
      Array.from({ length: options.attempts }, (_, attempt) => fileOf(random, TURNED[attempt % TURNED.length]!)),
    )
    const made: Made[] = []
    const submitting = Promise.all(
      story.solvers.map(async (solver, i) => {
        await sleep(i * 700)
        for (const csv of files[i]!) {
          try {
            const submitted = await submitStubbornly(sdk, story, solver, csv)
            made.push({ solver, csv, submitted })
            say(`         submission ${submitted.number} is in ledger ${submitted.ledger}`)
          } catch (error) {
            if (!hasWon(error)) throw error
            return
          }
        }
      }),
    )
    const killing = killMany([...victimsOf(system), ...here.victims], random, {
      count: options.kills,
      pause: [400, 1800],
      onKill: ({ after, victim }) => say(`${(after / 1000).toFixed(1).padStart(6)} s  kill -9 ${victim}`),
    })
    const away = here.takeAway(async () => {
      say('         the absent oracle is gone')
      await submitting
      await waitForVotes(sdk, story, here, made, 'absent')
      // Of three oracles no two agree without it, so what came meanwhile is passed over; of five three do.
      if (options.oracles === 3) await passOver(sdk, system, story, made)
      else await waitUntilFinal(sdk, story, 240_000)
      say('         the absent oracle is started again')
    })
    const [killed] = await Promise.all([killing, submitting, away])
    await waitUntilFinal(sdk, story, 240_000)
    await close(sdk, system, story)
    const result = { ...(await audit(sdk, story, here, made)), killed, home }
    failed = result.problems.length > 0
    return result
  } finally {
    await crew?.stop()
    await system.stop()
    if (!failed) rmSync(home, { recursive: true, force: true })
    else say(`The home is kept for a look: ${home}`)
  }
}
