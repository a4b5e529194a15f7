/** `npm run kill [-- --kills 30 --seed 1 --solvers 10 --attempts 3]`: kill -9 over all services while submissions arrive. */
import { parseArgs } from 'node:util'
import { runKills } from './kill/run.ts'

const number = { type: 'string' } as const
const { values } = parseArgs({
  options: { kills: number, seed: number, solvers: number, attempts: number, interval: number },
})
const result = await runKills(
  {
    kills: Number(values.kills ?? 30),
    seed: Number(values.seed ?? 1),
    solvers: Number(values.solvers ?? 10),
    attempts: Number(values.attempts ?? 3),
    interval: Number(values.interval ?? 0.5),
  },
  (line) => console.log(line),
)
for (const problem of result.problems) console.error(problem)
const { submissions, paid, events, killed } = result
console.log(
  `${killed.length} kills, ${submissions} submissions, ${paid} paid once, ${events} events: ${result.problems.length} problems`,
)
process.exitCode = result.problems.length === 0 ? 0 : 1
