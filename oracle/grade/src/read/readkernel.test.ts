/** Large files that are plain are read as the same files with quotes around every value, which take the careful way. */

import fc from 'fast-check'
import { expect, test } from 'vitest'
import { hashSubmission } from '../canonical/hashsubmission.ts'
import { grade } from '../grade.ts'
import { precheck } from '../precheck.ts'
import type { ColumnType } from '../shape.ts'
import { prepareTruth } from '../truth.ts'

const bytes = (text: string) => new TextEncoder().encode(text)
const salt = new Uint8Array(32)
/** Enough for a file that the kernel reads. */
const ROWS = 6000
type Row = readonly string[]

const plain = (rows: readonly Row[]): Uint8Array => bytes(`id,v,more\n${rows.map((row) => row.join()).join('\n')}\n`)
const quoted = (rows: readonly Row[]): Uint8Array =>
  bytes(`"id","v","more"\n${rows.map((row) => row.map((cell) => `"${cell}"`).join()).join('\r\n')}`)

const idKinds: readonly ((i: number) => string)[] = [
  (i) => String(i * 7),
  (i) => `row-${(i * 7919) % ROWS}`,
  (i) => (i < 3000 ? String(i) : `text ${i}`),
  (i) => `${'x'.repeat(i % 50)}${i}`,
  (i) => String(i).padStart(7, '0'),
]
const numberKinds: readonly ((i: number) => string)[] = [
  (i) => (i / 7).toFixed(6),
  (i) => String(Math.sin(i)),
  (i) => String(Math.exp(i % 600) * (i % 2 ? 1 : -1)),
  (i) => Math.sin(i).toExponential(i % 18),
  (i) => `${i % 2 ? '-' : '+'}${'0'.repeat(i % 25)}${i}.${i}`,
  (i) => `${i}.`,
  (i) => `.${'0'.repeat(i % 20)}${i}`,
  (i) => `${i}E${(i % 40) - 20}`,
  () => '-0',
  (i) => String(2 ** 53 - (i % 9)),
  (i) => `${i}${i}${i}${i}${i}.5`,
]
const labelKinds: readonly ((i: number) => string)[] = [
  (i) => String(i % 5),
  (i) => `a label of more than sixteen characters ${i % 9}`,
  (i) => `class_${i % 700}`,
  (i) => ['cat', 'dog', 'big cat'][i % 3]!,
]
/** What stands in single places, right or wrong. */
const oddCells = ['', ' x', 'x ', 'nan', '1e999', '-', '1..2', '0x1', 'é', '9'.repeat(40), 'y'.repeat(5000), '7']
const kinds: readonly (readonly [ColumnType, readonly ((i: number) => string)[]])[] = [
  ['number', numberKinds],
  ['integer', [(i) => String(i * 1e9), (i) => `${i}.0`, (i) => `${i}e3`]],
  ['label', labelKinds],
]

const some = fc.record({
  idOf: fc.constantFrom(...idKinds),
  kind: fc.constantFrom(...kinds),
  which: fc.nat(),
  step: fc.constantFrom(1, 7, 11, 13),
  odd: fc.array(fc.tuple(fc.nat(ROWS - 1), fc.nat(1), fc.constantFrom(...oddCells)), { maxLength: 3 }),
  twice: fc.option(fc.nat(ROWS - 1)),
})

test('plain and quoted files have one verdict, one hash and the same problems', () => {
  fc.assert(
    fc.property(some, ({ idOf, kind: [type, values], which, step, odd, twice }) => {
      const cellOf = values[which % values.length]!
      const rows = Array.from({ length: ROWS }, (_, i) => [idOf(i), cellOf(i), 'x'.repeat(i % 11)])
      const submitted = rows.map((_, i) => [...rows[(i * step) % ROWS]!])
      for (const [row, cell, text] of odd) submitted[row]![cell] = text
      if (twice !== null) submitted[twice] = submitted[0]!
      const truthShape = { idColumn: 'id', valueColumn: 'v', type, extraColumns: 'ignore' as const }
      const shape = { idColumn: 'id', columns: [{ name: 'v', type }], extraColumns: 'ignore' as const, maxBytes: 1e9 }
      const metric = type === 'label' ? 'accuracy' : 'mae'
      const truths = [plain(rows), quoted(rows)].map((csv) => prepareTruth(csv, truthShape))
      expect(truths[0]!.ids()).toEqual(truths[1]!.ids())
      expect(truths[0]!.column).toEqual(truths[1]!.column)
      const [first, ...others] = truths.flatMap((truth) =>
        [plain(submitted), quoted(submitted)].map((submission) =>
          grade({ metric, truth, submission, shape, salt, maxProblems: 100 }),
        ),
      )
      for (const other of others) expect(other).toEqual(first)
      const [checked, careful] = [plain(submitted), quoted(submitted)].map((csv) => precheck(csv, shape))
      expect(checked).toEqual(careful)
      expect(hashSubmission(plain(submitted), shape, salt)).toEqual(hashSubmission(quoted(submitted), shape, salt))
      if (odd.length === 0 && twice === null) expect(checked!.problems).toEqual([])
    }),
    { numRuns: 20 },
  )
})

test('every second row may take the careful way', () => {
  const rows = Array.from({ length: ROWS }, (_, i) => [`row-${i}`, String(i % 5), ''])
  const mixed = `id,v,more\n${rows.map((row, i) => (i % 2 ? row.join() : row.map((cell) => `"${cell}"`).join())).join('\n')}\n`
  const shape = { idColumn: 'id', columns: [{ name: 'v', type: 'label' as const }], extraColumns: 'ignore' as const }
  expect(hashSubmission(bytes(mixed), shape, salt)).toBe(hashSubmission(plain(rows), shape, salt))
})

test('a row that is longer than what the kernel sees at a time is read', () => {
  const names = Array.from({ length: 24 }, (_, i) => `c${i}`)
  const wide = (i: number) => names.map((_, at) => (at === 3 ? 'x'.repeat(4000) : 'y'.repeat((i * at) % 4000)))
  const rows = Array.from({ length: 40 }, (_, i) => [`row-${i}`, String(i % 5), ...wide(i)])
  const csv = (quote: string) =>
    bytes([['id', 'v', ...names], ...rows].map((row) => row.map((cell) => quote + cell + quote).join()).join('\n'))
  const shape = { idColumn: 'id', columns: [{ name: 'v', type: 'label' as const }], extraColumns: 'ignore' as const }
  const hash = hashSubmission(csv(''), shape, salt)
  expect(hash).toHaveLength(64)
  expect(hash).toBe(hashSubmission(csv('"'), shape, salt))
})

test.each(idKinds)('more blank lines than there is room for rows are a problem like any other (ids %#)', (idOf) => {
  const lines = Array.from({ length: ROWS }, (_, i) => `${idOf(i)},1\n`)
  const csv = bytes(`id,v\n${lines.slice(0, 3).join('')}${'\n'.repeat(100_000)}${lines.slice(3).join('')}`)
  const shape = { idColumn: 'id', columns: [{ name: 'v', type: 'number' as const }] }
  const { problems, rows } = precheck(csv, shape)
  expect(problems).toMatchObject([{ reason: 'blank_line', row: 5 }])
  expect(rows).toBe(ROWS + 100_000)
})

test.each([ROWS, 40])('no value is lost where most columns are empty: %i rows', (count) => {
  const names = Array.from({ length: 29 }, (_, i) => `c${i}`)
  const csv = (cellOf: (i: number) => number) =>
    bytes(
      [
        ['id', 'v', ...names],
        ...Array.from({ length: count }, (_, i) => [`${i}`, `${cellOf(i)}`, ...names.map(() => '')]),
      ]
        .map((row) => row.join())
        .join('\n'),
    )
  const truthShape = { idColumn: 'id', valueColumn: 'v', type: 'number' as const, extraColumns: 'ignore' as const }
  const shape = { idColumn: 'id', columns: [{ name: 'v', type: 'number' as const }], extraColumns: 'ignore' as const }
  const truth = prepareTruth(csv(Math.sign), truthShape)
  expect(truth.column).toMatchObject({ values: { length: count } })
  const graded = grade({ metric: 'mae', truth, submission: csv(() => 2), shape, salt })
  expect(graded).toMatchObject({ status: 'graded', score: (count + 1) / count })
})
