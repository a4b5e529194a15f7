/** Parquet files of pyarrow and polars have the content of their CSV, and what is not read is refused as that. */

import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { toHex } from '../../canonical/canonical.ts'
import { writeSubmission } from '../../canonical/hashsubmission.ts'
import { createSha256 } from '../../canonical/sha256.ts'
import { precheck } from '../../precheck.ts'
import type { ColumnType, SubmissionShape } from '../../shape.ts'
import { floatText } from './rows.ts'

interface Vectors {
  cases: { name: string; type: ColumnType; csv: string; parquet: string }[]
  refused: { name: string; parquet: string }[]
}
const vectors: Vectors = JSON.parse(readFileSync(new URL('../../../vectors/parquet.json', import.meta.url), 'utf8'))
const file = (base64: string): Uint8Array => new Uint8Array(Buffer.from(base64, 'base64'))

function form(bytes: Uint8Array, type: ColumnType): string {
  const shape: SubmissionShape = {
    ...{ idColumn: 'id', formats: ['csv', 'parquet'] },
    columns: [
      { name: 'p', type },
      { name: 'y', type: 'text' },
    ],
  }
  const hash = createSha256()
  expect(precheck(bytes, shape).problems).toEqual([])
  expect(writeSubmission(bytes, shape, hash)).toBe(true)
  return toHex(hash.digest())
}

describe('the canonical form is that of the CSV', () => {
  test.each(vectors.cases)('$name', ({ csv, type, parquet }) => {
    expect(form(file(parquet), type)).toBe(form(new TextEncoder().encode(csv), type))
  })
})

test.each(vectors.refused)('$name is refused', ({ name, parquet }) => {
  const columns = [
    { name: 'p', type: 'label' as const },
    { name: 'y', type: 'label' as const },
  ]
  const shape: SubmissionShape = { idColumn: 'id', columns, formats: ['parquet'] }
  expect(precheck(file(parquet), shape).problems[0]).toMatchObject({
    reason: 'bad_parquet',
    column: /LZ4|Brotli/.test(name) ? 'id' : 'p',
  })
  // What nobody asks for may be anything.
  const ignoring: SubmissionShape = { ...shape, columns: [columns[1]!], extraColumns: 'ignore' }
  expect(precheck(file(parquet), ignoring).problems.filter(({ column }) => column === 'p')).toEqual([])
})

test('a file that is cut off or changed anywhere gives rows or a reason, never another error', () => {
  const shape: SubmissionShape = { idColumn: 'id', columns: [{ name: 'p', type: 'number' }], formats: ['parquet'] }
  let state = 1
  const next = (below: number): number => {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0
    return (state >>> 8) % below
  }
  for (const { parquet } of vectors.cases.filter((_, at) => at % 4 === 0)) {
    const good = file(parquet)
    for (let round = 0; round < 60; round++) {
      const bad = good.slice()
      for (let i = 0; i <= next(3); i++) bad[4 + next(bad.length - 8)] = next(256)
      precheck(bad, { ...shape, extraColumns: 'ignore', rows: 40 })
    }
    for (let cut = 0; cut < good.length; cut += 37) precheck(good.subarray(0, cut), shape)
  }
})

test('the text of a 32-bit float is the shortest that reads back', () => {
  for (const value of [0.1, 1, 16777216, 3.4028235e38, 1e-45, 0.33333334]) {
    const float = Math.fround(value)
    expect(Math.fround(Number(floatText(float)))).toBe(float)
  }
  expect([0.1, 2, 1e10, -0, Number.NaN, Number.POSITIVE_INFINITY].map((one) => floatText(Math.fround(one)))).toEqual([
    ...['0.1', '2', '10000000000', '0', 'NaN', 'Infinity'],
  ])
})
