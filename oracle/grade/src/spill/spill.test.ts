/** Files graded in parts: the same score, hash and first problem as in memory. */

import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { GradeError } from '../errors.ts'
import { type GradeInput, type GradeResult, grade } from '../grade.ts'
import type { SubmissionShape, TruthShape } from '../shape.ts'
import { gradeSpilled } from './grade.ts'
import { openScratch } from './scratch.ts'

let folder: string
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'spill-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const common = { salt: new Uint8Array(32).fill(7), createHash: () => createHash('sha256'), maxProblems: 1 }
type Task = Pick<GradeInput, 'metric' | 'part'> & { truthShape: TruthShape; shape: SubmissionShape }

const outcome = (run: () => GradeResult): unknown => {
  try {
    return run()
  } catch (error) {
    if (error instanceof GradeError) return { code: error.code, problem: error.problems[0] }
    throw error
  }
}

const inMemory = (task: Task, truth: string, submission: string) =>
  outcome(() => grade({ ...task, ...common, truth: bytes(truth), submission: bytes(submission) }))

/** With so little memory that there are many parts. */
function inParts(task: Task, truth: string, submission: string, memoryMib = truth.length / 2 ** 17) {
  const [truthPath, submissionPath] = [join(folder, 'truth.csv'), join(folder, 'submission.csv')]
  writeFileSync(truthPath, truth)
  writeFileSync(submissionPath, submission)
  const scratch = join(folder, 'scratch')
  const found = outcome(() =>
    gradeSpilled({ ...task, ...common, truthPath, submissionPath }, { folder: scratch, memoryMib }),
  )
  expect(readdirSync(scratch)).toEqual([])
  return found
}

/** What decides; what is said to help knows the ids of one part only. */
const verdict = (result: unknown): unknown => {
  const {
    problems: [problem] = [],
    problemCount: _count,
    ...rest
  } = result as { problems?: readonly Record<string, unknown>[]; problemCount?: number }
  const { hint: _, expected: __, ...told } = problem ?? {}
  return { ...rest, told }
}

const labels: Task = {
  metric: 'f1_macro',
  truthShape: { idColumn: 'id', valueColumn: 'label', type: 'label' },
  shape: { idColumn: 'id', columns: [{ name: 'label', type: 'label' }] },
}
const numbers: Task = {
  metric: 'rmse',
  part: 'private',
  truthShape: { idColumn: 'id', valueColumn: 'v', type: 'number', usageColumn: 'usage' },
  shape: { idColumn: 'id', columns: [{ name: 'p', type: 'number' }] },
}
const names = ['cat', '"dog, big"', 'émeu', '"say ""hi"""', 'x']
const ids = (count: number, of: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => of((i * 7919) % count))
const file = (header: string, rows: readonly string[], end = '\n'): string => [header, ...rows].join(end) + end

test.each([
  ['text ids', (i: number) => `p${(i * 2654435761) % 4294967296}`],
  ['decimal ids', String],
  ['quoted ids', (i: number) => `"a ""${i}"", b"`],
])('%s: labels have the same score and hash', (_, idOf) => {
  const truth = file(
    'id,label',
    ids(4000, idOf).map((id, i) => `${id},${names[i % 3]}`),
  )
  const submission = file(
    'label,id',
    ids(4000, idOf)
      .reverse()
      .map((id, i) => `${names[i % 5]},${id}`),
    '\r\n',
  )
  const expected = inMemory(labels, truth, submission)
  expect(expected).toMatchObject({ status: 'graded', rows: 4000 })
  expect(inParts(labels, truth, submission)).toEqual(expected)
})

test('numbers of a part of the rows, and more labels than a byte can number', () => {
  const truth = file(
    'id,v,usage',
    ids(3000, String).map((id, i) => `${id},${i / 7},${i % 3 ? 'private' : 'public'}`),
  )
  const submission = file(
    'id,p',
    ids(3000, String)
      .reverse()
      .map((id, i) => `${id},${-i / 3}`),
  )
  expect(inMemory(numbers, truth, submission)).toMatchObject({ status: 'graded', scoredRows: 2000 })
  expect(inParts(numbers, truth, submission)).toEqual(inMemory(numbers, truth, submission))
  const many = file(
    'id,label',
    ids(3000, String).map((id, i) => `${id},l${i % 700}`),
  )
  const other = file(
    'id,label',
    ids(3000, String).map((id, i) => `${id},l${i % 1100}`),
  )
  expect(inParts(labels, many, other)).toEqual(inMemory(labels, many, other))
})

test('rows across the pieces in which a file is read', () => {
  const rows = (shift: number) =>
    ids(550_000, (i) => `row-${String(i).padStart(28, '0')}`).map(
      (id, i) => `${id},${(i * shift) % 5 === 0 ? '"a\nb"' : 'c'}`,
    )
  const [truth, submission] = [file('id,label', rows(1)), file('id,label', rows(3).reverse())]
  expect(truth.length).toBeGreaterThan(18 * 1024 * 1024)
  expect(inParts(labels, truth, submission, 16)).toEqual(inMemory(labels, truth, submission))
})

test('rows as long as rows may be, across these pieces', () => {
  const more = Array.from({ length: 1000 }, (_, i) => `c${i}`).join()
  const rest = Array.from({ length: 1000 }, () => 'x'.repeat(3000)).join()
  const truth = file(
    'id,label',
    ids(6, String).map((id) => `${id},cat`),
  )
  const submission = file(
    `id,label,${more}`,
    ids(6, String).map((id) => `${id},cat,${rest}`),
  )
  const task: Task = { ...labels, shape: { ...labels.shape, extraColumns: 'ignore' } }
  expect(inMemory(task, truth, submission)).toMatchObject({ status: 'graded' })
  expect(inParts(task, truth, submission, 512)).toEqual(inMemory(task, truth, submission))
})

test('the last rows need no line end', () => {
  const rows = ids(1000, (i) => `k${i}`).map((id, i) => `${id},${names[i % 3]}`)
  const [truth, submission] = [file('id,label', [...rows, 'l,cat']), file('id,label', [...rows.toReversed(), 'l,cat'])]
  const expected = inMemory(labels, truth, submission)
  expect(expected).toMatchObject({ status: 'graded' })
  expect(inParts(labels, truth.slice(0, -1), submission.slice(0, -1))).toEqual(expected)
})

test('a folder that cannot be made is no verdict on the submission', () => {
  const [path, truthPath] = [join(folder, 'file'), join(folder, 'truth.csv')]
  for (const one of [path, truthPath]) writeFileSync(one, file('id,label', ['1,cat']))
  const run = () =>
    gradeSpilled(
      { ...labels, ...common, truthPath, submissionPath: truthPath },
      { folder: join(path, 'scratch'), memoryMib: 1 },
    )
  expect(outcome(run)).toMatchObject({ code: 'spill_disk' })
})

test('while it works its parts have no name, so that nothing is left of it however it ends', () => {
  const scratch = openScratch(folder)
  try {
    const [early, late] = [bytes('a'.repeat(70_000)), bytes('b')]
    scratch.append('one', early)
    scratch.append('two', late)
    scratch.append('one', late)
    expect(readdirSync(folder).filter((name) => name.startsWith('grade-'))).toEqual([])
    expect(scratch.read('one')).toEqual(Uint8Array.from([...early, ...late]))
    expect(scratch.read('two')).toEqual(late)
    expect(scratch.read('three')).toHaveLength(0)
  } finally {
    scratch.close()
  }
})

test.runIf(process.platform === 'linux')('a folder where none can be made is told, not waited for', () => {
  const path = join(folder, 'truth.csv')
  writeFileSync(path, file('id,label', ['1,cat']))
  const files = { truthPath: path, submissionPath: path }
  const run = () => gradeSpilled({ ...labels, ...common, ...files }, { folder: '/proc/none/parts', memoryMib: 1 })
  expect(outcome(run)).toMatchObject({ code: 'spill_disk' })
})

test('whatever is wrong with a file, the first problem is the same', () => {
  const row = fc.tuple(
    fc.nat(320),
    fc.constantFrom('cat', '', ' x', '"', 'a,b', '"a', 'é', 'x"y', '\u0000', 'z'.repeat(5000)),
    fc.constantFrom('change', 'repeat', 'drop', 'blank', 'unknown'),
  )
  const truth = file(
    'id,label',
    ids(300, (i) => `k${i}`).map((id, i) => `${id},${names[i % 3]}`),
  )
  fc.assert(
    fc.property(fc.array(row, { maxLength: 3 }), (changes) => {
      const rows = ids(300, (i) => `k${i}`)
        .reverse()
        .map((id) => `${id},cat`)
      for (const [at, value, how] of changes) {
        if (how === 'change') rows[at] = `k${at},${value}`
        else if (how === 'repeat') rows.splice(at, 0, 'k7,cat')
        else if (how === 'drop') rows.splice(at, 1)
        else rows.splice(at, 0, how === 'blank' ? '' : `${value},cat`)
      }
      const submission = file(
        'id,label',
        Array.from(rows, (one) => one ?? 'k1'),
      )
      expect(verdict(inParts(labels, truth, submission))).toEqual(verdict(inMemory(labels, truth, submission)))
    }),
    { numRuns: 150 },
  )
})

test.each([
  ['no rows', 'id,label\n'],
  ['another header', 'id,other\n1,2\n'],
  ['nothing', ''],
  [
    'one id in all rows',
    file(
      'id,label',
      ids(5000, () => 'k1').map((id) => `${id},cat`),
    ),
  ],
])('%s: the same problem', (_, submission) => {
  const truth = file(
    'id,label',
    ids(1000, (i) => `k${i}`).map((id, i) => `${id},${names[i % 3]}`),
  )
  expect(verdict(inParts(labels, truth, submission))).toEqual(verdict(inMemory(labels, truth, submission)))
})

test('a mistake in the truth is told with its row', () => {
  const rows = ids(1000, (i) => `k${i}`).map((id, i) => `${id},${names[i % 3]}`)
  rows[700] = rows[699]!
  expect(inParts(labels, file('id,label', rows), file('id,label', rows))).toMatchObject({
    code: 'truth_invalid',
    problem: { reason: 'duplicate_id', row: 702 },
  })
})

test('too little memory is refused before a part is read', () => {
  const truth = file(
    'id,label',
    ids(20_000, (i) => `k${i}`).map((id) => `${id},cat`),
  )
  expect(inParts(labels, truth, truth, 0.0005)).toMatchObject({ code: 'spill_memory' })
})
