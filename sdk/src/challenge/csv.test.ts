/** The ids of published files, in the notations that people use. */
import { expect, test } from 'vitest'
import { columnValues } from './csv.ts'

const bytes = (text: string) => new TextEncoder().encode(text)

test.each([
  ['plain', 'id,x\na,1\nb,2\n'],
  ['no line end at the end', 'id,x\na,1\nb,2'],
  ['blank lines at the end', 'id,x\na,1\nb,2\n\n\n'],
  ['CRLF', 'id,x\r\na,1\r\nb,2\r\n'],
  ['byte-order mark', '\ufeffid,x\na,1\nb,2\n'],
  ['quoted', '"id","x"\n"a","1"\n"b","2"\n'],
  ['another column first', 'x,id\n1,a\n2,b\n'],
])('%s', (_, text) => {
  expect(columnValues(bytes(text), 'id')).toEqual(['a', 'b'])
})

test('quotation marks, separators and line ends inside a value', () => {
  expect(columnValues(bytes('id,x\n"a ""1"", b\nc",2\nd,\n'), 'id')).toEqual(['a "1", b\nc', 'd'])
})

test('an empty value is one, also as the last thing in the file', () => {
  expect(columnValues(bytes('x,id\n1,a\n2,'), 'id')).toEqual(['a', ''])
  expect(columnValues(bytes('id,x\n,1\n'), 'id')).toEqual([''])
})

test('a column that is not there, and rows that are too short', () => {
  expect(columnValues(bytes('id,x\na,1\n'), 'name')).toBeUndefined()
  expect(columnValues(bytes('x,id\n1,a\n2\n'), 'id')).toBeUndefined()
})
