/**
 * `npm run kill`: kill -9 over all services while submissions arrive, and on request networks that part, clocks that leap and a disk
 * that stalls. Of three or five oracles one lies, and one is gone for a while.
 */
import { toDecimal } from '@stellartrain/contracts-client'
import { numberOf, readValues, refuse } from './arguments.ts'
import { NotHere } from './chaos/trouble.ts'
import { stageOfContainers } from './kill/contained-stage.ts'
import { COUNTS } from './kill/crew.ts'
import { runKills } from './kill/run.ts'
import { stageOfProcesses } from './kill/stage.ts'
import { conductTable } from './quorum/table.ts'

const USAGE = `npm run kill [-- OPTIONS]

  --kills N        how many processes are killed (default 30)
  --oracles N      1, 3 or 5 (default 3)
  --solvers N      who submit (default 10), --attempts N each (default 3)
  --partitions N   how often a service is cut off from the others for some seconds (default 0)
  --leaps N        how often the clock of a service is set by an hour (default 0); needs libfaketime
  --stalls N       how often the disk stalls for some seconds (default 0); needs root and loop devices
  --chaos          ten of each of these three
  --containers     on docker-compose.yml, whose containers are killed and, with --partitions, cut off; needs podman or Docker
  --keep-images    with it: images as they were built before
  --interval S     seconds between two ledgers (default 0.5)
  --seed N         which, and when (default 1)`

const number = { type: 'string' } as const
const values = readValues(USAGE, {
  ...{ kills: number, seed: number, solvers: number, attempts: number, interval: number, oracles: number },
  ...{ partitions: number, leaps: number, stalls: number },
  chaos: { type: 'boolean' },
  containers: { type: 'boolean' },
  'keep-images': { type: 'boolean' },
})
type Numeric = 'kills' | 'seed' | 'solvers' | 'attempts' | 'interval' | 'oracles' | 'partitions' | 'leaps' | 'stalls'
const given = (name: Numeric, otherwise: number) => numberOf(name, values[name] ?? String(otherwise))
const oracles =
  COUNTS.find((count) => count === given('oracles', 3)) ??
  refuse('--oracles is 1, 3 or 5: a challenge names no other number.')
const times = (name: 'partitions' | 'leaps' | 'stalls') => given(name, values.chaos ? 10 : 0)
const troubles = { partitions: times('partitions'), leaps: times('leaps'), stalls: times('stalls') }
// What is mounted or frozen is undone at the exit.
if (!values.containers) for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => process.exit(130))
if (values.containers && (troubles.leaps > 0 || troubles.stalls > 0))
  refuse('On containers there are kills and partitions: leave --leaps, --stalls and --chaos out.')
const say = (line: string) => console.log(line)
try {
  const result = await runKills(
    {
      kills: given('kills', 30),
      seed: given('seed', 1),
      solvers: given('solvers', 10),
      attempts: given('attempts', 3),
      oracles,
    },
    (random) =>
      values.containers
        ? stageOfContainers(random, { ...troubles, keep: values['keep-images'] ?? false }, say)
        : stageOfProcesses(random, { ...troubles, interval: given('interval', 0.5) }, say),
    say,
  )
  for (const problem of result.problems) console.error(problem)
  const rows = result.oracles.map(({ fees, ...rest }) => ({ ...rest, fees: toDecimal(fees, 7) }))
  for (const line of conductTable(rows)) console.log(line)
  const { submissions, paid, events, killed } = result
  console.log(
    `${killed.length} kills, ${result.troubles} other troubles, ${submissions} submissions, ${paid} paid once, ${events} events: ${result.problems.length} problems`,
  )
  process.exitCode = result.problems.length === 0 ? 0 : 1
} catch (error) {
  if (!(error instanceof NotHere)) throw error
  console.error(error.message)
  process.exitCode = 2
}
