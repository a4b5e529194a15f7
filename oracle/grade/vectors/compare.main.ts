/** Grades the cases on standard input (JSON lines, see families/make.py) and prints each metric's worst relative difference. */

import { createInterface } from 'node:readline'
import { gradeVector, type Vector } from '../src/vector.fixture.ts'

/** Differences are of no weight below this: scores are posted in units of 1e-7. */
const NEGLIGIBLE = 1e-9

const seen = new Map<string, { count: number; worst: number; failed: number; example: string }>()
for await (const line of createInterface({ input: process.stdin })) {
  const vector = JSON.parse(line) as Vector
  const entry = seen.get(vector.name) ?? { count: 0, worst: 0, failed: 0, example: '' }
  seen.set(vector.name, entry)
  entry.count++
  let difference = Number.POSITIVE_INFINITY
  let said = ''
  try {
    const score = gradeVector(vector)
    difference = Math.abs(score - vector.score) / Math.max(1e-3, Math.abs(vector.score))
    said = String(score)
  } catch (error) {
    said = (error as Error).message
  }
  if (difference > NEGLIGIBLE && entry.failed++ === 0) entry.example = `${said}, not ${vector.score}: ${line}`
  if (difference > entry.worst) entry.worst = difference
}
for (const [name, { count, worst, failed, example }] of seen) {
  process.stdout.write(`${name.padEnd(52)} ${String(count).padStart(6)}  worst ${worst.toExponential(1)}  over 1e-9: ${failed}\n`)
  if (example) process.stdout.write(`    ${example.slice(0, 1200)}\n`)
}
process.exitCode = [...seen.values()].some(({ failed }) => failed > 0) ? 1 : 0
