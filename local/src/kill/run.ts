/**
 * One run: a system of its own, a challenge graded by one, three or five oracles, solvers who submit, processes that are killed, other
 * trouble beside, and the audit at the end. Of several oracles one lies, and one is gone for a while in which work arrives.
 */
import { sleep } from '@stellartrain/contracts-client'
import { createClient } from '@stellartrain/sdk/client'
import { trouble } from '../chaos/trouble.ts'
import { waitForOracle } from '../system/oracle-ready.ts'
import { type Audit, audit, type Made, waitUntilFinal } from './audit.ts'
import { type Count, type Crew, startCrew } from './crew.ts'
import { close, passOver, waitForVotes } from './ending.ts'
import { type Killed, killMany } from './killer.ts'
import { type Random, seeded } from './random.ts'
import type { Stage } from './stage.ts'
import { fileOf, hasWon, openStory, submitStubbornly } from './story.ts'

export type RunOptions = {
  seed: number
  kills: number
  solvers: number
  attempts: number
  oracles: Count
}

export type RunResult = Audit & { killed: Killed[]; troubles: number }

/** Winning files have few labels turned around, losing ones many; every solver makes both. */
const TURNED = [30, 8, 4, 40]

/** @param setUp makes the stage, with random numbers of its own */
export async function runKills(
  options: RunOptions,
  setUp: (random: Random) => Promise<Stage>,
  say: (line: string) => void,
): Promise<RunResult> {
  const stage = await setUp(seeded(options.seed + 1))
  let failed = true
  let crew: Crew | undefined
  try {
    const sdk = createClient(stage.config)
    const random = seeded(options.seed)
    const own = await waitForOracle(stage.oracleUrl)
    const { folder, asset, alter } = stage
    crew = await startCrew(sdk, { own, count: options.oracles, folder, asset, alter }, random)
    const here = crew
    const { oracles } = here
    const story = await openStory(
      stage,
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
    const killing = killMany([...stage.victims, ...here.victims], random, {
      count: options.kills,
      pause: [400, 1800],
      onKill: ({ after, victim }) => say(`${(after / 1000).toFixed(1).padStart(6)} s  kill -9 ${victim}`),
    })
    const away = here.takeAway(async () => {
      say('         the absent oracle is gone')
      await submitting
      say('         everything is submitted')
      await waitForVotes(sdk, story, here, made, 'absent')
      say('         the others have voted')
      // Of three oracles no two agree without it, so what came meanwhile is passed over; of five three do.
      if (options.oracles === 3) await passOver(sdk, stage, story, made)
      else await waitUntilFinal(sdk, story, 240_000)
      say('         the absent oracle is started again')
    })
    const beside = trouble(stage.troubles, seeded(options.seed + 2), (line) => say(`         ${line}`))
    const [killed] = await Promise.all([killing, submitting, away, beside])
    await waitUntilFinal(sdk, story, 240_000)
    say('         everything is final')
    await close(sdk, stage, story)
    say('         closed')
    const troubles = stage.troubles.reduce((sum, { count }) => sum + count, 0)
    const result = { ...(await audit(sdk, story, here, made)), killed, troubles }
    failed = result.problems.length > 0
    return result
  } finally {
    await crew?.stop()
    await stage.stop({ keep: failed })
  }
}
