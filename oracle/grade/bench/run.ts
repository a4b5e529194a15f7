/** Runs a program of a benchmark to its end, and measures the `grade` command. */

import { type SpawnSyncReturns, spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

/** Of a whole process. */
export interface Run {
  score: number
  /** CPU seconds. */
  cpu: number
  /** MiB. */
  peak: number
}

let built = false

export const file = (path: string): string => fileURLToPath(new URL(path, import.meta.url))

export function run(command: string, args: string[]): SpawnSyncReturns<string> {
  const result = spawnSync(command, args, { encoding: 'utf8', maxBuffer: 2 ** 20 })
  if (result.status !== 0) throw new Error(`${command} ${args.join(' ')} failed: ${result.error ?? result.stderr}`)
  return result
}

/** The command as the published package has it, which is built for this. */
export function runGradeCommand(args: string[]): Run & { contentHash: string } {
  if (!built) run(process.execPath, [file('../../../local/src/packages/build.ts'), 'oracle/grade'])
  built = true
  const { stdout, stderr } = run(process.execPath, [file('command.js'), '--json', ...args])
  const { cpu, peak } = JSON.parse(/^measured (.*)$/m.exec(stderr)![1]!) as Run
  const { score, contentHash } = JSON.parse(stdout) as { score: number; contentHash: string }
  return { score, contentHash, cpu, peak: peak / 1024 }
}

/** The best of some runs: what else the machine does can only make them worse. */
export const best = (runs: readonly Run[], of: 'cpu' | 'peak'): number => Math.min(...runs.map((one) => one[of]))

const rounded = (value: number): number => Number(value.toPrecision(4))

/** As `figure` of the other benchmarks prints it. Less is better. */
export function printFigure(
  { bench, what, unit }: { bench: string; what: string; unit: string },
  ours: number,
  reference: { name: string; value: number } | undefined,
  json: boolean,
): void {
  const value = reference ? rounded(reference.value) : null
  const ratio = reference ? Number((reference.value / ours).toPrecision(3)) : null
  const line = {
    bench,
    what,
    ours: rounded(ours),
    reference: value,
    referenceName: reference?.name ?? null,
    unit,
    ratio,
  }
  const text = `${what.padEnd(44)} ${line.ours} ${unit}, ${line.referenceName ?? 'no reference'} ${value ?? ''}, ratio ${ratio ?? '-'}`
  process.stdout.write(`${json ? JSON.stringify(line) : text}\n`)
}
