/** A maker hears of classes that nobody is held to, and of nothing else. */
import { expect, test } from 'vitest'
import { classWarnings } from './class-warnings.ts'

const truthOf = (classes: readonly (string | number)[]) =>
  new TextEncoder().encode(`id,t\n${classes.map((name, row) => `${row},${name}\n`).join('')}`)
const warned = (classes: readonly (string | number)[], column: object = {}, metric = 'accuracy') =>
  classWarnings(
    {
      submission: { columns: [{ name: 'y', type: 'string', ...column }] },
      metric: { id: metric, params: {}, version: 1 },
    } as never,
    truthOf(classes),
  )

test('classes that are not listed could be written in another way', async () => {
  expect(await warned(['cat', 'dog', 'cat'])).toEqual([
    'The column y takes any text: a file that has a class in upper case or with a space too many is scored as wrong, and uses up an attempt, instead of being refused before. List the 2 classes as its labels.',
  ])
  expect(await warned([0, 1, 2, 1])).toEqual([
    'The column y takes any text: a file that has 1.0 for 1 is scored as wrong, and uses up an attempt, instead of being refused before. Make it an integer, or list the 3 classes as its labels.',
  ])
})

test('of a truth that is longer than what is looked at, the first rows tell', async () => {
  const [warning] = await warned(Array.from({ length: 200_000 }, (_, row) => `class ${row % 7}`))
  expect(warning).toContain('List the 7 classes')
})

test.each<[string, readonly (string | number)[], object, string?]>([
  ['are listed', ['cat', 'dog'], { labels: ['cat', 'dog'] }],
  ['are whole numbers', [0, 1], { type: 'integer' }],
  ['are answers of their own', Array.from({ length: 101 }, (_, row) => `answer ${row}`), {}],
  ['are clusters', ['a', 'b', 'a'], {}, 'adjusted_rand'],
])('nothing is said where they %s', async (_, classes, column, metric) => {
  expect(await warned(classes, column, metric)).toEqual([])
})
