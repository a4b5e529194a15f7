/** Canonical forms: the ones that Python writes, byte for byte, and one form for equal content however it is written. */

import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { gradeBatch } from './batch/grade.ts'
import { fromHex, hashForm, toHex } from './canonical/canonical.ts'
import { type NestedItem, writeFile, writeNested } from './canonical/canonicalfile.ts'
import { writeTruth } from './canonical/canonicaltruth.ts'
import type { Sink } from './canonical/canonicalwriter.ts'
import { writeSubmission } from './canonical/hashsubmission.ts'
import { canonicalJson } from './canonical/json.ts'
import { createSha256 } from './canonical/sha256.ts'
import { grade } from './grade.ts'
import { prepareTruth } from './truth.ts'

interface Expected {
  name: string
  salt: string
  form?: string
  bytes: number
  formHash: string
  contentHash: string
}
/** A CSV file, or how many rows of `vectors/forms.py` it has. */
type Csv = string | { numbers?: number; labels?: number; usage?: boolean }
interface Vectors {
  tables: (Expected & { type: 'number' | 'label'; csv: Csv; batchOf: string | null })[]
  truths: (Expected & { type: 'number' | 'label'; csv: Csv; columns: string[] })[]
  files: (Expected & { data: string; labeler: string | null })[]
  nested: (Expected & { items: NestedItem[]; labeler: string | null })[]
}

const vectors: Vectors = JSON.parse(readFileSync(new URL('../vectors/forms.json', import.meta.url), 'utf8'))
const utf8 = (text: string) => new TextEncoder().encode(text)

function csvOf(csv: Csv, header: string): Uint8Array {
  if (typeof csv === 'string') return utf8(csv)
  const row = (i: number) => (csv.numbers ? `${i},${((i * 7919) % 10007) / 16}` : `item ${i},label ${i % 7}`)
  const usage = (i: number) => (csv.usage ? [',public', ',private'][i % 2] : '')
  const rows = Array.from({ length: csv.numbers ?? csv.labels! }, (_, i) => `${row(i)}${usage(i)}\n`)
  return utf8(`${header}${csv.usage ? ',usage' : ''}\n${rows.join('')}`)
}

/** All that was written. */
function formOf(write: (sink: Sink) => void): Uint8Array {
  const pieces: number[][] = []
  write({ update: (bytes) => pieces.push([...bytes]) })
  return Uint8Array.from(pieces.flat())
}

/** By the text of the format: SHA-256 of the hashes of the chunks of 64 KiB. */
function formHash(form: Uint8Array): string {
  const whole = createSha256()
  for (let at = 0; at < form.length; at += 65536) {
    const chunk = createSha256()
    chunk.update(form.subarray(at, at + 65536))
    whole.update(chunk.digest())
  }
  return toHex(whole.digest())
}

function expectForm(expected: Expected, write: (sink: Sink) => void): void {
  const form = formOf(write)
  if (expected.form) expect(Buffer.from(form).toString('base64')).toBe(expected.form)
  expect(form.length).toBe(expected.bytes)
  expect(formHash(form)).toBe(expected.formHash)
  expect(hashForm(fromHex(expected.salt), write)).toBe(expected.contentHash)
}

describe('the form of a submission', () => {
  const shapeOf = (type: 'number' | 'label') => ({ idColumn: 'id', columns: [{ name: 'y', type }] })

  test.each(vectors.tables)('$name', (vector) => {
    const { csv, type, batchOf } = vector
    expectForm(vector, (sink) => {
      expect(writeSubmission(csvOf(csv, 'id,y'), shapeOf(type), sink, batchOf ?? undefined)).toBe(true)
    })
  })

  test.each(vectors.tables.filter(({ batchOf }) => batchOf === null))('is told when it is graded: $name', (vector) => {
    const { csv, type, salt } = vector
    const common = { salt: fromHex(salt), shape: shapeOf(type), submission: csvOf(csv, 'id,y') }
    const truthShape = { idColumn: 'id', valueColumn: 'y', type }
    const metric = type === 'number' ? 'mae' : 'accuracy'
    const truth = { metric, truth: csvOf(csv, 'id,y'), truthShape } as const
    const form = formOf((sink) => {
      expect(grade({ ...common, ...truth, form: sink })).toMatchObject({ contentHash: vector.contentHash })
    })
    expect(formHash(form)).toBe(vector.formHash)
  })

  test('of a batch is told when it is accepted, and is the one that the labeler wrote', () => {
    const labeler = vectors.tables.find(({ batchOf }) => batchOf)!.batchOf!
    const items = ['a', 'b', 'c']
    const submission = utf8('id,y\nc,1\na,x\nb,y\n')
    const shape = shapeOf('label')
    const gold = prepareTruth(utf8('id,y\nc,1\n'), { idColumn: 'id', valueColumn: 'y', type: 'label' })
    const batch = { challenge: 1, labeler, attempt: 1 }
    const input = { gold, items, size: 3, minAccuracy: 1, shape, batch, units: 3, submission, salt: new Uint8Array(32) }
    const graded = formOf((sink) => {
      expect(gradeBatch({ ...input, form: sink }).status).toBe('accepted')
    })
    expect(graded).toEqual(formOf((sink) => writeSubmission(submission, shape, sink, labeler)))
  })

  test('is not written of a file that is not valid', () => {
    const form = formOf((sink) => {
      expect(writeSubmission(utf8('id,y\n1,cat\n'), shapeOf('number'), sink)).toBe(false)
    })
    expect(form).toHaveLength(0)
  })
})

describe('the form of a truth', () => {
  const prepare = (csv: Csv, type: 'number' | 'label') => {
    const usage = typeof csv === 'string' ? csv.startsWith('row,is,usage') : csv.usage
    const shape = { idColumn: 'row', valueColumn: 'is', type, ...(usage && { usageColumn: 'usage' }) }
    return prepareTruth(csvOf(csv, 'row,is'), shape)
  }
  const shapeOf = (names: string[]) => ({ columns: names.map((name) => ({ name, type: 'number' as const })) })

  test.each(vectors.truths)('$name', (vector) => {
    const { csv, type, columns } = vector
    expectForm(vector, (sink) => writeTruth(prepare(csv, type), shapeOf(columns), sink))
  })

  test('has each value where the form of a submission has its prediction', () => {
    const form = formOf((sink) => writeTruth(prepare('row,is\n2,5\n1,-0.0\n', 'number'), shapeOf(['y']), sink))
    const shape = { idColumn: 'id', columns: [{ name: 'y', type: 'number' as const }] }
    const submission = formOf((sink) => writeSubmission(utf8('id,y\n1,0\n2,5\n'), shape, sink))
    expect(form.subarray(4, submission.length)).toEqual(submission.subarray(4))
  })

  test('changes with every value, usage and id, and with nothing else', () => {
    const form = (csv: string) => toHex(formOf((sink) => writeTruth(prepare(csv, 'number'), shapeOf(['y']), sink)))
    const same = ['row,is,usage\n1,2,public\n3,4,private\n', 'row,is,usage\r\n3,"4.0",private\r\n1,2e0,public\r\n']
    expect(form(same[1]!)).toBe(form(same[0]!))
    const others = [
      'row,is,usage\n1,2,private\n3,4,public\n',
      'row,is,usage\n1,2,public\n3,4.5,private\n',
      'row,is,usage\n2,2,public\n3,4,private\n',
      'row,is\n1,2\n3,4\n',
    ]
    expect(new Set([same[0]!, ...others].map(form)).size).toBe(5)
  })
})

describe('the form of a file', () => {
  test.each(vectors.files)('$name', (vector) => {
    const data = Buffer.from(vector.data, 'base64')
    expectForm(vector, (sink) => writeFile([data], sink, vector.labeler ?? undefined))
    const pieces = [data.subarray(0, 3), new Uint8Array(), data.subarray(3, 70_000), data.subarray(70_000)]
    expectForm(vector, (sink) => writeFile(pieces, sink, vector.labeler ?? undefined))
  })
})

describe('the form of nested labels', () => {
  test.each(vectors.nested)('$name', (vector) => {
    const { items, labeler } = vector
    expectForm(vector, (sink) => writeNested(items, sink, labeler ?? undefined))
    expectForm(vector, (sink) => writeNested([...items].reverse(), sink, labeler ?? undefined))
  })

  test('refuses two items of one id', () => {
    expect(() => formOf((sink) => writeNested([{ id: 'a' }, { id: 'b' }, { id: 'a' }], sink))).toThrow(TypeError)
  })
})

describe('JSON of RFC 8785', () => {
  test('is that of its examples', () => {
    const values = String.raw`{
      "numbers": [333333333.33333329, 1E30, 4.50, 2e-3, 0.000000000000000000000000001],
      "string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/",
      "literals": [null, true, false]
    }`
    const written = String.raw`{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],"string":"€$\u000f\nA'B\"\\\\\"/"}`
    expect(canonicalJson(JSON.parse(values))).toBe(written)
    const keys = String.raw`{"\u20ac": 1, "\r": 2, "\ufb33": 3, "1": 4, "\ud83d\ude00": 5, "\u0080": 6, "\u00f6": 7}`
    expect(canonicalJson(JSON.parse(keys)).match(/\d(?=[,}])/g)).toEqual(['2', '4', '6', '7', '1', '5', '3'])
  })

  test('is read back as it was, and does not depend on the order of keys', () => {
    fc.assert(
      fc.property(fc.jsonValue({ stringUnit: 'binary' }), (value) => {
        const text = canonicalJson(value as never)
        expect(canonicalJson(JSON.parse(text))).toBe(text)
        expect(JSON.stringify(JSON.parse(text)).length).toBe(text.length)
      }),
    )
    expect(canonicalJson({ b: -0, a: [{ d: 1, c: 2 }] })).toBe('{"a":[{"c":2,"d":1}],"b":0}')
  })

  test.each([[Number.NaN], [Number.POSITIVE_INFINITY], ['\ud800'], [{ '\udc00': 1 }], [undefined], [[1n]], [() => 1]])(
    'has no %s',
    (value) => expect(() => canonicalJson(value as never)).toThrow(TypeError),
  )
})
