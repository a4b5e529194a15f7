import { expect, it } from 'vitest'
import { batchCsv, problemOf, readKept } from './answers.ts'
import { itemsOf } from './items.ts'
import { canLabelHere, type LabelingTask, taskOf } from './task.ts'

const submission = {
  idColumn: 'id',
  columns: [{ name: 'label', type: 'string' as const, labels: ['yes', 'no'] }],
  rows: 2,
}
const manifest = (changes: object) =>
  ({ submission, labeling: { items: 'i.csv', minAccuracy: 0.8 }, ...changes }) as never
const text: LabelingTask = { show: [{ column: 'q', as: 'text' }], answer: { kind: 'text', maxLength: 50 }, flag: true }

it('the file has every item in its order, with commas and lines quoted, and flags as such', () => {
  const items = itemsOf(
    {
      header: ['id', 'q'],
      rows: [
        ['b', '1'],
        ['a', '2'],
        ['__proto__', '3'],
      ],
    },
    'id',
  )
  const given = {
    a: { value: { kind: 'text' as const, value: 'one, "two"\nthree' }, confirmed: true },
    b: { value: undefined, confirmed: true, broken: true },
    ['__proto__']: { value: { kind: 'text' as const, value: 'x' }, confirmed: true },
  }
  expect(batchCsv({ submission } as never, text, items, { given })).toBe(
    'id,label\nb,"{""flag"":true}"\na,"one, ""two""\nthree"\n__proto__,x\n',
  )
})

it('an item that the published file does not have is there with its id', () => {
  expect(itemsOf({ header: ['q', 'id'], rows: [['x', 'a'], ['lonely']] }, 'id').get('lonely')).toMatchObject({
    id: 'lonely',
  })
})

it('without a task the labels that the manifest names are a choice, and everything published is shown', () => {
  expect(taskOf(manifest({}), ['id', 'q', 'r'])).toEqual({
    show: [
      { column: 'q', as: 'text' },
      { column: 'r', as: 'text' },
    ],
    answer: { kind: 'choice', choices: [{ value: 'yes' }, { value: 'no' }] },
  })
  expect(taskOf(manifest({}), ['id'])?.show).toEqual([{ column: 'id', as: 'text' }])
})

it('without labels, with two columns, or with numbers, a page cannot ask', () => {
  const columns = (...all: object[]) => manifest({ submission: { ...submission, columns: all } })
  expect(canLabelHere(manifest({}))).toBe(true)
  expect(canLabelHere(columns({ name: 'x', type: 'string' }))).toBe(false)
  expect(canLabelHere(columns({ name: 'x', type: 'number' }))).toBe(false)
  expect(canLabelHere(columns(submission.columns[0]!, { name: 'y', type: 'string', labels: ['a', 'b'] }))).toBe(false)
  expect(canLabelHere(manifest({ labeling: undefined }))).toBe(false)
})

it('what was kept is an answer of this task, or a beginning of one, or nothing', () => {
  const read = (value: unknown) => readKept(text, undefined, value)
  expect(read({ kind: 'text', value: 'begun ' })).toEqual({ kind: 'text', value: 'begun ' })
  for (const strange of [
    null,
    3,
    'text',
    { kind: 'text', value: 3 },
    { kind: 'choice', value: 'yes' },
    { kind: 'text' },
  ])
    expect(read(strange)).toBeUndefined()
  const boxes: LabelingTask = {
    show: [{ column: 'i', as: 'image' }],
    answer: { kind: 'boxes', column: 'i', labels: [{ value: 'a' }] },
  }
  expect(readKept(boxes, undefined, { kind: 'boxes', boxes: [{ x: 1 }] })).toBeUndefined()
})

it('why an answer is none is said in words', () => {
  expect(problemOf(text, { kind: 'text', value: 'x'.repeat(51) }, {})).toContain('at most 50')
  expect(problemOf(text, { kind: 'text', value: 'x' }, {})).toBeUndefined()
})
