/** Many bad days in a row, one line each: `npm run faults -- --seeds 200`. Exits with 1 where one went wrong. */
import { parseArgs } from 'node:util'
import { startNetwork } from './network.ts'
import { type OwnPostgres, startOwnPostgres } from './own-postgres.ts'
import { createPlayer } from './play.ts'
import { createChance } from './random.ts'
import { createStage, livesThrough } from './seed.ts'

const { values } = parseArgs({
  options: {
    seeds: { type: 'string', default: '200' },
    first: { type: 'string', default: '1' },
    steps: { type: 'string', default: '80' },
    /** Of the story that is played. */
    story: { type: 'string', default: '1' },
    /** Every third day in a process of its own, which is ended with SIGKILL. */
    processes: { type: 'boolean', default: true },
  },
})

const say = (line: object) => void process.stdout.write(`${JSON.stringify(line)}\n`)
const [seeds, first, steps] = [values.seeds, values.first, values.steps].map(Number) as [number, number, number]

let wrong = 0
const network = await startNetwork()
try {
  await play()
  const postgres = await startOwnPostgres()
  try {
    await live(postgres)
  } finally {
    await postgres.close()
  }
} finally {
  await network.close()
}
process.exit(wrong === 0 ? 0 : 1)

async function play(): Promise<void> {
  const player = await createPlayer(network, createChance(Number(values.story)), 7)
  await player.steps(steps)
  for (const phase of ['grading', 'ranking', 'judging', 'over'] as const) {
    await player.goTo(phase)
    await player.steps(Math.ceil(steps / 3))
  }
  await player.finish()
  await network.net.warp(0)
  await network.caughtUp()
}

async function live(postgres: OwnPostgres): Promise<void> {
  const stage = await createStage(network, postgres)
  say({ event: 'played', ledgers: network.net.ledger().sequence })
  const sums = { kills: 0, restarts: 0, lies: 0, looks: 0, marked: 0, recovered: 0, gaps: 0 }
  const days = Array.from({ length: seeds }, (_, index) => first + index)
  await livesThrough(
    stage,
    days.map((seed) => ({ seed, process: values.processes && seed % 3 === 0 })),
    (day) => {
      if (day.problems.length > 0) wrong += 1
      for (const name of Object.keys(sums) as (keyof typeof sums)[]) sums[name] += Number(day[name])
      say({ ...day, problems: [...new Set(day.problems)] })
    },
  )
  say({ event: 'done', seeds, wrong, ...sums })
}
