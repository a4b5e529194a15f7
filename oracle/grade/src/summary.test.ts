import { expect, test } from 'vitest'
import { precheck } from './precheck.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const labels = { idColumn: 'id', columns: [{ name: 'y', type: 'label' as const }] }
const numbers = { idColumn: 'id', columns: [{ name: 'y', type: 'number' as const }] }

test('a column is described by all rows of a good file', () => {
  const { summaries } = precheck(bytes('id,y\na,cat\nb,dog\nc,cat\n'), labels)
  expect(summaries).toEqual([
    {
      ...{ kind: 'label', name: 'y', type: 'label', count: 3, distinct: 2 },
      top: [
        { label: 'cat', count: 2 },
        { label: 'dog', count: 1 },
      ],
    },
  ])
})

test('rows with a problem are left out, and so are ids that are not asked for', () => {
  const file = bytes('id,y\na,1\nb,x\nc,3\nd,5\nc,9\n')
  expect(precheck(file, numbers).summaries[0]).toMatchObject({ count: 4, min: 1, max: 9, mean: 4.5 })
  const asked = precheck(file, { ...numbers, ids: ['a', 'b', 'd'] }).summaries[0]
  expect(asked).toMatchObject({ count: 2, min: 1, max: 5, mean: 3 })
})

test('numbers fall into bins of equal width, the last of which includes the greatest', () => {
  const rows = Array.from({ length: 41 }, (_, i) => `${i},${i / 2}\n`).join('')
  const [summary] = precheck(bytes(`id,y\n${rows}`), numbers).summaries
  if (summary?.kind !== 'number') throw new Error('not numbers')
  expect(summary.histogram).toHaveLength(20)
  expect(summary.histogram[0]).toEqual({ from: 0, to: 1, count: 2 })
  expect(summary.histogram.at(-1)).toEqual({ from: 19, to: 20, count: 3 })
  expect(precheck(bytes('id,y\n1,7\n2,7\n'), numbers).summaries[0]).toMatchObject({
    histogram: [{ from: 7, to: 7, count: 2 }],
  })
})
