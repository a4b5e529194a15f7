/** Each common mistake gets its hint, beside the verdict that it has without one; hints never tell what only the truth knows. */

import { describe, expect, test } from 'vitest'
import { grade } from '../grade.ts'
import { type PrecheckShape, precheck } from '../precheck.ts'
import { problemLine } from '../problems.ts'
import type { ReasonName } from '../reasons.ts'
import { HINTS, type HintName } from './sentences.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const shape: PrecheckShape = {
  idColumn: 'id',
  columns: [
    { name: 'p', type: 'number', min: 0, max: 1000 },
    { name: 'label', type: 'label', labels: ['1', 'Cat', 'New York', 'é'] },
  ],
  ids: ['007', 'a1', '12', 'ß\u00e9'],
}
const small: PrecheckShape = { idColumn: 'id', columns: [{ name: 'q', type: 'probability' }] }

/** A good file but for its second row. */
const rows = (second: string): string => `id,p,label\na1,0.5,Cat\n${second}\n12,1,Cat\nß\u00e9,1,Cat\n`

const kindsOf = (csv: string | Uint8Array, of: PrecheckShape = shape) =>
  precheck(typeof csv === 'string' ? bytes(csv) : csv, of).kinds

test.each<[string, string | Uint8Array, ReasonName, HintName, PrecheckShape?]>([
  ['the index column of pandas', ',id,p,label\n0,007,1,Cat\n', 'unexpected_column', 'index_column'],
  ['the same by its other name', 'Unnamed: 0,id,p,label\n0,007,1,Cat\n', 'unexpected_column', 'index_column'],
  ['ids in the index', ',p,label\n007,1,Cat\n', 'unexpected_column', 'unnamed_index'],
  ['semicolons', 'id;p;label\n007;1;Cat\n', 'unexpected_column', 'semicolons'],
  ['semicolons and quotes', '"id";"p";"label"\n"007";"1";"Cat"\n', 'bad_quoting', 'semicolons'],
  ['semicolons below a good header', rows('007;1;Cat'), 'ragged_row', 'semicolons'],
  ['tabs', 'id\tp\tlabel\n007\t1\tCat\n', 'unexpected_column', 'tabs'],
  ['bars', 'id|p|label\n', 'unexpected_column', 'bars'],
  ['lines in quotes', '"id,p,label"\n"007,1,Cat"\n', 'unexpected_column', 'quoted_row'],
  ['no header', '007,1,Cat\n', 'unexpected_column', 'no_header'],
  ['a header in another case', 'ID,p,label\n007,1,Cat\n', 'unexpected_column', 'header_case'],
  ['a padded header', 'id, p,label\n007,1,Cat\n', 'unexpected_column', 'header_spaces'],
  ['a second byte-order mark', '\ufeff\ufeffid,p,label\n007,1,Cat\n', 'unexpected_column', 'byte_order_mark'],
  ['a web page', '\n<!DOCTYPE html>\n<html lang="en"></html>', 'blank_line', 'html'],
  ['a web page with attributes', '<html lang="en">\n', 'bad_quoting', 'html'],
  ['JSON', '[{"id": "007", "p": 1}]\n', 'bad_quoting', 'json'],
  ['a gzip file', Uint8Array.of(0x1f, 0x8b, 8, 0), 'not_text', 'packed'],
  ['a zip or xlsx file', Uint8Array.of(0x50, 0x4b, 3, 4), 'not_text', 'zip'],
  ['a Parquet file', bytes('PAR1'), 'not_text', 'parquet'],
  ['UTF-16', Uint8Array.of(0xff, 0xfe, 105, 0), 'not_text', 'utf16'],
  ['a sealed file', bytes('age-encryption.org/v1\n'), 'not_text', 'sealed'],
  ['Latin-1', Uint8Array.from(rows('007,1,\u00e9'), (c) => c.charCodeAt(0)), 'bad_utf8', 'latin1'],
  ['a decimal comma without quotes', rows('007,0,5,Cat'), 'ragged_row', 'decimal_comma'],
  ['a decimal comma in quotes', rows('007,"0,5",Cat'), 'not_a_number', 'decimal_comma'],
  ['thousands', rows('007,"1,000.0",Cat'), 'not_a_number', 'thousands'],
  ['a comma in a label', rows('007,1,New York, NY'), 'ragged_row', 'comma_in_value'],
  ['a percentage', rows('007,12.5%,Cat'), 'not_a_number', 'percent'],
  ['True', rows('007,True,Cat'), 'not_a_number', 'boolean'],
  ['NaN', rows('007,nan,Cat'), 'not_finite', 'missing'],
  ['a no-break space at a number', rows('007,1\u00a0,Cat'), 'padded_value', 'invisible_number'],
  ['a no-break space in a number', rows('007,\u00a01,Cat'), 'not_a_number', 'invisible_number'],
  ['spaces at a number', rows('007, 1,Cat'), 'padded_value', 'spaces'],
  ['spaces at a label', rows('007,1,Cat '), 'padded_value', 'spaces'],
  ['spaces at an id', rows('007 ,1,Cat'), 'padded_value', 'spaces'],
  ['a label in another case', rows('007,1,cat'), 'unknown_label', 'other_case'],
  ['1.0 for 1', rows('007,1,1.0'), 'unknown_label', 'decimal_text'],
  ['a label in NFD', rows('007,1,e\u0301'), 'unknown_label', 'unicode_form'],
  ['a no-break space in a label', rows('007,1,New\u00a0York'), 'unknown_label', 'invisible'],
  ['a no-break space behind a label', rows('007,1,Cat\u00a0'), 'unknown_label', 'invisible'],
  ['lost zeros of an id', rows('7,1,Cat'), 'unknown_id', 'lost_zeros'],
  ['lost zeros of an id that became a decimal', rows('7.0,1,Cat'), 'unknown_id', 'lost_zeros'],
  ['added zeros of an id', rows('0012,1,Cat'), 'unknown_id', 'added_zeros'],
  ['an id as a decimal', rows('12.0,1,Cat'), 'unknown_id', 'decimal_text'],
  ['an id in another case', rows('A1,1,Cat'), 'unknown_id', 'other_case'],
  ['an id in NFD', rows('ße\u0301,1,Cat'), 'unknown_id', 'unicode_form'],
  ['a percentage for a probability', 'id,q\n1,55\n', 'not_a_probability', 'share', small],
])('%s', (_, csv, reason, hint, of = shape) => {
  const kinds = kindsOf(csv, of)
  expect(kinds[0]?.reason).toBe(reason)
  expect(kinds.map((kind) => kind.hint)).toContain(HINTS[hint])
})

test.each<[string, string]>([
  ['a label that is none', rows('007,1,Dog')],
  ['an id that is none', rows('b7,1,Cat')],
  ['a number out of range', rows('007,-1,Cat')],
  ['a word for a number', rows('007,many,Cat')],
  ['a row too short', rows('007,1')],
  ['a name that is none', 'id,p,class\n007,1,Cat\n'],
])('%s gets no hint', (_, csv) => {
  const kinds = kindsOf(csv)
  expect(kinds.length).toBeGreaterThan(0)
  expect(kinds.map((kind) => kind.hint).filter(Boolean)).toEqual([])
})

describe('problems', () => {
  test('say what was found by its kinds of characters, and what was expected', () => {
    const [kind] = kindsOf(rows('007,"x1,5",Cat'))
    expect(kind).toMatchObject({
      ...{ row: 3, column: 'p', count: 1 },
      ...{ found: 'lower-case letters, digits, a comma, digits', expected: 'a number from 0 to 1000' },
    })
    expect(problemLine(kind!)).toBe(
      'Row 3, column p: The value is not a plain decimal number such as 12, -0.5 or 1e-3. Found: lower-case letters, digits, a comma, digits. Expected: a number from 0 to 1000.',
    )
  })

  test('are told by kind: ten of them, each with its first row, its count and the first hint among its rows', () => {
    const many = Array.from({ length: 60 }, (_, n) => `x${n},${n},${n === 9 ? 'cat' : 'Dog'}\n`).join('')
    const { kinds, problems, problemCount } = precheck(bytes(`id,p,label\n${many}`), shape)
    expect(kinds.map(({ reason, row, count }) => [reason, row, count])).toEqual([
      ['unknown_id', 2, 60],
      ['unknown_label', 2, 60],
      ['missing_id', null, 1],
    ])
    expect(kinds[1]?.hint).toBe(HINTS.other_case)
    expect([problems.length, problemCount]).toEqual([10, 121])
    const columns = Array.from({ length: 30 }, (_, n) => `c${n}`).join(',')
    expect(precheck(bytes(`${columns}\n`), shape).kinds).toHaveLength(10)
  })

  test('never hold a value of the file', () => {
    const secret = 'hunter2'
    const { kinds, problems } = precheck(bytes(rows(`${secret},"${secret},5",${secret}`)), shape)
    expect(kinds.length).toBeGreaterThan(2)
    expect(JSON.stringify([kinds, problems])).not.toContain(secret)
  })

  test('name the labels of the challenge, ten at most', () => {
    const expected = (labels: string[]) =>
      precheck(bytes('id,y\na1,no\n'), { idColumn: 'id', columns: [{ name: 'y', type: 'label', labels }], ids: ['a1'] })
        .kinds[0]?.expected
    expect(expected(['good', 'bad'])).toBe('one of the 2 labels of this challenge, good, bad')
    const many = Array.from({ length: 12 }, (_, n) => `l${n}`)
    expect(expected(many)).toBe(`one of the 12 labels of this challenge, ${many.slice(0, 10).join(', ')} and 2 more`)
  })

  test('never tell of a label that only the truth knows', () => {
    const task = { metric: 'accuracy', salt: new Uint8Array(32) } as const
    const truth = bytes('id,y\n1,Secret\n2,Cat\n')
    const truthShape = { idColumn: 'id', valueColumn: 'y', type: 'label' } as const
    const labels = { idColumn: 'id', columns: [{ name: 'y', type: 'label', labels: ['Cat', 'Dog'] }] } as const
    const result = grade({ ...task, truth, truthShape, shape: labels, submission: bytes('id,y\n1,secret\n2,cat\n') })
    if (result.status !== 'rejected') throw new Error('not rejected')
    expect(result.problems.map(({ reason, hint }) => [reason, hint])).toEqual([
      ['unknown_label', undefined],
      ['unknown_label', HINTS.other_case],
    ])
    expect(JSON.stringify(result.problems)).not.toContain('Secret')
  })

  test('of a truth tell nothing about its values', () => {
    const truthShape = { idColumn: 'id', valueColumn: 'y', type: 'number' } as const
    const columns = [{ name: 'y', type: 'number' }] as const
    const salt = new Uint8Array(32)
    const submission = bytes('id,y\n1,1\n')
    const run = () =>
      grade({
        metric: 'rmse',
        truth: bytes('id,y\n1,"0,5"\n'),
        truthShape,
        shape: { idColumn: 'id', columns },
        submission,
        salt,
      })
    expect(run).toThrow(
      expect.objectContaining({
        problems: [expect.not.objectContaining({ found: expect.anything() })],
      }),
    )
  })
})
