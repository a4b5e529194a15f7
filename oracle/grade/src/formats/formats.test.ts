/** One content, however its file is written: the same score and content hash as the CSV, and the same reasons for what is wrong. */

import { gzipSync, zstdCompressSync } from 'node:zlib'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvText } from '../csv/rows.ts'
import { grade } from '../grade.ts'
import { precheck } from '../precheck.ts'
import type { SubmissionShape } from '../shape.ts'
import { prepareTruth } from '../truth.ts'
import { FORMATS, type Format, formatOfMediaType, mediaTypeOf as mediaTypeOfFormat } from './names.ts'
import { contentFormat, contentMediaType, payloadTypes } from './payload.ts'

const utf8 = (text: string): Uint8Array => new TextEncoder().encode(text)
const all = { formats: FORMATS }
const numbers: SubmissionShape = { idColumn: 'id', columns: [{ name: 'p', type: 'number' }], ...all }
const labels: SubmissionShape = { idColumn: 'id', columns: [{ name: 'p', type: 'label' }], ...all }

const jsonLines = (rows: readonly object[]): Uint8Array => utf8(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
const packed: readonly [string, (bytes: Uint8Array) => Uint8Array][] = [
  ['plain', (bytes) => bytes],
  ['gzip', (bytes) => gzipSync(bytes)],
  ['two members of gzip', (bytes) => Buffer.concat([gzipSync(bytes.subarray(0, 9)), gzipSync(bytes.subarray(9))])],
  ['Zstandard', (bytes) => zstdCompressSync(bytes)],
  [
    'two frames',
    (bytes) => Buffer.concat([zstdCompressSync(bytes.subarray(0, 9)), zstdCompressSync(bytes.subarray(9))]),
  ],
]

function gradeFile(shape: SubmissionShape, truthCsv: string, submission: Uint8Array) {
  const type = shape.columns[0]!.type
  const truth = prepareTruth(utf8(truthCsv), { idColumn: 'id', valueColumn: 'p', type })
  const metric = type === 'label' ? 'f1_macro' : 'rmse'
  return grade({ metric, truth, submission, shape, salt: new Uint8Array(32).fill(7) })
}

test.each(packed)('rows of any numbers and texts, %s: CSV and JSON Lines have one score and one hash', (_, pack) => {
  const value = fc.oneof(fc.double({ noDefaultInfinity: true, noNaN: true }), fc.integer())
  fc.assert(
    fc.property(fc.array(value, { minLength: 1, maxLength: 30 }), (values) => {
      const csv = csvText([['id', 'p'], ...values.map((p, id) => [id, p])])
      const truth = csvText([['id', 'p'], ...values.map((_, id) => [id, id])])
      const expected = gradeFile(numbers, truth, utf8(csv))
      expect(gradeFile(numbers, truth, pack(jsonLines(values.map((p, id) => ({ id, p })))))).toEqual(expected)
      expect(gradeFile(numbers, truth, pack(utf8(csv)))).toEqual(expected)
    }),
    { numRuns: 30 },
  )
  const text = fc
    .string({ unit: 'binary', minLength: 1, maxLength: 8 })
    .filter((one) => one.isWellFormed() && !/\p{Cc}/u.test(one) && one.trim() === one)
  fc.assert(
    fc.property(fc.array(text, { minLength: 1, maxLength: 20 }), fc.boolean(), (values, escaped) => {
      const quoted = values.map((one) => `"${one.replaceAll('"', '""')}"`)
      const csv = `id,p\n${quoted.map((p, id) => `r${id},${p}`).join('\n')}`
      const truth = `id,p\n${values.map((_, id) => `r${id},a`).join('\n')}`
      const json = (p: string) =>
        escaped
          ? `"${[...Array(p.length).keys()].map((i) => `\\u${p.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`
          : JSON.stringify(p)
      const lines = utf8(values.map((p, id) => ` { "p" :${json(p)}, "\\u0069d":"r${id}"}\r\n`).join(''))
      const expected = gradeFile(labels, truth, utf8(csv))
      expect(expected).toMatchObject({ status: 'graded' })
      expect(gradeFile(labels, truth, pack(lines))).toEqual(expected)
    }),
    { numRuns: 30 },
  )
})

test('a list is its items with a space between, nothing is an empty cell, numbers stand as they are written', () => {
  const shape: SubmissionShape = { idColumn: 'id', columns: [{ name: 'p', type: 'list' }], ...all }
  const truth = 'id,p\n1,a b\n2,c\n3,1.0\n'
  const csv = truth.replace('c', '')
  const of = (submission: Uint8Array) =>
    grade({
      ...{ metric: 'map_at_k', params: { k: 2 }, truth: utf8(truth), submission, shape, salt: new Uint8Array(32) },
      truthShape: { idColumn: 'id', valueColumn: 'p', type: 'list' },
    })
  const lines = '{"id":"1","p":["a","b"]}\n{"id":2,"p":[]}\n{"id":"3","p":[1.0]}\n'
  expect(of(utf8(lines))).toEqual(of(utf8(csv)))
  expect(of(utf8(lines.replace('[]', 'null').replace('["a","b"]', '"a b"')))).toEqual(of(utf8(csv)))
})

describe('which format a file has', () => {
  const csv = utf8('id,p\n1,0.5\n')
  const lines = jsonLines([{ id: 1, p: 0.5 }])
  const files: Record<string, Uint8Array> = {
    ...{ csv, jsonl: lines, 'csv.gz': gzipSync(csv), 'jsonl.gz': gzipSync(lines) },
    ...{ 'csv.zst': zstdCompressSync(csv), 'jsonl.zst': zstdCompressSync(lines) },
  }
  const first = (bytes: Uint8Array, formats?: readonly Format[]) =>
    precheck(bytes, { ...numbers, ...(formats ? { formats } : { formats: ['csv'] }) }).problems[0]?.reason ?? 'fine'

  test('each is taken where it is named, and only there', () => {
    for (const [name, bytes] of Object.entries(files)) {
      for (const format of FORMATS) {
        // Old challenges name none: what they say of a file is what they always said.
        const otherwise = format === 'csv' ? (name === 'jsonl' ? 'bad_quoting' : 'not_text') : 'wrong_format'
        expect([name, format, first(bytes, [format])]).toEqual([name, format, name === format ? 'fine' : otherwise])
      }
      expect(first(bytes, FORMATS)).toBe('fine')
    }
  })

  test('the hint says what to do', () => {
    const [problem] = precheck(utf8('[{"id":1,"p":2}]'), { ...numbers, formats: ['jsonl'] }).problems
    expect(problem).toMatchObject({ reason: 'wrong_format', hint: expect.stringContaining('lines=True') })
    expect(precheck(files['csv.gz']!, { ...numbers, formats: ['csv.zst', 'jsonl'] }).problems[0]).toMatchObject({
      message: expect.stringContaining('It looks like a gzip file, what is taken is .csv.zst, .jsonl.'),
    })
  })
})

test('a sealed file is called what its content is, however far it unpacks', () => {
  const long = jsonLines(Array.from({ length: 30_000 }, (_, id) => ({ id, p: id })))
  const incompressible = gzipSync(long, { level: 0 })
  for (const bytes of [gzipSync(long), incompressible]) expect(contentFormat(bytes)).toBe('jsonl.gz')
  expect(contentFormat(zstdCompressSync(long))).toBe('jsonl.zst')
  expect(contentFormat(zstdCompressSync(long).subarray(0, 9))).toBe('csv.zst')
  expect(payloadTypes(undefined)).toEqual({ mediaTypes: ['text/csv'] })
  const { mediaTypes, mediaTypeOf } = payloadTypes(['csv', 'jsonl.gz'])
  expect(mediaTypes).toEqual(['text/csv', 'application/x-ndjson+gzip'])
  expect(mediaTypeOf!(incompressible)).toBe('application/x-ndjson+gzip')
  expect(contentMediaType(long, FORMATS)).toBe('application/x-ndjson')
  expect(contentMediaType(long, undefined)).toBe('text/csv')
  expect(FORMATS.map((format) => mediaTypeOfFormat(format)).map(formatOfMediaType)).toEqual([...FORMATS])
})
