/**
 * `npm run kill [-- --oracles 3 --kills 30 --seed 1 --solvers 10 --attempts 3]`: kill -9 over all services while submissions arrive.
 * Of three or five oracles one lies, and one is gone for a while.
 */
import { parseArgs } from 'node:util'
import { toDecimal } from '@stellartrain/contracts-client'
import { COUNTS } from './kill/crew.ts'
import { runKills } from './kill/run.ts'
import { conductTable } from './quorum/table.ts'

const number = { type: 'string' } as const
const { values } = parseArgs({
  options: { kills: number, seed: number, solvers: number, attempts: number, interval: number, oracles: number },
})
const oracles = COUNTS.find((count) => count === Number(values.oracles ?? 3))
if (!oracles) throw new Error('--oracles is 1, 3 or 5: a challenge names no other number.')
const result = await runKills(
  {
    kills: Number(values.kills ?? 30),
    seed: Number(values.seed ?? 1),
    solvers: Number(values.solvers ?? 10),
    attempts: Number(values.attempts ?? 3),
    interval: Number(values.interval ?? 0.5),
    oracles,
  },
  (line) => console.log(line),
)
for (const problem of result.problems) console.error(problem)
const rows = result.oracles.map(({ fees, ...rest }) => ({ ...rest, fees: toDecimal(fees, 7) }))
for (const line of conductTable(rows)) console.log(line)
const { submissions, paid, events, killed } = result
console.log(
  `${killed.length} kills, ${submissions} submissions, ${paid} paid once, ${events} events: ${result.problems.length} problems`,
)
process.exitCode = result.problems.length === 0 ? 0 : 1
