/** Small files as rows: the notations that people use, and the same rows again after writing. */
import { expect, test } from 'vitest'
import { csvRecords, csvRows, csvText } from './rows.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test.each([
  ['plain', 'id,x\na,1\nb,2\n'],
  ['no line end at the end', 'id,x\na,1\nb,2'],
  ['blank lines at the end', 'id,x\na,1\nb,2\n\n\n'],
  ['CRLF', 'id,x\r\na,1\r\nb,2\r\n'],
  ['byte-order mark', '\ufeffid,x\na,1\nb,2\n'],
  ['quoted', '"id","x"\n"a","1"\n"b","2"\n'],
])('%s', (_, text) => {
  expect(csvRows(bytes(text))).toEqual([
    ['id', 'x'],
    ['a', '1'],
    ['b', '2'],
  ])
})

test('what grading refuses to read is not read here either', () => {
  for (const text of ['id,x\n\na,1\n', 'id,x\n"a,1\n', 'id\0,x\n']) expect(csvRows(bytes(text))).toBeUndefined()
})

test('written rows are read as they were', () => {
  const rows = [
    ['id', 'te"xt'],
    ['a, b', 'two\nlines'],
    ['ü', ''],
  ]
  expect(csvRows(bytes(csvText(rows)))).toEqual(rows)
})

test('what can be read is read the same way, and what cannot keeps its place', () => {
  const good = '\ufeff"id",x\r\na,"1,""2"\nb,\n\n'
  expect(csvRecords(bytes(good))).toEqual(csvRows(bytes(good)))
  expect(csvRecords(bytes(good), 2)).toEqual(csvRows(bytes(good))?.slice(0, 2))
  expect(csvRecords(bytes('id,x\na"b,1\nc,2\n'))).toEqual([['id', 'x'], [], ['c', '2']])
  expect(csvRecords(bytes('id,x\n\n\nc,2\n'))).toEqual([['id', 'x'], [], [], ['c', '2']])
  expect(csvRecords(bytes('id,x\n"a,1\n'))).toEqual([['id', 'x'], []])
  expect(csvRecords(bytes(''))).toEqual([])
})
