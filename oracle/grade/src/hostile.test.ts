/** Hostile and clumsy files: each is refused with its own reason, at its row and column. */

import { describe, expect, test } from 'vitest'
import { type PrecheckShape, precheck } from './precheck.ts'
import { LIMITS } from './shape.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const latin1 = (text: string): Uint8Array => Uint8Array.from(text, (c) => c.charCodeAt(0))

const shape: PrecheckShape = {
  idColumn: 'id',
  columns: [
    { name: 'p', type: 'number', min: -1000, max: 1000 },
    { name: 'label', type: 'label', labels: ['cat', 'dog', 'a,b', 'two\nlines', 'é'] },
  ],
  ids: ['1', '2', '3'],
}
const first = (csv: string | Uint8Array, of: PrecheckShape = shape) => {
  const { ok, problems } = precheck(typeof csv === 'string' ? bytes(csv) : csv, of)
  expect(ok).toBe(problems.length === 0)
  const [problem] = problems
  return problem ? [problem.reason, problem.row, problem.column] : 'fine'
}
const rows = (second: string): string => `id,p,label\n1,0.5,cat\n${second}\n3,1,dog\n`

test.each([
  ['a plain file', rows('2,1e-3,dog')],
  ['a byte-order mark and CRLF', `\ufeff${rows('2,1,dog').replaceAll('\n', '\r\n')}`],
  ['mixed line ends', 'id,p,label\r\n1,0.5,cat\n2,1,dog\r\n3,1,dog'],
  ['no line end after the last row', rows('2,1,dog').trimEnd()],
  ['blank lines after the last row', `${rows('2,1,dog')}\n\r\n\n`],
  ['quotes where none are needed', rows('"2","1","dog"')],
  ['a quoted comma', rows('2,1,"a,b"')],
  ['a quoted line break', rows('2,1,"two\nlines"')],
  ['labels beyond ASCII', rows('2,1,é')],
  ['columns in another order', 'label,id,p\ncat,1,1\ndog,2,1\ndog,3,1\n'],
  ['signs, exponents and bare points', 'id,p,label\n1,+.5,cat\n2,-5.,dog\n3,1E+02,dog\n'],
])('%s is fine', (_, csv) => expect(first(csv)).toBe('fine'))

test.each([
  ['an empty file', '', 'empty_file', null, null],
  ['a byte-order mark alone', '\ufeff', 'empty_file', null, null],
  ['line ends alone', '\n\n', 'empty_file', null, null],
  ['a header alone', 'id,p,label\n', 'no_rows', null, null],
  ['no header', '1,0.5,cat\n2,1,dog\n', 'unexpected_column', 1, '#1'],
  ['another separator', 'id;p;label\n1;0.5;cat\n', 'unexpected_column', 1, '#1'],
  ['a header in another case', 'ID,p,label\n1,0.5,cat\n', 'unexpected_column', 1, '#1'],
  ['a padded header', 'id, p,label\n1,0.5,cat\n', 'unexpected_column', 1, '#2'],
  ['a column too few', 'id,p\n1,0.5\n', 'missing_column', 1, 'label'],
  ['a column too many', 'id,p,label,x\n1,0.5,cat,1\n', 'unexpected_column', 1, '#4'],
  ['a column twice', 'id,p,p,label\n1,0.5,1,cat\n', 'duplicate_column', 1, 'p'],
  ['a blank line', rows('\n2,1,dog'), 'blank_line', 3, null],
  ['a row too short', rows('2,1'), 'ragged_row', 3, null],
  ['a row too long', rows('2,1,dog,'), 'ragged_row', 3, null],
  ['a NUL byte', rows('2,1,d\0g'), 'nul_byte', 3, 'label'],
  ['a control character', rows('2,1,d\u0007g'), 'control_character', 3, 'label'],
  ['a carriage return alone', 'id,p,label\r1,0.5,cat\r', 'bare_carriage_return', 1, null],
  ['a quote inside a value', rows('2,1,do"g'), 'bad_quoting', 3, 'label'],
  ['text behind a quote', rows('2,1,"dog"x'), 'bad_quoting', 3, 'label'],
  ['a quote that never ends', rows('2,1,"dog'), 'bad_quoting', 3, 'label'],
  ['an empty value', rows('2,,dog'), 'empty_value', 3, 'p'],
  ['a quoted empty value', rows('2,1,""'), 'empty_value', 3, 'label'],
  ['an empty id', rows(',1,dog'), 'empty_value', 3, 'id'],
  ['a padded number', rows('2, 1,dog'), 'padded_value', 3, 'p'],
  ['a padded label', rows('2,1,dog\t'), 'padded_value', 3, 'label'],
  ['a padded id', rows(' 2,1,dog'), 'padded_value', 3, 'id'],
  ['NaN', rows('2,NaN,dog'), 'not_finite', 3, 'p'],
  ['infinity', rows('2,-inf,dog'), 'not_finite', 3, 'p'],
  ['a number beyond float64', rows('2,1e400,dog'), 'number_too_large', 3, 'p'],
  ['a number out of range', rows('2,1000.1,dog'), 'out_of_range', 3, 'p'],
  ['a hexadecimal number', rows('2,0x10,dog'), 'not_a_number', 3, 'p'],
  ['underscores', rows('2,1_0,dog'), 'not_a_number', 3, 'p'],
  ['thousand separators', rows('2,"1,000",dog'), 'not_a_number', 3, 'p'],
  ['a decimal comma', rows('2,"0,5",dog'), 'not_a_number', 3, 'p'],
  ['two points', rows('2,1.0.0,dog'), 'not_a_number', 3, 'p'],
  ['an exponent without digits', rows('2,1e,dog'), 'not_a_number', 3, 'p'],
  ['a sign alone', rows('2,-,dog'), 'not_a_number', 3, 'p'],
  ['a spreadsheet formula', rows('2,=1+1,dog'), 'not_a_number', 3, 'p'],
  ['digits of another script', rows('2,١,dog'), 'not_a_number', 3, 'p'],
  ['a label that is not allowed', rows('2,1,fish'), 'unknown_label', 3, 'label'],
  ['a label in another case', rows('2,1,Dog'), 'unknown_label', 3, 'label'],
  ['a label in another normal form', rows('2,1,e\u0301'), 'unknown_label', 3, 'label'],
  ['an id twice', rows('1,1,dog'), 'duplicate_id', 3, 'id'],
  ['an id with a leading zero', rows('02,1,dog'), 'unknown_id', 3, 'id'],
  ['a foreign id', rows('4,1,dog'), 'unknown_id', 3, 'id'],
  ['an id missing', 'id,p,label\n1,0.5,cat\n3,1,dog\n', 'missing_id', null, 'id'],
  ['a huge value', rows(`2,1,${'x'.repeat(LIMITS.maxFieldBytes + 1)}`), 'field_too_long', 3, 'label'],
  ['a huge number', rows(`2,${'1'.repeat(LIMITS.maxFieldBytes + 1)},dog`), 'field_too_long', 3, 'p'],
  ['too many columns', `${'x,'.repeat(LIMITS.maxColumns)}x\n`, 'too_many_columns', 1, null],
  ['a page of the web', '<!DOCTYPE html>\n<html></html>\n', 'unexpected_column', 1, '#1'],
])('%s is refused', (_, csv, reason, row, column) => expect(first(csv)).toEqual([reason, row, column]))

test.each([
  ['gzip', [0x1f, 0x8b, 8, 0]],
  ['a zip archive', [0x50, 0x4b, 3, 4]],
  ['UTF-16', [0xff, 0xfe, 0x69, 0]],
  ['a Parquet file', [0x50, 0x41, 0x52, 0x31]],
  ['a pickle', [0x80, 4, 0x95]],
])('%s is not text', (_, magic) => expect(first(Uint8Array.from(magic))).toEqual(['not_text', null, null]))

test.each([
  ['Latin-1', latin1(rows('2,1,\xe9'))],
  ['an overlong form', latin1(rows('2,1,\xc0\xaf'))],
  ['half a character', latin1(rows('2,1,\xe2\x82'))],
  ['a surrogate', latin1(rows('2,1,\xed\xa0\x80'))],
  ['more than Unicode has', latin1(rows('2,1,\xf4\x90\x80\x80'))],
])('%s is not UTF-8', (_, csv) => expect(first(csv)).toEqual(['bad_utf8', 3, 'label']))

describe('the check as a whole', () => {
  test('tells the first problems by row and column, counts all, and never quotes the file', () => {
    const csv = `id,p,label\n1,secret,cat\n2,1,secret\n${'secret,1,cat\n'.repeat(50)}`
    const result = precheck(bytes(csv), shape, { maxProblems: 4 })
    expect(result.problems.map(({ code, row, column }) => [code, row, column])).toEqual([
      [52, 2, 'p'],
      [58, 3, 'label'],
      [71, 4, 'id'],
      [71, 5, 'id'],
    ])
    expect(result.problemCount).toBe(53)
    expect(result.counts).toEqual({ not_a_number: 1, unknown_label: 1, unknown_id: 50, missing_id: 1 })
    expect(result.ids).toEqual({ expected: 3, matched: 2, missing: 1, missingExamples: ['3'] })
    expect(JSON.stringify(result.problems)).not.toContain('secret')
  })

  test('goes on behind a broken row', () => {
    const { counts } = precheck(bytes('id,p,label\n1,a"b,cat\n2,1,x"y\n3,1\n'), shape)
    expect(counts).toEqual({ bad_quoting: 2, ragged_row: 1, missing_id: 1 })
  })

  test('counts bytes and rows', () => {
    const few = { ...shape, maxBytes: 20 }
    expect(first(rows('2,1,dog'), few)).toEqual(['file_too_large', null, null])
    const { ids, ...unknownIds } = shape
    expect(ids).toHaveLength(3)
    expect(first(rows('2,1,dog'), { ...unknownIds, rows: 3 })).toBe('fine')
    expect(first(rows('2,1,dog'), { ...unknownIds, rows: 4 })).toEqual(['wrong_row_count', null, null])
    expect(first(rows('\n3,1,dog'), unknownIds)).toEqual(['blank_line', 3, null])
    expect(first(rows('x,1,dog\n1,1,dog'), unknownIds)).toEqual(['duplicate_id', 4, 'id'])
  })

  test('wants whole numbers, probabilities and rows that add up to 1', () => {
    const integer: PrecheckShape = { idColumn: 'id', columns: [{ name: 'n', type: 'integer' }] }
    expect(first('id,n\n1,2.0\n2,-3e2\n', integer)).toBe('fine')
    expect(first('id,n\n1,2.5\n', integer)).toEqual(['not_an_integer', 2, 'n'])
    expect(first('id,n\n1,9007199254740993\n', integer)).toEqual(['not_an_integer', 2, 'n'])
    const columns = ['a', 'b'].map((name) => ({ name, type: 'probability' as const }))
    const both: PrecheckShape = { idColumn: 'id', columns }
    expect(first('id,a,b\n1,0.333333,0.666667\n', both)).toBe('fine')
    expect(first('id,a,b\n1,0.5,0.6\n', both)).toEqual(['probabilities_sum', 2, null])
    expect(first('id,a,b\n1,1.5,-0.5\n', both)).toEqual(['not_a_probability', 2, 'a'])
  })

  test('remembers that a label was refused', () => {
    const of: PrecheckShape = { idColumn: 'id', columns: [{ name: 'label', type: 'label', labels: ['cat'] }] }
    const many = Array.from({ length: 60 }, (_, i) => `${i},${i % 2 ? 'cat' : 'fish'}\n`).join('')
    expect(precheck(bytes(`id,label\n${many}`), of).counts).toEqual({ unknown_label: 30 })
  })

  test('does not take a long id for a short one', () => {
    // 2^32 + 1 would be 1 in 32 bits.
    const many = Array.from({ length: 60 }, (_, i) => `${i === 5 ? 4294967297 : i},1\n`).join('')
    const of: PrecheckShape = { idColumn: 'id', columns: [{ name: 'n', type: 'integer' }] }
    expect(precheck(bytes(`id,n\n${many}`), of).problems).toEqual([])
  })

  test('describes the values', () => {
    const [numbers, labels] = precheck(bytes(rows('2,-1,dog')), shape).summaries
    expect(numbers).toMatchObject({ kind: 'number', name: 'p', count: 3, min: -1, max: 1 })
    expect(numbers?.kind === 'number' && numbers.histogram.map((bin) => bin.count)).toEqual([
      ...[1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 1],
    ])
    expect(labels).toMatchObject({
      distinct: 2,
      top: [
        { label: 'dog', count: 2 },
        { label: 'cat', count: 1 },
      ],
    })
  })
})
