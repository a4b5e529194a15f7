/** The engine as its users call it: grade a file, refuse a file, find a copy. */

import { describe, expect, test } from 'vitest'
import { GradeError } from './errors.ts'
import { type GradeInput, grade } from './grade.ts'
import { prepareTruth } from './truth.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const salt = new Uint8Array(32).fill(7)
const truth = prepareTruth(bytes('id,label,usage\n1,cat,public\n2,dog,private\n10,cat,private\n'), {
  idColumn: 'id',
  valueColumn: 'label',
  type: 'label',
  usageColumn: 'usage',
})
const shape: GradeInput['shape'] = { idColumn: 'id', columns: [{ name: 'label', type: 'label' }] }
const run = (csv: string, more: Partial<GradeInput> = {}) =>
  grade({ metric: 'accuracy', truth, submission: bytes(csv), shape, salt, ...more })

describe('a valid submission', () => {
  test('is scored in units of 1e-7', () => {
    const result = run('id,label\n1,cat\n2,cat\n10,cat\n')
    expect(result).toMatchObject({
      status: 'graded',
      score: 2 / 3,
      scoreUnits: 6666667n,
      rows: 3,
      publicRows: 1,
      privateRows: 2,
    })
  })

  test('is scored on the rows of one part', () => {
    const csv = 'id,label\n1,cat\n2,cat\n10,cat\n'
    expect(run(csv, { part: 'public' })).toMatchObject({ score: 1, scoredRows: 1, rows: 3 })
    expect(run(csv, { part: 'private' })).toMatchObject({ score: 0.5, scoredRows: 2 })
  })

  test('has the same hash in another order, with other line ends, quotes and a byte-order mark', () => {
    const plain = run('id,label\n1,cat\n2,dog\n10,cat\n')
    const disguised = run('\ufefflabel,"id"\r\ndog,2\r\n"cat",10\ncat,"1"\r\n\r\n')
    expect(disguised).toEqual(plain)
    expect(run('id,label\n1,cat\n2,cat\n10,dog\n')).not.toMatchObject({
      contentHash: (plain as { contentHash: string }).contentHash,
    })
  })

  test('has a hash of its own for each labeler and salt', () => {
    const csv = 'id,label\n1,cat\n2,dog\n10,cat\n'
    const results = [
      run(csv),
      run(csv, { labeler: 'GA' }),
      run(csv, { labeler: 'GB' }),
      run(csv, { salt: new Uint8Array(32) }),
    ]
    expect(new Set(results.map((r) => (r.status === 'graded' ? r.contentHash : ''))).size).toBe(4)
  })
})

describe('what the maker got wrong', () => {
  const codeOf = (call: () => unknown): string => {
    try {
      call()
    } catch (error) {
      if (error instanceof GradeError) return error.code
      throw error
    }
    return 'none'
  }

  test('is an error with a code, not a rejection', () => {
    const csv = 'id,label\n1,cat\n2,dog\n10,cat\n'
    const oneClass = prepareTruth(bytes('id,label\n1,cat\n2,cat\n'), {
      idColumn: 'id',
      valueColumn: 'label',
      type: 'label',
    })
    const numberShape: GradeInput['shape'] = { idColumn: 'id', columns: [{ name: 'label', type: 'number' }] }
    expect(codeOf(() => run(csv, { metric: 'nonsense' as 'r2' }))).toBe('metric_unknown')
    expect(codeOf(() => run(csv, { params: { posLabel: 'cat' } }))).toBe('params_invalid')
    expect(codeOf(() => run(csv, { shape: numberShape }))).toBe('shape_invalid')
    expect(codeOf(() => run(csv, { salt: new Uint8Array(31) }))).toBe('salt_invalid')
    expect(codeOf(() => run(csv, { metric: 'roc_auc', truth: oneClass, shape: numberShape }))).toBe('truth_degenerate')
    expect(codeOf(() => run(csv, { truth: oneClass, part: 'public' }))).toBe('truth_part_empty')
    expect(codeOf(() => prepareTruth(bytes('id,label\n1,cat\n1,dog\n'), oneClass.shape))).toBe('truth_invalid')
  })
})
