/** A file to fill in, and what is submitted of it. */
import { expect, test } from 'vitest'
import { csvText } from '../challenge/csv.ts'
import { answersIn, fileToFillIn } from './filled-in.ts'

const column = (name: string) => ({ name, type: 'string' as const })
const submission = (...names: string[]) => ({
  submission: { format: 'csv' as const, idColumn: 'id', columns: names.map(column), rows: 2, maxBytes: 1_000 },
})
const bytes = (text: string) => new TextEncoder().encode(text)
const answers = (text: string, items: string[], ...names: string[]) =>
  new TextDecoder().decode(answersIn(bytes(text), items, submission(...names)))

test('items stand beside an empty column for each answer, which a column of the items does not fill', () => {
  const file = fileToFillIn({
    header: ['text', 'id', 'label'],
    rows: [['a, "b"', '1', 'guessed'], ['c']],
    columns: [column('label'), column('why')],
  })
  expect(file).toBe(
    csvText([
      ['text', 'id', 'label', 'why'],
      ['a, "b"', '1', '', ''],
      ['c', '', '', ''],
    ]),
  )
})

test('what is submitted are ids and answers, in the order of the file', () => {
  const filled = 'text,id,why,label\r\n"a, ""b""\nc",1,"so, so",cat\r\nd,2,"",dog\r\n'
  expect(answers(filled, ['id', 'text', 'label'], 'label', 'why')).toBe('id,why,label\n1,"so, so",cat\n2,,dog\n')
})

test('a file of ids and answers stays as it is, to the byte, and so does one that is no CSV', () => {
  for (const text of ['label,id\r\ncat,1\r\n', 'id,label\n1,"cat\n', '\u0000\u0001'])
    expect(answers(text, ['id', 'text'], 'label')).toBe(text)
})

test('what is wrong with a file is left in it for the check to find', () => {
  // A column that nobody gave, one that appears twice, and rows that are too short or too long.
  expect(answers('id,text,mine,label,label\n1,a,b,cat,cat\n', ['id', 'text'], 'label')).toBe(
    'id,mine,label,label\n1,b,cat,cat\n',
  )
  expect(answers('id,text,label\n1,cat\n2,a,dog,more\n', ['id', 'text'], 'label')).toBe('id,label\n1\n2,dog,more\n')
})
