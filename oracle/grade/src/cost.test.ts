/** No file costs much more per byte than a good one, however it is made: a small file must not stop a grader. */

import { expect, test } from 'vitest'
import { grade } from './grade.ts'
import type { Task } from './manifesttask.ts'
import { precheck } from './precheck.ts'
import { LIMITS, type SubmissionShape } from './shape.ts'
import { trial } from './trial.ts'
import { prepareTruth } from './truth.ts'

const BYTES = 200_000
/** How much more than a good file the worst one may cost. The quadratic expression that once was here cost several hundred times as much. */
const MOST = 100

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const shape: SubmissionShape = { idColumn: 'id', columns: [{ name: 'p', type: 'number' }] }

/** A file of about `BYTES` bytes whose rows are made by `row`. */
function file(row: (n: number) => string, header = 'id,p'): Uint8Array {
  const rows = [header]
  for (let size = 0, n = 0; size < BYTES; n++) {
    const text = row(n)
    size += text.length + 1
    rows.push(text)
  }
  return bytes(`${rows.join('\n')}\n`)
}

/** Microseconds of processor time per kilobyte, the best of a few runs: what else runs on the machine does not count. */
function cost(csv: Uint8Array, read: (csv: Uint8Array) => unknown, runs = 2): number {
  let best = Number.POSITIVE_INFINITY
  for (let run = 0; run < runs; run++) {
    const before = process.cpuUsage()
    read(csv)
    const { user, system } = process.cpuUsage(before)
    best = Math.min(best, user + system)
  }
  return (best * 1000) / csv.length
}

const { maxFieldBytes: LONG } = LIMITS
const digits = (n: number) => '1234567890'.repeat(Math.ceil(n / 10)).slice(0, n)
const values: [string, string][] = [
  ['digits and a letter', `${digits(LONG - 1)}x`],
  ['zeros and a letter', `${'0'.repeat(LONG - 1)}a`],
  ['a point in the middle and a letter', `${digits(LONG / 2)}.${digits(LONG / 2 - 2)}x`],
  ['digits', digits(LONG)],
  ['digits below one', `0.${digits(LONG - 2)}`],
  ['an exponent that does not end', `1e${digits(LONG - 3)}x`],
  ['signs', '+'.repeat(LONG)],
  ['points', '.'.repeat(LONG)],
  ['letters', 'x'.repeat(LONG)],
  ['a word that is nearly one', `nan${'n'.repeat(LONG - 3)}`],
  ['spaces', ' '.repeat(LONG)],
  ['quotes', `"${'""'.repeat(LONG / 2 - 1)}"`],
  ['a quote that does not end', `"${'x'.repeat(LONG)}`],
  ['letters beyond ASCII', 'é'.repeat(LONG / 2)],
  ['a value too long', 'x'.repeat(LONG + 1)],
  ['nothing', ''],
]
const read = (csv: Uint8Array) => precheck(csv, shape)
const good = cost(
  file((n) => `${n},0.${digits(6)}`),
  read,
  5,
)

test.each(values)('a file full of values of %s costs no more than a bounded multiple of a good one', (_what, value) => {
  const csv = file((n) => `${n},${value}`)
  expect(cost(csv, read) / good).toBeLessThan(MOST)
})

const others: [string, Uint8Array][] = [
  ['rows of commas', file(() => ','.repeat(2000))],
  ['blank lines', file((n) => (n % 2 ? '' : `${n},1`))],
  ['broken rows', file((n) => `${n},a"b`)],
  ['one id again and again', file(() => '1,1')],
  ['long ids', file((n) => `${n}${'i'.repeat(4000)},1`)],
  ['carriage returns', file(() => '\r\r\r\r')],
  ['a header of many columns', file(() => '1,1', Array.from({ length: 1000 }, (_, n) => `c${n}`).join(','))],
]
test.each(others)('a file of %s costs no more than a bounded multiple of a good one', (_what, csv) => {
  expect(cost(csv, read) / good).toBeLessThan(MOST)
})

test('where only the first problem is asked for, reading stops at it and tells the same one', () => {
  const truth = prepareTruth(bytes('id,p\n1,1\n2,2\n3,3\n'), { idColumn: 'id', valueColumn: 'p', type: 'number' })
  const submission = file((n) => `unknown${n},x`)
  const task = { metric: 'rmse' as const, truth, shape, salt: new Uint8Array(32), submission }
  const first = grade({ ...task, maxProblems: 1 })
  const all = grade(task)
  if (first.status !== 'rejected' || all.status !== 'rejected') throw new Error('not rejected')
  expect(first.problems).toEqual(all.problems.slice(0, 1))
  expect(first.problemCount).toBeLessThanOrEqual(2)
  expect(all.problemCount).toBeGreaterThan(10_000)
})

test('a truth with more classes than a call can have arguments can be tried', () => {
  const rows = Array.from({ length: 150_000 }, (_, n) => `${n},c${n === 7 ? 6 : n}`).join('\n')
  const task = {
    metric: 'accuracy',
    params: {},
    shape: { idColumn: 'id', columns: [{ name: 'y', type: 'label' }] },
    truthShape: () => ({ idColumn: 'id', valueColumn: 'y', type: 'label' }),
  } as unknown as Task
  const { perfect, constant } = trial(task, bytes(`id,y\n${rows}\n`), new Uint8Array(32))
  expect(perfect).toMatchObject({ status: 'graded', score: 1 })
  // c6 stands twice.
  expect(constant).toMatchObject({ status: 'graded', score: 2 / 150_000 })
})

test('texts that collide in one process do not collide in the next', async () => {
  const { createByteTable } = await import('./bytetable.ts')
  expect(createByteTable().seed).not.toBe(0)
})
